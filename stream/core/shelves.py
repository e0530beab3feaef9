"""The shelves of the morgue: flat tables of words, postings, stories and members, and a log to take changes back.

Every cell that a batch changes goes through a `put`, so that a batch that is given up leaves no trace. Rows are
counted from 0; a pointer holds row + 1, and 0 points nowhere. Nothing is judged here.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from stream.core.compiled import compiled
from stream.core.facts import MOST_FACTS
from stream.core.terms import MOST_TERMS

MOST_PROFILE: Final = 64  # words kept of a story
MOST_MEMBERS: Final = 8  # members kept of a story, the newest

# Columns of a word: its hash, the next in its bucket (or on the free list), newest posting.
WORD_HASH, WORD_NEXT, WORD_NEWEST, WORD_COLUMNS = range(4)
# A block of postings: its story and the story's next block, then of each posting its word (0: free) and its neighbours in
# the word's list.
POST_WORD, POST_OLDER, POST_NEWER, POST_COLUMNS = range(4)
BLOCK_STORY, BLOCK_NEXT, BLOCK_POSTS = range(3)
BLOCK: Final = 8  # postings
BLOCK_COLUMNS: Final = BLOCK_POSTS + BLOCK * POST_COLUMNS
# Columns of a story. HAND is where a word is next given up.
S_SIZE, S_ALONE, S_LENGTH, S_PROFILE, S_MEMBER, S_KEPT, S_POST, S_HAND, S_COLUMNS = range(9)
# Its numbers that need more room: the decision number of its first member, times.
T_ORDER, T_UNTIL, T_LAST, T_COLUMNS = range(4)
# Columns of a member, before its words and facts. TOLD packs how many it has of each, and a hash of its source.
M_OLDER, M_TOLD, M_WORDS = range(3)
M_FACT: Final = M_WORDS + MOST_TERMS
M_COLUMNS: Final = M_FACT + MOST_FACTS
_TERMS_BITS, _FACTS_BITS = 6, 5
# Counters: rows used and the first free one of each table, the log.
WORDS, FREE_WORD, BLOCKS, FREE_BLOCK, STORIES, FREE_STORY, PROFILES, FREE_PROFILE, MEMBERS, FREE_MEMBER = (
    range(10)
)
LATE_STORY, LATE_PROFILE, LATE_MEMBER, MASK, SPLIT, LOGGED, LOGGING, COUNTERS = range(10, 18)
# Tables by number, as the log names them.
_BUCKET, _WORD, _POST, _STORY, _TIME, _PROFILE, _COUNTS, _MEMBER, _COUNTER = range(9)


class Shelves(NamedTuple):
    """The tables. A profile's counts hold 2 x members that have the word, and 1 where the story is posted under it."""

    buckets: Any  # int32
    words: Any  # int32
    posts: Any  # int32
    stories: Any  # int32
    times: Any  # int64, of the stories
    profiles: Any  # int32
    counts: Any  # int32
    members: Any  # int32
    marks: Any  # uint8, of the members' words
    numbers: Any  # int64, of the members' decisions
    counters: Any  # int64
    log: Any  # int64: table, row, column, what stood there


def empty_shelves(rows: int = 256) -> Shelves:
    counters = np.zeros(COUNTERS, np.int64)
    counters[MASK] = rows - 1
    return Shelves(
        np.zeros(2 * rows, np.int32),
        np.zeros((rows, WORD_COLUMNS), np.int32),
        np.zeros((rows, BLOCK_COLUMNS), np.int32),
        np.zeros((rows, S_COLUMNS), np.int32),
        np.zeros((rows, T_COLUMNS), np.int64),
        np.zeros((rows, MOST_PROFILE), np.int32),
        np.zeros((rows, MOST_PROFILE), np.int32),
        np.zeros((rows, M_COLUMNS), np.int32),
        np.zeros((rows, MOST_TERMS), np.uint8),
        np.zeros(rows, np.int64),
        counters,
        np.zeros((4 * rows, 4), np.int64),
    )


@compiled
def note(on: Shelves, table: int, row: int, column: int, old: int) -> None:
    """What stood in a cell, while a batch may still be given up."""
    if on.counters[LOGGING]:
        at = int(on.counters[LOGGED])
        on.log[at, 0], on.log[at, 1], on.log[at, 2], on.log[at, 3] = table, row, column, old
        on.counters[LOGGED] = at + 1


@compiled
def put_bucket(on: Shelves, row: int, value: int) -> None:
    note(on, _BUCKET, row, 0, int(on.buckets[row]))
    on.buckets[row] = value


@compiled
def put_word(on: Shelves, row: int, column: int, value: int) -> None:
    note(on, _WORD, row, column, int(on.words[row, column]))
    on.words[row, column] = value


@compiled
def put_post(on: Shelves, row: int, column: int, value: int) -> None:
    note(on, _POST, row, column, int(on.posts[row, column]))
    on.posts[row, column] = value


@compiled
def put_story(on: Shelves, row: int, column: int, value: int) -> None:
    note(on, _STORY, row, column, int(on.stories[row, column]))
    on.stories[row, column] = value


@compiled
def put_time(on: Shelves, row: int, column: int, value: int) -> None:
    note(on, _TIME, row, column, int(on.times[row, column]))
    on.times[row, column] = value


@compiled
def put_profile(on: Shelves, row: int, at: int, word: int, count: int) -> None:
    note(on, _PROFILE, row, at, int(on.profiles[row, at]))
    note(on, _COUNTS, row, at, int(on.counts[row, at]))
    on.profiles[row, at], on.counts[row, at] = word, count


@compiled
def put_older(on: Shelves, row: int, value: int) -> None:
    note(on, _MEMBER, row, M_OLDER, int(on.members[row, M_OLDER]))
    on.members[row, M_OLDER] = value


@compiled
def tell(terms: int, facts: int, source: int) -> int:
    """A member's words, facts and source, as one number."""
    return source << (_TERMS_BITS + _FACTS_BITS) | facts << _TERMS_BITS | terms


@compiled
def terms_of(on: Shelves, member: int) -> int:
    """How many words a member has."""
    return int(on.members[member, M_TOLD]) & ((1 << _TERMS_BITS) - 1)


@compiled
def facts_of(on: Shelves, member: int) -> int:
    return int(on.members[member, M_TOLD]) >> _TERMS_BITS & ((1 << _FACTS_BITS) - 1)


@compiled
def source_of(on: Shelves, member: int) -> int:
    return int(on.members[member, M_TOLD]) >> (_TERMS_BITS + _FACTS_BITS)


@compiled
def put_counter(on: Shelves, which: int, value: int) -> None:
    note(on, _COUNTER, which, 0, int(on.counters[which]))
    on.counters[which] = value


@compiled
def take_back(on: Shelves, mark: int) -> None:
    """The cells as they stood when the log was that long, the last change first."""
    for at in range(int(on.counters[LOGGED]) - 1, mark - 1, -1):
        table, row, column, old = int(on.log[at, 0]), int(on.log[at, 1]), int(on.log[at, 2]), on.log[at, 3]
        if table == _BUCKET:
            on.buckets[row] = old
        elif table == _WORD:
            on.words[row, column] = old
        elif table == _POST:
            on.posts[row, column] = old
        elif table == _STORY:
            on.stories[row, column] = old
        elif table == _TIME:
            on.times[row, column] = old
        elif table == _PROFILE:
            on.profiles[row, column] = old
        elif table == _COUNTS:
            on.counts[row, column] = old
        elif table == _MEMBER:
            on.members[row, column] = old
        else:
            on.counters[row] = old
    on.counters[LOGGED] = mark


def roomy(on: Shelves, changes: int) -> Shelves:
    """With room for so many changes, of one story each: a step at a time, so that no item waits long."""
    used = on.counters
    words = (MOST_TERMS + MOST_PROFILE) * changes
    return Shelves(
        on.buckets,
        _grown(on.words, int(used[WORDS]) + words),
        _grown(on.posts, int(used[BLOCKS]) + words // BLOCK),
        _grown(on.stories, int(used[STORIES]) + changes),
        _grown(on.times, int(used[STORIES]) + changes),
        _grown(on.profiles, int(used[PROFILES]) + changes),
        _grown(on.counts, int(used[PROFILES]) + changes),
        _grown(on.members, int(used[MEMBERS]) + changes),
        _grown(on.marks, int(used[MEMBERS]) + changes),
        _grown(on.numbers, int(used[MEMBERS]) + changes),
        on.counters,
        _grown(on.log, int(used[LOGGED]) + _CELLS * changes),
    )


# Which counter says how many rows of a table are used; the buckets are all used, and so are the counters. In small letters:
# it decides nothing, and is no part of the engine's id.
_used_rows: Final = {"words": WORDS, "posts": BLOCKS, "stories": STORIES, "times": STORIES, "profiles": PROFILES,
                "counts": PROFILES, "members": MEMBERS, "marks": MEMBERS, "numbers": MEMBERS}  # fmt: skip


def used(on: Shelves) -> dict[str, Any]:
    """The tables by name, as far as they are used, without the log."""
    tables = on._asdict()
    rows = {name: tables[name][: int(on.counters[counter])] for name, counter in _used_rows.items()}
    return {"buckets": on.buckets, "counters": on.counters, **rows}


def shelves_of(written: Mapping[str, Any]) -> Shelves:
    """The shelves again, in tables that can grow."""
    made = empty_shelves()._asdict()
    return Shelves(
        **{**made, **{name: np.array(written[name]) for name in (*_used_rows, "buckets", "counters")}}
    )


_CELLS: Final = 8_192  # of the log that one change may fill
_LARGEST_STEP: Final = 1 << 16  # rows


def _grown(table: Any, rows: int) -> Any:
    """In place where the machine can: a table of a gigabyte is not copied."""
    if rows > len(table):
        step = min(max(len(table), rows - len(table)), max(_LARGEST_STEP, rows - len(table)))
        table.resize((len(table) + step, *table.shape[1:]), refcheck=False)
    return table
