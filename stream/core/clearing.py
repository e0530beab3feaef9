"""Clearing the morgue: a story closed, two made one, rows set free. Nothing is judged here."""

from typing import Any

import numpy as np

from stream.core.compiled import compiled
from stream.core.filing import POSTED, add_word, release_member, unfold
from stream.core.postings import release_blocks, unpost
from stream.core.shelves import (
    FREE_MEMBER,
    FREE_PROFILE,
    FREE_STORY,
    LATE_MEMBER,
    LATE_PROFILE,
    LATE_STORY,
    M_OLDER,
    M_WORDS,
    MOST_MEMBERS,
    MOST_PROFILE,
    S_ALONE,
    S_KEPT,
    S_LENGTH,
    S_MEMBER,
    S_POST,
    S_PROFILE,
    S_SIZE,
    T_LAST,
    T_UNTIL,
    Shelves,
    put_counter,
    put_older,
    put_profile,
    put_story,
    put_time,
    terms_of,
)


@compiled
def close_story(on: Shelves, story: int) -> None:
    """Takes a story and all of its members off the shelves."""
    _lose_words(on, story)
    member = int(on.stories[story, S_MEMBER]) - 1
    while member >= 0:
        older = int(on.members[member, M_OLDER]) - 1
        release_member(on, member)
        member = older
    _release_story(on, story)


@compiled
def merge_stories(on: Shelves, into: int, other: int) -> None:
    """One story of two; the other's row is free. The members kept are the newest of both."""
    if int(on.stories[into, S_SIZE]) == 1:
        unfold(on, into)
    words, counts = words_of(on, other)
    _lose_words(on, other)
    for column in (S_SIZE, S_ALONE, S_LENGTH):
        put_story(on, into, column, int(on.stories[into, column]) + int(on.stories[other, column]))
    for column in (T_LAST, T_UNTIL):
        put_time(on, into, column, max(int(on.times[into, column]), int(on.times[other, column])))
    _join_members(on, into, other)
    _release_story(on, other)
    for at in range(MOST_PROFILE):
        if words[at]:
            add_word(on, into, int(words[at]), int(counts[at]) >> 1, int(counts[at]) & 1 != 0)


@compiled
def words_of(on: Shelves, story: int) -> tuple[Any, Any]:
    """A story's profile, or that of its only member."""
    words, counts = np.zeros(MOST_PROFILE, np.int64), np.zeros(MOST_PROFILE, np.int64)
    profile, member = int(on.stories[story, S_PROFILE]) - 1, int(on.stories[story, S_MEMBER]) - 1
    terms = MOST_PROFILE if profile >= 0 else terms_of(on, member)
    for at in range(terms):
        words[at] = on.profiles[profile, at] if profile >= 0 else on.members[member, M_WORDS + at]
        counts[at] = on.counts[profile, at] if profile >= 0 else 2 + (1 if at < POSTED else 0)
    return words, counts


@compiled
def _lose_words(on: Shelves, story: int) -> None:
    words, counts = words_of(on, story)
    for at in range(MOST_PROFILE):
        if int(counts[at]) & 1:
            unpost(on, story, int(words[at]))


@compiled
def _join_members(on: Shelves, into: int, other: int) -> None:
    """By decision number, the newest first, as many as are kept of a story."""
    mine, theirs = int(on.stories[into, S_MEMBER]) - 1, int(on.stories[other, S_MEMBER]) - 1
    last, kept = -1, 0
    while mine >= 0 or theirs >= 0:
        if theirs < 0 or (mine >= 0 and on.numbers[mine] > on.numbers[theirs]):
            row, mine = mine, int(on.members[mine, M_OLDER]) - 1
        else:
            row, theirs = theirs, int(on.members[theirs, M_OLDER]) - 1
        if kept == MOST_MEMBERS:
            release_member(on, row)
            continue
        if last < 0:
            put_story(on, into, S_MEMBER, row + 1)
        else:
            put_older(on, last, row + 1)
        last, kept = row, kept + 1
    put_older(on, last, 0)
    put_story(on, into, S_KEPT, kept)


@compiled
def _release_story(on: Shelves, story: int) -> None:
    profile = int(on.stories[story, S_PROFILE]) - 1
    if profile >= 0:
        put_profile(on, profile, 0, int(on.counters[LATE_PROFILE]), 0)
        put_counter(on, LATE_PROFILE, profile + 1)
    release_blocks(on, story)
    put_story(on, story, S_POST, int(on.counters[LATE_STORY]))
    put_counter(on, LATE_STORY, story + 1)


@compiled
def set_free(on: Shelves) -> None:
    """What was released is free, now that no batch can want it again."""
    counters = on.counters
    while counters[LATE_MEMBER]:
        row = int(counters[LATE_MEMBER]) - 1
        counters[LATE_MEMBER], on.members[row, M_OLDER] = on.members[row, M_OLDER], counters[FREE_MEMBER]
        counters[FREE_MEMBER] = row + 1
    while counters[LATE_PROFILE]:
        row = int(counters[LATE_PROFILE]) - 1
        counters[LATE_PROFILE], on.profiles[row, 0] = on.profiles[row, 0], counters[FREE_PROFILE]
        counters[FREE_PROFILE] = row + 1
    while counters[LATE_STORY]:
        row = int(counters[LATE_STORY]) - 1
        counters[LATE_STORY], on.stories[row, S_POST] = on.stories[row, S_POST], counters[FREE_STORY]
        counters[FREE_STORY] = row + 1
