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

Ints = NDArray[np.int32]
Postings = NDArray[np.uint32]
Longs = NDArray[np.int64]
Keys = NDArray[np.uint32]
Codes = NDArray[np.uint16]


class Generation:
    """Row r has words[starts[r]:starts[r + 1]], of which titles[r] are the title's and the last names[r] its names, and
    postings[firsts[r]:firsts[r + 1]]. It may match while the clock is not past untils[r] (ms).

    heads[slot of a key] is the newest posting there, plus one; a posting is a key, the row that has it, and the older
    posting of its slot, plus one: three numbers side by side, since memory is read by the line.
    """

    __slots__ = (
        "earliest",
        "firsts",
        "heads",
        "latest",
        "names",
        "notices",
        "numbers",
        "postings",
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
        self.earliest = 1 << 62  # and all of them, or longer: what is taken back or prolonged leaves it
        self.numbers: Longs = np.empty(size, np.int64)  # decision numbers, rising
        self.untils: Longs = np.empty(size, np.int64)
        self.times: Longs = np.empty(size, np.int64)  # event times
        self.notices: NDArray[np.bool_] = np.empty(size, np.bool_)
        self.starts: Ints = np.zeros(size + 1, np.int32)
        self.titles: Codes = np.empty(size, np.uint16)
        self.names: Codes = np.empty(size, np.uint16)
        self.words: Codes = np.empty(size * WORDS, np.uint16)
        self.firsts: Ints = np.zeros(size + 1, np.int32)
        self.postings: Postings = np.empty((size * POSTINGS, 3), np.uint32)
        self.heads: Keys = np.zeros(size * HEADS, np.uint32)

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
            and self.firsts[self.rows] + len(fingerprint.shingles) <= len(self.postings)
        )

    def add(self, number: int, until: int, fingerprint: Fingerprint) -> None:
        row, codes, names, shingles = self.rows, fingerprint.codes, fingerprint.names, fingerprint.shingles
        self.numbers[row], self.untils[row] = number, until
        self.times[row], self.notices[row] = fingerprint.ts, fingerprint.notice
        self.titles[row], self.names[row] = fingerprint.title_words, len(names)
        start, first = int(self.starts[row]), int(self.firsts[row])
        middle, end, last = start + len(codes), start + len(codes) + len(names), first + len(shingles)
        self.words[start:middle], self.words[middle:end] = codes, names
        self.postings[first:last, 0] = shingles
        self.starts[row + 1], self.firsts[row + 1] = end, last
        link(self.firsts, self.postings, self.heads, row, row + 1)
        self.rows += 1
        self.latest, self.earliest = max(self.latest, until), min(self.earliest, until)

    def row(self, number: int) -> int | None:
        """Where the member of that decision number stands."""
        at = int(np.searchsorted(self.numbers[: self.rows], number))
        return at if at < self.rows and self.numbers[at] == number else None

    def shingles(self, row: int) -> Keys:
        return self.postings[self.firsts[row] : self.firsts[row + 1], 0]

    def has_text(self, row: int) -> bool:
        words = int(self.starts[row + 1]) - int(self.starts[row])
        return words > int(self.titles[row]) + int(self.names[row])

    def fingerprint(self, row: int) -> Fingerprint:
        start, end, title = int(self.starts[row]), int(self.starts[row + 1]), int(self.titles[row])
        middle = end - int(self.names[row])
        codes, names, shingles = self.words[start:middle], self.words[middle:end], self.shingles(row)
        return Fingerprint(codes, title, names, shingles, int(self.times[row]), bool(self.notices[row]))

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
            "keys": self.postings[: self.firsts[rows], 0],
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
        link(made.firsts, made.postings, made.heads, 0, made.rows)
        return made

    def undo(self, rows: int, latest: int) -> None:
        """As it was when it had so many rows."""
        unlink(self.firsts, self.postings, self.heads, rows, self.rows)
        self.rows, self.latest = rows, latest


@compiled
def link(firsts: Ints, postings: Postings, heads: Keys, row: int, end: int) -> None:
    """The postings of some rows, put before the older ones of their slots."""
    mask = len(heads) - 1
    for each in range(row, end):
        for at in range(int(firsts[each]), int(firsts[each + 1])):
            slot = int(postings[at, 0]) & mask
            postings[at, 1] = each
            postings[at, 2] = heads[slot]
            heads[slot] = at + 1


@compiled
def unlink(firsts: Ints, postings: Postings, heads: Keys, row: int, end: int) -> None:
    """Undoes the last `link` of the same rows: each is the newest of its slot, when taken in turn from the end."""
    mask = len(heads) - 1
    for at in range(int(firsts[end]) - 1, int(firsts[row]) - 1, -1):
        heads[int(postings[at, 0]) & mask] = postings[at, 2]
