"""Which members may be the same text: postings of sampled shingles, asked newest first. No text is compared here.

What a query finds depends on the members and the clock alone, never on when something was forgotten: a posting is
read newest first, members past their time are passed over, and at most `DEEPEST` living ones are taken from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stream.core.fingerprint import Fingerprint, Keys
from stream.core.generation import Generation, Ints, Longs, size_of
from stream.core.policy import CARRIED_WORDS, FEW, UNLIKELY
from stream.core.ranking import SCREENED, UNIT, bring_forward, gather, rank, screen, share, worth

DEEPEST = 32  # living members taken from one posting: a phrase in more is a template, and says little
MOST_RARE = 20  # candidates by the rarity of what they share
MOST_SHARING = 6  # beside them, of the next `MOST_PASSED`, by the share of their few: a flash has but a headline to share
MOST_PASSED, FEW_KEYS, FEWEST_SHARED = 44, 40, 3
MOST_CANDIDATES = MOST_RARE + MOST_SHARING
WHOLE = 5040  # divisible by 1 to 10: the weight of a shingle that one member has
SMALLEST, QUICKLY, LARGEST = (
    1 << 12,
    1 << 16,
    1 << 20,
)  # members of the first generation, of the third, of any
ALWAYS = -(1 << 62)  # a clock that no member is past


class Candidate:
    """A member that may be the same text. `shared` counts sampled shingles; `share` is that in parts of ten thousand of
    the one with fewer; `carried`: its lede says no figure, and no word of its headline, that the item lacks.

    Its fingerprint is read from the tables when it is asked for.
    """

    __slots__ = ("_fingerprint", "_from", "_row", "carried", "share", "shared", "text_words")

    def __init__(
        self, from_: Generation, row: int, shared: int, share: int, text_words: int, carried: bool
    ) -> None:
        self._from, self._row = from_, row
        self.shared, self.share = shared, share
        self.text_words, self.carried = text_words, carried
        self._fingerprint: Fingerprint | None = None

    @property
    def number(self) -> int:
        """Its decision number."""
        return int(self._from.numbers[self._row])

    @property
    def ts(self) -> int:
        """Its event time."""
        return int(self._from.times[self._row])

    @property
    def fingerprint(self) -> Fingerprint:
        if self._fingerprint is None:
            self._fingerprint = self._from.fingerprint(self._row)
        return self._fingerprint


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the tables reached: what was added or prolonged since can be taken back."""

    generations: int
    rows: int
    latest: int


class Index:
    """Generations of members, oldest first; numbers are decision numbers and only rise.

    A generation is forgotten whole, when the clock has passed the last of its members.
    """

    __slots__ = ("_best", "_given_back", "_mark", "_prolonged", "_smallest", "generations", "postings_read")

    def __init__(self, smallest: int = SMALLEST) -> None:
        self._smallest = smallest
        self.generations: list[Generation] = []
        self._best: Longs = np.empty(MOST_RARE + MOST_PASSED, np.int64)
        self._mark: Mark | None = None
        self.postings_read = 0  # postings, by the last query
        self._prolonged: list[tuple[Generation, int, int, int]] = []
        self._given_back = False

    def add(self, number: int, until: int, fingerprint: Fingerprint) -> None:
        """A member that may match while the clock is not past `until` (ms)."""
        newest = self.generations[-1] if self.generations else None
        if newest is None or not newest.has_room(fingerprint):
            newest = Generation(self._next_size())
            self.generations.append(newest)
        newest.add(number, until, fingerprint)

    def prolong(self, number: int, until: int) -> None:
        """The member may match until another time."""
        found = self._find(number)
        if found is not None:
            generation, row = found
            self._prolonged.append((generation, row, int(generation.untils[row]), generation.latest))
            generation.untils[row], generation.latest = until, max(until, generation.latest)
            generation.earliest = min(until, generation.earliest)

    def until(self, number: int) -> int | None:
        """Until when the member may match; None when it is forgotten."""
        found = self._find(number)
        return int(found[0].untils[found[1]]) if found else None

    def fingerprint(self, number: int) -> Fingerprint | None:
        found = self._find(number)
        return found[0].fingerprint(found[1]) if found else None

    def candidates(self, fingerprint: Fingerprint, now: int | None) -> list[Candidate]:
        """Living members that share shingles enough to be compared: of the `MOST_RARE` with the rarest and most, and of
        the `MOST_SHARING` of the next with most of their few.

        `now` is None where every member lives.
        """
        asked, best, base = fingerprint.shingles, self._best, len(self)
        depths, found = np.zeros(len(asked), np.int32), np.empty(len(asked) * DEEPEST, np.int32)
        clock = ALWAYS if now is None else now
        self.postings_read = 0
        for g in reversed(self.generations):
            base -= g.rows
            if g.latest >= clock:
                every = g.earliest >= clock
                self.postings_read += gather(
                    asked, g.postings, g.heads, g.untils, clock, every, base, DEEPEST, depths, found
                )
        ranked, oldest = rank(depths, found, DEEPEST, WHOLE, best)
        if ranked > MOST_RARE:
            ranked = self._sharing(asked, ranked)
        told = self._screened(fingerprint, ranked, oldest)
        kept = worth(told, fingerprint.has_text, UNLIKELY, FEW)
        return [self._candidate(*each) for each in told[:kept].tolist()]

    def _sharing(self, asked: Keys, ranked: int) -> int:
        """Puts those that share most of their few behind the rarest of `_best`; returns how many these are together."""
        best, shares, base = self._best, np.zeros(ranked, np.int64), 0
        for g in self.generations:
            share(asked, g.postings, g.lies, base, g.rows, best, MOST_RARE, FEW_KEYS, FEWEST_SHARED, shares)
            base += g.rows
        return bring_forward(best, shares, MOST_RARE, MOST_SHARING)

    def sought(self, number: int, fingerprint: Fingerprint) -> Candidate | None:
        """That member as a candidate, whatever it shares; None when it is forgotten."""
        at = self._place(number)
        if at is None:
            return None
        self._best[0] = at
        [told] = self._screened(fingerprint, 1, at).tolist()
        return self._candidate(*told)

    def candidate(self, number: int, fingerprint: Fingerprint) -> Candidate | None:
        """The same, to be measured in full: it is known to be near."""
        found = self.sought(number, fingerprint)
        if found is not None:
            found.share = UNIT
        return found

    def _screened(self, fingerprint: Fingerprint, kept: int, oldest: int) -> Ints:
        """What `screen` tells of the first rows of `_best`, in their order; none is older than `oldest`."""
        told, base = np.empty((kept, SCREENED), np.int32), 0
        for g in self.generations:
            if oldest < base + g.rows:
                asked, codes = fingerprint.shingles, fingerprint.codes
                screen(
                    asked, codes, CARRIED_WORDS, g.postings, g.words, g.lies, base, g.rows, self._best, told
                )
            base += g.rows
        return told

    def _candidate(self, at: int, shared: int, share: int, words: int, carried: int) -> Candidate:
        """Of the member that stands at a place, counted over all generations."""
        for g in self.generations:
            if at < g.rows:
                return Candidate(g, at, shared, share, words, bool(carried))
            at -= g.rows
        raise IndexError(at)

    def _place(self, number: int) -> int | None:
        found, base = self._find(number), 0
        for g in self.generations:
            if found and g is found[0]:
                return base + found[1]
            base += g.rows
        return None

    def mark(self) -> None:
        """What follows may be taken back by `undo`, until `keep`."""
        assert self._mark is None, "one layer at a time"
        newest = self.generations[-1] if self.generations else None
        self._mark = Mark(len(self.generations), newest.rows if newest else 0, newest.latest if newest else 0)
        self._prolonged.clear()

    @property
    def marked(self) -> bool:
        """Whether a batch is under way."""
        return self._mark is not None

    def undo(self) -> None:
        """Everything as it was at the mark."""
        assert self._mark is not None
        for generation, row, until, latest in reversed(self._prolonged):
            generation.untils[row], generation.latest = until, latest
        del self.generations[self._mark.generations :]
        if self.generations:
            self.generations[-1].undo(self._mark.rows, self._mark.latest)
        self._prolonged.clear()
        self._mark = None

    def keep(self, now: int | None) -> None:
        """What was added since the mark stays; generations whose members are all past their time go.

        Only memory changes by it, no answer does.
        """
        self._prolonged.clear()
        self._mark = None
        if now is not None:
            alive = [g for g in self.generations if g.latest >= now or g is self.generations[-1]]
            self._given_back = self._given_back or len(alive) < len(self.generations)
            self.generations = alive

    def written(self) -> list[dict[str, NDArray[np.generic]]]:
        """Every generation as arrays, oldest first: what a snapshot keeps."""
        return [generation.written() for generation in self.generations]

    @classmethod
    def read(cls, written: Sequence[Mapping[str, NDArray[np.generic]]], smallest: int = SMALLEST) -> "Index":
        """The index that was written; it answers the same and takes more members."""
        index = cls(smallest)
        for tables in written:
            index.generations.append(Generation.read(max(index._next_size(), size_of(tables)), tables))
        return index

    def _next_size(self) -> int:
        """A power of two. While the window fills, generations are few: four times the one before, then as many members as are
        held. When it moves on a quarter as many, as what is past its time waits for the youngest of its generation: always
        four times as many held three members for one that lived, in a window of 100,000."""
        most = 1 << max((len(self) >> 2 * self._given_back).bit_length() - 1, 0)
        if not self._given_back:
            most = min(self._smallest << 2 * len(self.generations), max(most, QUICKLY))
        return min(max(self._smallest, most), LARGEST)

    def _find(self, number: int) -> tuple[Generation, int] | None:
        for generation in reversed(self.generations):
            if generation.rows and generation.numbers[0] <= number:
                row = generation.row(number)
                return None if row is None else (generation, row)
        return None

    @property
    def held(self) -> int:
        """Bytes of all tables."""
        return sum(generation.held for generation in self.generations)

    def __len__(self) -> int:
        """Members, those past their time but not yet forgotten among them."""
        return sum([generation.rows for generation in self.generations])
