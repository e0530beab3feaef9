"""Filing in the morgue: a member under its story, its words in the story's profile. Nothing is judged here.

What stands on the shelves is a fold of the living stories' members in the order of their decisions.
"""

from typing import Any, Final

from stream.core.compiled import compiled
from stream.core.postings import post, post_all, unpost
from stream.core.shelves import (
    FREE_MEMBER,
    FREE_PROFILE,
    FREE_STORY,
    LATE_MEMBER,
    M_FACT,
    M_OLDER,
    M_TOLD,
    M_WORDS,
    MEMBERS,
    MOST_MEMBERS,
    MOST_PROFILE,
    PROFILES,
    S_ALONE,
    S_COLUMNS,
    S_HAND,
    S_KEPT,
    S_LENGTH,
    S_MEMBER,
    S_POST,
    S_PROFILE,
    S_SIZE,
    STORIES,
    T_LAST,
    T_ORDER,
    T_UNTIL,
    Shelves,
    put_counter,
    put_older,
    put_profile,
    put_story,
    put_time,
    tell,
    terms_of,
)

POSTED: Final = 16  # of an item's words, the most telling, under which its story is found


@compiled
def file_member(
    on: Shelves,
    story: int,
    number: int,
    ts: int,
    until: int,
    alone: bool,
    source: int,
    words: Any,
    marks: Any,
    facts: Any,
) -> int:
    """Files a member by its decision number, and opens its story where `story` is -1; returns the story's row.

    `until` is the last time of its story; `alone`: it is a headline with no text.
    """
    opened = story < 0
    if opened:
        story = _open(on, number, ts)
    size = int(on.stories[story, S_SIZE])
    if size == 1:
        unfold(on, story)
    put_story(on, story, S_SIZE, size + 1)
    put_story(on, story, S_ALONE, int(on.stories[story, S_ALONE]) + (1 if alone else 0))
    put_story(on, story, S_LENGTH, int(on.stories[story, S_LENGTH]) + len(words))
    put_time(on, story, T_LAST, max(int(on.times[story, T_LAST]), ts))
    put_time(on, story, T_UNTIL, until)
    _keep_member(on, story, number, source, words, marks, facts)
    if opened:
        post_all(on, story, words, min(POSTED, len(words)))
    else:
        for at in range(len(words)):
            add_word(on, story, int(words[at]), 1, at < POSTED)
    return story


@compiled
def _open(on: Shelves, number: int, ts: int) -> int:
    story = int(on.counters[FREE_STORY]) - 1
    if story >= 0:
        put_counter(on, FREE_STORY, int(on.stories[story, S_POST]))
    else:
        story = int(on.counters[STORIES])
        put_counter(on, STORIES, story + 1)
    for column in range(S_COLUMNS):
        put_story(on, story, column, 0)
    put_time(on, story, T_ORDER, number)
    put_time(on, story, T_LAST, ts)
    return story


@compiled
def unfold(on: Shelves, story: int) -> None:
    """A story's first member was its profile; with a second, it gets one of its own."""
    row = int(on.counters[FREE_PROFILE]) - 1
    if row >= 0:
        put_counter(on, FREE_PROFILE, int(on.profiles[row, 0]))
    else:
        row = int(on.counters[PROFILES])
        put_counter(on, PROFILES, row + 1)
    put_story(on, story, S_PROFILE, row + 1)
    member = int(on.stories[story, S_MEMBER]) - 1
    terms = terms_of(on, member)
    for at in range(MOST_PROFILE):
        posted = 1 if at < POSTED else 0
        word = int(on.members[member, M_WORDS + at]) if at < terms else 0
        put_profile(on, row, at, word, 2 + posted if word else 0)


@compiled
def _keep_member(
    on: Shelves, story: int, number: int, source: int, words: Any, marks: Any, facts: Any
) -> None:
    row = int(on.counters[FREE_MEMBER]) - 1
    if row >= 0:
        put_counter(on, FREE_MEMBER, int(on.members[row, M_OLDER]))
    else:
        row = int(on.counters[MEMBERS])
        put_counter(on, MEMBERS, row + 1)
    put_older(on, row, int(on.stories[story, S_MEMBER]))
    on.numbers[row], on.members[row, M_TOLD] = number, tell(len(words), len(facts), source)
    for at in range(len(words)):
        on.members[row, M_WORDS + at], on.marks[row, at] = words[at], marks[at]
    for at in range(len(facts)):
        on.members[row, M_FACT + at] = facts[at]
    put_story(on, story, S_MEMBER, row + 1)
    put_story(on, story, S_KEPT, int(on.stories[story, S_KEPT]) + 1)
    _drop_oldest(on, story)


@compiled
def _drop_oldest(on: Shelves, story: int) -> None:
    kept = int(on.stories[story, S_KEPT])
    if kept <= MOST_MEMBERS:
        return
    row = int(on.stories[story, S_MEMBER]) - 1
    for _ in range(kept - 2):
        row = int(on.members[row, M_OLDER]) - 1
    release_member(on, int(on.members[row, M_OLDER]) - 1)
    put_older(on, row, 0)
    put_story(on, story, S_KEPT, kept - 1)


@compiled
def release_member(on: Shelves, row: int) -> None:
    """Its row is free once the batch is kept: what stands in it may be wanted again until then."""
    put_older(on, row, int(on.counters[LATE_MEMBER]))
    put_counter(on, LATE_MEMBER, row + 1)


@compiled
def add_word(on: Shelves, story: int, word: int, members: int, posted: bool) -> None:
    """So many members more of a story have the word; where the profile is full, it takes the place of a lone one."""
    row = int(on.stories[story, S_PROFILE]) - 1
    free = -1
    for at in range(MOST_PROFILE):
        if on.profiles[row, at] == word:
            count = int(on.counts[row, at])
            if posted and not count & 1:
                post(on, story, word)
                count += 1
            put_profile(on, row, at, word, count + 2 * members)
            return
        if on.profiles[row, at] == 0:
            free = at
            break
    if free < 0:
        free = _give_up(on, story, row)
    if free >= 0:
        put_profile(on, row, free, word, 2 * members + (1 if posted else 0))
        if posted:
            post(on, story, word)


@compiled
def _give_up(on: Shelves, story: int, row: int) -> int:
    """The place of a word that one member alone has, the hand going round; -1 where every word has more."""
    hand = int(on.stories[story, S_HAND])
    for step in range(MOST_PROFILE):
        at = (hand + step) % MOST_PROFILE
        if on.counts[row, at] < 4:
            if int(on.counts[row, at]) & 1:
                unpost(on, story, int(on.profiles[row, at]))
            put_story(on, story, S_HAND, (at + 1) % MOST_PROFILE)
            return at
    return -1
