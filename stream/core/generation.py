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
HEADS: Final = 32  # for a row, half of the postings that an item of 2.4 KB has; a power of two

# Of a row: its first word and its first posting, and how many words its title has and, above that, names.
START, FIRST, TITLE_AND_NAMES, LIES = range(4)
_TITLE_BITS: Final = 16
_TITLE: Final = (1 << _TITLE_BITS) - 1

Ints = NDArray[np.int32]
Postings = NDArray[np.uint32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint32]
Codes = NDArray[np.uint16]


class Generation:
    """Row r has the words and the postings from where it lies to where the next row does: of the words, the first so many
    are its title's and the last its names. It may match while the clock is not past untils[r] (ms).

    heads[slot of a key] is the newest posting there, plus one; a posting is a key, the row that has it, and the older
    posting of its slot, plus one: three numbers side by side, since memory is read by the line.
    """

    __slots__ = (
        "earliest",
        "heads",
        "latest",
        "lies",
        "notices",
        "numbers",
        "postings",
        "rows",
        "times",
        "untils",
        "words",
    )

    def __init__(self, size: int) -> None:
        self.rows = 0
        self.latest = -(1 << 62)  # until when the last of its members may match
        self.earliest = 1 << 62  # and all of them, or longer: what is taken back or prolonged leaves it
        self.numbers: Longs = np.empty(size, np.int64)  # decision numbers, rising
        self.untils: Longs = np.empty(size, np.int64)
        self.times: Longs = np.empty(size, np.int64)  # event times
        self.notices: NDArray[np.bool_] = np.empty(size, np.bool_)
        self.lies: Ints = np.zeros((size + 1, LIES), np.int32)  # side by side: memory is read by the line
        self.words: Codes = np.empty(size * WORDS, np.uint16)
        self.postings: Postings = np.empty((size * POSTINGS, 3), np.uint32)
        self.heads: Keys = np.zeros(size * HEADS, np.uint32)

    @property
    def size(self) -> int:
        """Members that it can hold."""
        return len(self.numbers)

    @property
    def held(self) -> int:
        """Bytes that its members take in all tables, and the heads."""
        row = sum(c.itemsize for c in (self.numbers, self.untils, self.times, self.notices)) + LIES * 4
        words, postings, _ = self.lies[self.rows].tolist()
        return row * self.rows + 2 * int(words) + 12 * int(postings) + self.heads.nbytes

    def has_room(self, fingerprint: Fingerprint) -> bool:
        start, first, _ = self.lies[self.rows].tolist()
        return (
            self.rows < self.size
            and start + len(fingerprint.codes) + len(fingerprint.names) <= len(self.words)
            and first + len(fingerprint.shingles) <= len(self.postings)
        )

    def add(self, number: int, until: int, fingerprint: Fingerprint) -> None:
        row, codes, names = self.rows, fingerprint.codes, fingerprint.names
        self.numbers[row], self.untils[row] = number, until
        self.times[row], self.notices[row] = fingerprint.ts, fingerprint.notice
        title, shingles = fingerprint.title_words, fingerprint.shingles
        _put(self.lies, self.words, self.postings, self.heads, row, codes, names, shingles, title)
        self.rows += 1
        self.latest, self.earliest = max(self.latest, until), min(self.earliest, until)

    def row(self, number: int) -> int | None:
        """Where the member of that decision number stands."""
        at = int(np.searchsorted(self.numbers[: self.rows], number))
        return at if at < self.rows and self.numbers[at] == number else None

    def shingles(self, row: int) -> Keys:
        return self.postings[self.lies[row, FIRST] : self.lies[row + 1, FIRST], 0]

    def fingerprint(self, row: int) -> Fingerprint:
        (start, first, parts), (end, last, _) = self.lies[row : row + 2].tolist()
        middle = end - (parts >> _TITLE_BITS)
        codes, names, shingles = (
            self.words[start:middle],
            self.words[middle:end],
            self.postings[first:last, 0],
        )
        title, notice = parts & _TITLE, bool(self.notices[row])
        return Fingerprint(codes, title, names, shingles, int(self.times[row]), notice)

    def written(self) -> dict[str, NDArray[np.generic]]:
        """What it is made of, as arrays of the rows it has: postings are linked anew when it is read back."""
        rows = self.rows
        words, postings, _ = self.lies[rows].tolist()
        return {
            "numbers": self.numbers[:rows],
            "untils": self.untils[:rows],
            "times": self.times[:rows],
            "notices": self.notices[:rows],
            "lies": self.lies[: rows + 1],
            "words": self.words[:words],
            "keys": self.postings[:postings, 0],
        }

    @classmethod
    def read(cls, size: int, written: Mapping[str, NDArray[np.generic]]) -> "Generation":
        """The generation that was written, with room for `size` members in all."""
        made = cls(size)
        for name, column in written.items():
            table = made.postings[:, 0] if name == "keys" else getattr(made, name)
            table[: len(column)] = column
        made.rows = rows = len(written["numbers"])
        if made.rows:
            made.latest, made.earliest = int(made.untils[:rows].max()), int(made.untils[:rows].min())
        link(made.lies, made.postings, made.heads, 0, made.rows)
        return made

    def undo(self, rows: int, latest: int) -> None:
        """As it was when it had so many rows."""
        unlink(self.lies, self.postings, self.heads, rows, self.rows)
        self.rows, self.latest = rows, latest


def size_of(written: Mapping[str, NDArray[np.generic]]) -> int:
    """Of how many members a generation holds all that was written: a power of two, as every size is."""
    words, postings = -(-len(written["words"]) // WORDS), -(-len(written["keys"]) // POSTINGS)
    return 1 << max(1, len(written["numbers"]), words, postings).bit_length()


@compiled
def parts_of(lies: Ints, row: int) -> tuple[int, int, int]:
    """Where a row's words begin, where its text does, and where that ends."""
    start, parts = int(lies[row, START]), int(lies[row, TITLE_AND_NAMES])
    return start, start + (parts & _TITLE), int(lies[row + 1, START]) - (parts >> _TITLE_BITS)


@compiled
def _put(
    lies: Ints,
    words: Codes,
    postings: Postings,
    heads: Keys,
    row: int,
    codes: Codes,
    names: Codes,
    shingles: Keys,
    title: int,
) -> None:
    """A row behind the others, and its postings before the older ones."""
    start, first = int(lies[row, START]), int(lies[row, FIRST])
    for at in range(len(codes)):
        words[start + at] = codes[at]
    for at in range(len(names)):
        words[start + len(codes) + at] = names[at]
    for at in range(len(shingles)):
        postings[first + at, 0] = shingles[at]
    lies[row, TITLE_AND_NAMES] = len(names) << _TITLE_BITS | title
    lies[row + 1, START], lies[row + 1, FIRST] = start + len(codes) + len(names), first + len(shingles)
    link(lies, postings, heads, row, row + 1)


@compiled
def link(lies: Ints, postings: Postings, heads: Keys, row: int, end: int) -> None:
    """The postings of some rows, put before the older ones of their slots."""
    mask = len(heads) - 1
    for each in range(row, end):
        for at in range(int(lies[each, FIRST]), int(lies[each + 1, FIRST])):
            slot = int(postings[at, 0]) & mask
            postings[at, 1] = each
            postings[at, 2] = heads[slot]
            heads[slot] = at + 1


@compiled
def unlink(lies: Ints, postings: Postings, heads: Keys, row: int, end: int) -> None:
    """Undoes the last `link` of the same rows: each is the newest of its slot, when taken in turn from the end."""
    mask = len(heads) - 1
    for at in range(int(lies[end, FIRST]) - 1, int(lies[row, FIRST]) - 1, -1):
        heads[int(postings[at, 0]) & mask] = postings[at, 2]
