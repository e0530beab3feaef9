"""Which members may be the same text: postings of sampled shingles, asked newest first. No text is compared here.

What a query finds depends on the members and the clock alone, never on when something was pruned: a posting is
read newest first, members past their time are passed over, and at most `DEEPEST` living ones are taken from it.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from stream.core.fingerprint import Fingerprint

DEEPEST = 32  # living members taken from one posting: a phrase in more is a template, and says little
MOST_CANDIDATES = 20  # by the rarity of what they share
MOST_SHARING, FEWEST_SHARED = (
    6,
    3,
)  # beside them, by the share of their own: a flash has a headline to share, no more
SHARED_BITS, NUMBER_BITS = 20, 40  # a rank is one integer: weight, then number
WHOLE = 5040  # divisible by 1 to 10: the weight of a shingle that one member has


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A story's member as the index knows it. It may match while the clock is not past `until` (ms)."""

    number: int
    until: int
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member that may be the same text. `shared` counts sampled shingles; `share` is that in parts of ten thousand of
    the one with fewer."""

    entry: Entry
    shared: int
    share: int


class Index:
    """Postings over `under`'s, if there is one; numbers are decision numbers and only rise."""

    __slots__ = ("entries", "postings", "under")

    def __init__(self, under: "Index | None" = None) -> None:
        self.under = under
        self.entries: dict[int, Entry] = {}
        self.postings: dict[int, int | list[int]] = {}

    def add(self, entry: Entry) -> None:
        """Or replace, where only `until` differs."""
        known = entry.number in self.entries
        self.entries[entry.number] = entry
        if not known and (self.under is None or self.under.entry(entry.number) is None):
            for shingle in entry.fingerprint.shingles:
                self._post(shingle, entry.number)

    def entry(self, number: int) -> Entry | None:
        return self.entries.get(number) or (self.under.entry(number) if self.under else None)

    def candidates(self, fingerprint: Fingerprint, now: int | None) -> list[Candidate]:
        """Living members that share shingles: those with the rarest and most first, then those with most of their own.

        `now` is None where every member lives.
        """
        tally: dict[int, int] = {}  # member -> weight and, in the lower bits, how many shingles
        lives: dict[int, bool] = {}  # a member is looked up once, in however many postings it stands
        for shingle in fingerprint.shingles:
            living = self._newest(shingle) if now is None else self._living(shingle, now, lives)
            for number in living:
                tally[number] = tally.get(number, 0) + (WHOLE // len(living) << SHARED_BITS) + 1
        ranked = ((packed >> SHARED_BITS) << NUMBER_BITS | number for number, packed in tally.items())
        best = [rank & ((1 << NUMBER_BITS) - 1) for rank in heapq.nlargest(MOST_CANDIDATES, ranked)]
        mask = (1 << SHARED_BITS) - 1
        shared = {number: packed & mask for number, packed in tally.items() if packed & mask >= FEWEST_SHARED}
        found = self._candidates(fingerprint, {number: tally[number] & mask for number in best})
        more = self._candidates(fingerprint, {n: shared[n] for n in shared.keys() - set(best)})
        return found + heapq.nlargest(MOST_SHARING, more, key=lambda one: (one.share, one.entry.number))

    def _candidates(self, fingerprint: Fingerprint, shared: dict[int, int]) -> list[Candidate]:
        entries = ((self.entry(number), count) for number, count in shared.items())
        return [_candidate(entry, fingerprint, count) for entry, count in entries if entry]

    def join(self) -> None:
        """What this layer holds becomes part of `under`."""
        assert self.under is not None
        for entry in self.entries.values():
            self.under.add(entry)
        self.entries.clear()
        self.postings.clear()

    def drop(self, number: int) -> None:
        """Forget a member past its time. Only memory changes by it, no answer does."""
        entry = self.entries.pop(number, None)
        for shingle in entry.fingerprint.shingles if entry else ():
            posting = self.postings.get(shingle)
            if isinstance(posting, list):
                posting.remove(number)
            if posting == number or posting == []:
                del self.postings[shingle]

    def _post(self, shingle: int, number: int) -> None:
        posting = self.postings.get(shingle)
        if posting is None:
            self.postings[shingle] = number  # most shingles are had by one member: an int, not a list
        elif isinstance(posting, int):
            self.postings[shingle] = [posting, number]
        else:
            posting.append(number)

    def _newest(self, shingle: int) -> list[int]:
        """The newest members of one posting, this layer's before the one's under it."""
        newest = list(islice(self.newest_first(shingle), DEEPEST))
        if self.under is not None and len(newest) < DEEPEST:
            newest += islice(self.under.newest_first(shingle), DEEPEST - len(newest))
        return newest

    def _living(self, shingle: int, now: int, lives: dict[int, bool]) -> list[int]:
        """The same, of the members that may match."""
        living: list[int] = []
        layer: Index | None = self
        while layer is not None and len(living) < DEEPEST:
            for number in layer.newest_first(shingle):
                if number not in lives:
                    entry = self.entry(number)
                    lives[number] = entry is not None and now <= entry.until
                if lives[number]:
                    living.append(number)
                    if len(living) == DEEPEST:
                        break
            layer = layer.under
        return living

    def newest_first(self, shingle: int) -> Iterable[int]:
        """This layer's posting alone."""
        posting = self.postings.get(shingle)
        if posting is None:
            return ()
        return (posting,) if isinstance(posting, int) else reversed(posting)


def _candidate(entry: Entry, fingerprint: Fingerprint, shared: int) -> Candidate:
    fewer = min(len(entry.fingerprint.shingles), len(fingerprint.shingles))
    return Candidate(entry, shared, shared * 10_000 // fewer)
