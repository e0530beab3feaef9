"""The morgue, where a newsroom keeps what has run: every living story by the words of its members. Nothing is judged.

It is a fold of the living stories' members by decision number. A batch files in it between `open` and `keep`; one
that is given up is taken back. What has been cleared leaves no trace in any answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from stream.core.alike import alike
from stream.core.clearing import close_story, merge_stories, set_free
from stream.core.codec import decode, encode
from stream.core.filing import file_member
from stream.core.lexicon import part_buckets
from stream.core.likeness import look
from stream.core.measured import MEASURES
from stream.core.nearest import MOST_STORIES
from stream.core.shelves import (
    LOGGED,
    LOGGING,
    M_WORDS,
    MASK,
    S_SIZE,
    T_ORDER,
    T_UNTIL,
    Shelves,
    empty_shelves,
    put_time,
    roomy,
    shelves_of,
    take_back,
    terms_of,
    used,
)
from stream.core.terms import Terms

_AT_ONCE: Final = 4  # changes for which room is made together
_PARTED: Final = 4_096  # buckets parted at most when a batch is kept
_OFTEN: Final = 64  # members filed outside a batch, as in a recovery, after which buckets are parted


@dataclass(frozen=True, slots=True)
class Near:
    """A story near an item. `member` is the decision number of its member most like it, `row` where that stands."""

    story: str
    order: int
    member: int
    row: int
    measures: Any  # by `measured.MEASURES`


class Morgue:
    """Stories by the ids that the desk gives them."""

    __slots__ = ("_changed", "_found", "_left", "_measures", "_members", "_rows", "_shelves", "_stories")

    def __init__(self) -> None:
        self._shelves: Shelves = empty_shelves()
        self._rows: dict[str, int] = {}
        self._stories: dict[int, str] = {}
        self._changed: list[tuple[str, int | None]] = []  # since the batch opened: what a story's row was
        self._left = 0  # changes that there is room for
        self._found = np.zeros(MOST_STORIES, np.int64)
        self._members = np.zeros(MOST_STORIES, np.int64)
        self._measures = np.zeros((MOST_STORIES, len(MEASURES)), np.int64)

    def nearest(self, item: Terms, ts: int, now: int) -> list[Near]:
        """The stories that may be about the same event, measured; none that is past its time at `now`."""
        count = look(
            self._shelves,
            item.words,
            item.marks,
            item.facts,
            item.alone,
            ts,
            now,
            item.source,
            self._found,
            self._members,
            self._measures,
        )
        return [self._near(at) for at in range(count)]

    def words(self, near: Near) -> frozenset[int]:
        """The hashed words of the member most like the item."""
        words = self._shelves.members[near.row, M_WORDS:]
        return frozenset(map(int, words[: terms_of(self._shelves, near.row)]))

    def alike(self, one: str, other: str) -> tuple[int, int]:
        """Two stories by the words of their members, in parts of a hundred; and how many members the smaller has."""
        rows = self._rows[one], self._rows[other]
        return alike(self._shelves, *rows), min(int(self._shelves.stories[row, S_SIZE]) for row in rows)

    def file(self, story: str, number: int, ts: int, until: int, item: Terms) -> None:
        """A member of a story, which may take members until `until`."""
        self._make_room()
        row = self._rows.get(story, -1)
        member = number, ts, until, item.alone, item.source
        filed = file_member(self._shelves, row, *member, item.words, item.marks, item.facts)
        if row < 0:
            self._name(story, filed)
        if not self._shelves.counters[LOGGING] and not number % _OFTEN:
            self.keep()

    def prolong(self, story: str, until: int) -> None:
        row = self._rows.get(story)
        if row is not None:
            self._make_room()
            put_time(self._shelves, row, T_UNTIL, until)

    def close(self, story: str) -> None:
        row = self._rows.get(story)
        if row is not None:
            self._make_room()
            close_story(self._shelves, row)
            self._name(story, None)

    def merge(self, into: str, other: str) -> None:
        """`other`'s members are `into`'s from now on; what was parted from a story has no row of its own."""
        if into not in self._rows or other not in self._rows:
            return
        self._make_room()
        merge_stories(self._shelves, self._rows[into], self._rows[other])
        self._name(other, None)

    def open(self) -> None:
        """A batch begins, which may be given up; one that was never kept is."""
        self.take_back()
        self._shelves.counters[LOGGING] = 1

    def take_back(self) -> None:
        """The batch is given up."""
        take_back(self._shelves, 0)
        self._shelves.counters[LOGGING] = 0
        for story, row in reversed(self._changed):
            self._set(story, row)
        self._changed.clear()

    def keep(self) -> None:
        """The batch is kept: what it cleared is free."""
        counters = self._shelves.counters
        counters[LOGGED] = counters[LOGGING] = 0
        self._changed.clear()
        set_free(self._shelves)
        if len(self._shelves.buckets) < 2 * (int(counters[MASK]) + 1):
            self._shelves.buckets.resize(2 * (int(counters[MASK]) + 1), refcheck=False)
        part_buckets(self._shelves, _PARTED)

    def written(self) -> dict[str, Any]:
        """The tables, as far as they are used, and the stories' rows by name: what a snapshot keeps. No batch is open."""
        names = np.frombuffer(encode(self._rows), np.uint8)
        return {**used(self._shelves), "names": names}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "Morgue":
        """The morgue that was written."""
        morgue = cls()
        morgue._shelves = shelves_of(written)
        morgue._rows = decode(written["names"].tobytes())
        morgue._stories = {row: story for story, row in morgue._rows.items()}
        return morgue

    def bytes(self) -> int:
        """What the tables take."""
        return sum(table.nbytes for table in self._shelves)

    def _make_room(self) -> None:
        if not self._left:
            self._shelves, self._left = roomy(self._shelves, _AT_ONCE), _AT_ONCE
        self._left -= 1

    def _near(self, at: int) -> Near:
        row, member = int(self._found[at]), int(self._members[at])
        number = int(self._shelves.numbers[member])
        order = int(self._shelves.times[row, T_ORDER])
        return Near(self._stories[row], order, number, member, self._measures[at].copy())

    def _name(self, story: str, row: int | None) -> None:
        if self._shelves.counters[LOGGING]:
            self._changed.append((story, self._rows.get(story)))
        self._set(story, row)

    def _set(self, story: str, row: int | None) -> None:
        before = self._rows.pop(story, None)
        if before is not None and self._stories.get(before) == story:
            del self._stories[before]
        if row is not None:
            self._rows[story], self._stories[row] = row, story
