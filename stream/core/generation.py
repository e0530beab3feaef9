"""A run of consecutive members in flat tables: their words, and postings from a key to members. No clock or policy enters.

Numbers, not objects: an item costs two bytes a word and twelve a posting, and the garbage collector never walks them.
Memory is reserved for a whole generation and only taken as it fills. Taking back the last rows restores every table.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.fingerprint import Fingerprint

WORDS, POSTINGS = 512, 64  # reserved for a row, on average: a generation that runs out of either is full
HEADS: Final = 32  # for a row; a power of two

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint32]
Codes = NDArray[np.uint16]


class Generation:
    """Row r has words[starts[r]:starts[r + 1]], of which titles[r] are the title's and the last names[r] its names, and
    postings[firsts[r]:firsts[r + 1]]. It may match while the clock is not past untils[r] (ms).

    heads[slot of a key] is the newest posting there, plus one; a posting is a key, the row that owns it, and the older
    posting of its slot, plus one.
    """

    __slots__ = (
        "firsts",
        "heads",
        "keys",
        "latest",
        "names",
        "notices",
        "numbers",
        "olders",
        "owners",
        "rows",
        "starts",
        "times",
        "titles",
        "untils",
        "words",
    )

    def __init__(self, size: int) -> None:
        self.rows = 0
        self.latest = -(1 << 62)  # until when the last of its members may match
        self.numbers: Longs = np.empty(size, np.int64)  # decision numbers, rising
        self.untils: Longs = np.empty(size, np.int64)
        self.times: Longs = np.empty(size, np.int64)  # event times
        self.notices: NDArray[np.bool_] = np.empty(size, np.bool_)
        self.starts: Longs = np.zeros(size + 1, np.int64)
        self.titles: Codes = np.empty(size, np.uint16)
        self.names: Codes = np.empty(size, np.uint16)
        self.words: Codes = np.empty(size * WORDS, np.uint16)
        self.firsts: Longs = np.zeros(size + 1, np.int64)
        self.keys: Keys = np.empty(size * POSTINGS, np.uint32)
        self.owners: Ints = np.empty(size * POSTINGS, np.int32)
        self.olders: Ints = np.empty(size * POSTINGS, np.int32)
        self.heads: Ints = np.zeros(size * HEADS, np.int32)

    @property
    def size(self) -> int:
        """Members that it can hold."""
        return len(self.numbers)

    @property
    def held(self) -> int:
        """Bytes that its members take in all tables, and the heads."""
        columns = (
            self.numbers,
            self.untils,
            self.times,
            self.notices,
            self.starts,
            self.firsts,
            self.titles,
            self.names,
        )
        row = sum(column.itemsize for column in columns)
        words, postings = int(self.starts[self.rows]), int(self.firsts[self.rows])
        return row * self.rows + 2 * words + 12 * postings + self.heads.nbytes

    def has_room(self, fingerprint: Fingerprint) -> bool:
        return (
            self.rows < self.size
            and self.starts[self.rows] + len(fingerprint.codes) + len(fingerprint.names) <= len(self.words)
            and self.firsts[self.rows] + len(fingerprint.shingles) <= len(self.keys)
        )

    def add(self, number: int, until: int, fingerprint: Fingerprint) -> None:
        row, codes, names, shingles = self.rows, fingerprint.codes, fingerprint.names, fingerprint.shingles
        self.numbers[row], self.untils[row] = number, until
        self.times[row], self.notices[row] = fingerprint.ts, fingerprint.notice
        self.titles[row], self.names[row] = len(fingerprint.title), len(names)
        start, first = int(self.starts[row]), int(self.firsts[row])
        middle, end, last = start + len(codes), start + len(codes) + len(names), first + len(shingles)
        self.words[start:middle], self.words[middle:end] = codes, names
        self.keys[first:last] = shingles
        self.starts[row + 1], self.firsts[row + 1] = end, last
        link(self.firsts, self.keys, self.owners, self.olders, self.heads, row, row + 1)
        self.rows += 1
        self.latest = max(self.latest, until)

    def row(self, number: int) -> int | None:
        """Where the member of that decision number stands."""
        at = int(np.searchsorted(self.numbers[: self.rows], number))
        return at if at < self.rows and self.numbers[at] == number else None

    def has_text(self, row: int) -> bool:
        words = int(self.starts[row + 1]) - int(self.starts[row])
        return words > int(self.titles[row]) + int(self.names[row])

    def fingerprint(self, row: int) -> Fingerprint:
        start, end, title = int(self.starts[row]), int(self.starts[row + 1]), int(self.titles[row])
        middle = end - int(self.names[row])
        codes = self.words[start:middle]
        written = codes.tobytes().decode("utf-16-le")
        shingles = self.keys[self.firsts[row] : self.firsts[row + 1]]
        names, ts, notice = self.words[middle:end], int(self.times[row]), bool(self.notices[row])
        return Fingerprint(written[:title], written[title:], codes, names, shingles, ts, notice)

    def written(self) -> dict[str, NDArray[np.generic]]:
        """What it is made of, as arrays of the rows it has: postings are linked anew when it is read back."""
        rows = self.rows
        return {
            "numbers": self.numbers[:rows],
            "untils": self.untils[:rows],
            "times": self.times[:rows],
            "notices": self.notices[:rows],
            "starts": self.starts[: rows + 1],
            "titles": self.titles[:rows],
            "names": self.names[:rows],
            "words": self.words[: self.starts[rows]],
            "firsts": self.firsts[: rows + 1],
            "keys": self.keys[: self.firsts[rows]],
        }

    @classmethod
    def read(cls, size: int, written: Mapping[str, NDArray[np.generic]]) -> "Generation":
        """The generation that was written, with room for `size` members in all."""
        made = cls(size)
        for name, column in written.items():
            getattr(made, name)[: len(column)] = column
        made.rows = len(written["numbers"])
        made.latest = int(made.untils[: made.rows].max()) if made.rows else made.latest
        link(made.firsts, made.keys, made.owners, made.olders, made.heads, 0, made.rows)
        return made

    def undo(self, rows: int, latest: int) -> None:
        """As it was when it had so many rows."""
        unlink(self.firsts, self.keys, self.olders, self.heads, rows, self.rows)
        self.rows, self.latest = rows, latest


@compiled
def link(firsts: Longs, keys: Keys, owners: Ints, olders: Ints, heads: Ints, row: int, end: int) -> None:
    """The postings of some rows, put before the older ones of their slots."""
    mask = len(heads) - 1
    for each in range(row, end):
        for posting in range(int(firsts[each]), int(firsts[each + 1])):
            slot = int(keys[posting]) & mask
            owners[posting] = each
            olders[posting] = heads[slot]
            heads[slot] = posting + 1


@compiled
def unlink(firsts: Longs, keys: Keys, olders: Ints, heads: Ints, row: int, end: int) -> None:
    """Undoes the last `link` of the same rows: each is the newest of its slot, when taken in turn from the end."""
    mask = len(heads) - 1
    for posting in range(int(firsts[end]) - 1, int(firsts[row]) - 1, -1):
        heads[int(keys[posting]) & mask] = olders[posting]


@compiled
def gather(
    asked: Keys,
    keys: Keys,
    owners: Ints,
    olders: Ints,
    heads: Ints,
    untils: Longs,
    now: int,
    base: int,
    deepest: int,
    depths: Ints,
    found: Ints,
) -> int:
    """Adds to found[i] the living rows that have the key asked[i], newest first, each plus `base`, up to `deepest`.

    Returns how many postings were read.
    """
    mask = len(heads) - 1
    read = 0
    for i in range(len(asked)):
        key = int(asked[i])
        depth = int(depths[i])
        posting = int(heads[key & mask]) if depth < deepest else 0
        while posting:
            read += 1
            if int(keys[posting - 1]) == key and int(untils[owners[posting - 1]]) >= now:
                found[i * deepest + depth] = base + int(owners[posting - 1])
                depth += 1
                if depth == deepest:
                    break
            posting = int(olders[posting - 1])
        depths[i] = depth
    return read


@compiled
def rank(depths: Ints, found: Ints, deepest: int, whole: int, best: Longs) -> int:
    """Fills `best` with (row, shared keys) of the rows with the rarest and most, the newer first among equals.

    A key weighs `whole` over the rows that were found to have it. Returns how many there are.
    """
    total = 0
    for i in range(len(depths)):
        total += int(depths[i])
    size = 64
    while size < 2 * total:
        size *= 2
    rows = np.full(size, -1, np.int32)
    weights = np.zeros(size, np.int64)
    shared = np.zeros(size, np.int32)
    for i in range(len(depths)):
        for at in range(i * deepest, i * deepest + int(depths[i])):
            row = int(found[at])
            slot = (row * 0x9E3779B1) & (size - 1)
            while rows[slot] != row and rows[slot] != -1:
                slot = (slot + 1) & (size - 1)
            rows[slot] = row
            weights[slot] += whole // int(depths[i])
            shared[slot] += 1
    return _best(rows, weights, shared, best)


@compiled
def _best(rows: Ints, weights: Longs, shared: Ints, best: Longs) -> int:
    """The first of the table by weight, then row, by insertion: there are few to keep."""
    most = len(best) // 2
    ranks = np.empty(most, np.int64)
    kept = 0
    for slot in range(len(rows)):
        if rows[slot] == -1:
            continue
        value = int(weights[slot]) * 0x80000000 + int(rows[slot])
        if kept == most and value < int(ranks[most - 1]):
            continue
        at = kept if kept < most else most - 1
        kept = min(kept + 1, most)
        while at > 0 and int(ranks[at - 1]) < value:
            ranks[at] = ranks[at - 1]
            best[2 * at], best[2 * at + 1] = best[2 * at - 2], best[2 * at - 1]
            at -= 1
        ranks[at] = value
        best[2 * at], best[2 * at + 1] = rows[slot], shared[slot]
    return kept


@compiled
def recount(asked: Keys, keys: Keys, firsts: Longs, base: int, rows: int, best: Longs, kept: int) -> None:
    """Puts into `best` how many of the keys each of its rows has, also beyond those that were found by a full posting."""
    for at in range(0, 2 * kept, 2):
        row = int(best[at]) - base
        if 0 <= row < rows:
            best[at + 1] = _both(asked, keys[int(firsts[row]) : int(firsts[row + 1])])


@compiled
def _both(new: Keys, old: Keys) -> int:
    """How many are in both of two sorted runs."""
    i = j = both = 0
    while i < len(new) and j < len(old):
        if new[i] == old[j]:
            both += 1
            i += 1
            j += 1
        elif new[i] < old[j]:
            i += 1
        else:
            j += 1
    return both
