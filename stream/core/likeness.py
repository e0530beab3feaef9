"""How an item agrees with a story, measured: every measure is one that an editor can check. Nothing is decided here.

Shares are parts of a hundred; what counts rare words is in sixteenths of a doubling (`logs`).
"""

from typing import Any, Final

import numpy as np

from stream.core.asked import (
    A_ALONE,
    A_TIME,
    LEAD,
    STANDING_TITLE,
    TITLE,
    TOP_NAME,
    TOTAL,
    Asked,
    ask,
    place_of,
)
from stream.core.compiled import compiled
from stream.core.facts import FACT_BITS, FACTS
from stream.core.logs import STEPS, log16, root
from stream.core.nearest import nearest
from stream.core.shelves import (
    M_FACT,
    M_FACTS,
    M_OLDER,
    M_TERMS,
    M_WORDS,
    MOST_PROFILE,
    S_ALONE,
    S_LAST,
    S_LENGTH,
    S_MEMBER,
    S_PROFILE,
    S_SIZE,
    Shelves,
)
from stream.core.standing import IN_TITLE, KIND_BITS, LEAD_BITS, NAME, weigh
from stream.core.terms import MOST_TERMS

MEASURES: Final = (
    "known", "headline", "rarity", "core", "top_name", "new_names", "best", "second", "within", "lead", "its_lead",
    "titles", "shared", "names", "days", "size", "headlines", "length",
    *(f"{agree} {fact}" for fact in FACTS for agree in ("same", "other")),
)  # fmt: skip
(
    KNOWN, HEADLINE, RARITY, CORE, TOP_NAME_, NEW_NAMES, BEST, SECOND, WITHIN, LEAD_, ITS_LEAD,
    TITLES, SHARED, NAMES, DAYS, SIZE, HEADLINES, LENGTH, FIRST_FACT,
) = range(19)  # fmt: skip
_DAY: Final = 86_400_000
_UNKNOWN: Final = 50  # of a story with one member, how much of its core an item has
# Of one member: shares both ways, of the leads, rare words shared, all and names, and the share of both headlines.
_MINE, _THEIRS, _MY_LEAD, _THEIR_LEAD, _ANY, _NAMES, _TITLES, _PARTS = range(8)


@compiled
def look(
    on: Shelves, words: Any, marks: Any, facts: Any, about: Any, found: Any, members: Any, measures: Any
) -> int:
    """Finds the stories that may be about the same event and measures each; returns how many.

    `about` is whether the item is a headline alone, its time and the clock.
    """
    asked = ask(words, marks, facts, int(about[0]), int(about[1]))
    count = nearest(on, asked, int(about[2]), found)
    for at in range(count):
        members[at] = measure(on, asked, int(found[at]), measures[at])
    return count


@compiled
def measure(on: Shelves, asked: Asked, story: int, found: Any) -> int:
    """Writes the measures of an item and a story; returns the row of the member that is most like it."""
    _of_profile(on, asked, story, found)
    best = _of_members(on, asked, story, found)
    _of_facts(on, asked, story, found)
    size, ts = int(on.stories[story, S_SIZE]), int(asked.sums[A_TIME])
    found[DAYS] = log16(1 + max(ts - int(on.stories[story, S_LAST]), 0) // _DAY)
    found[SIZE] = log16(size)
    alone, theirs = int(asked.sums[A_ALONE]), int(on.stories[story, S_ALONE])
    found[HEADLINES] = 100 * alone * theirs // size
    length = min(len(asked.words), int(on.stories[story, S_LENGTH]) // size)
    found[LENGTH] = 100 * length // MOST_TERMS
    return best


@compiled
def _of_profile(on: Shelves, asked: Asked, story: int, found: Any) -> None:
    """What of the item the story knows, and what of the story's core the item has."""
    known, headline, rarity, core, hits = 0, 0, 0, 0, 0
    size, profile = int(on.stories[story, S_SIZE]), int(on.stories[story, S_PROFILE]) - 1
    member = int(on.stories[story, S_MEMBER]) - 1
    seen = np.zeros(len(asked.words), np.int64)
    for at in range(MOST_PROFILE if profile >= 0 else int(on.members[member, M_TERMS])):
        word = int(on.profiles[profile, at]) if profile >= 0 else int(on.members[member, M_WORDS + at])
        count = int(on.counts[profile, at]) >> 1 if profile >= 0 else 1
        mine = place_of(asked, word) if word else -1
        core += 1 if 2 * count >= size and word else 0
        if mine >= 0:
            share = root(100 * count // size)
            seen[mine] = 1
            hits += 1 if 2 * count >= size else 0
            known += int(asked.weights[mine]) * share
            rarity += int(asked.rarity[mine]) * share
            headline += (
                int(asked.weights[mine]) * share if int(asked.marks[mine]) >> LEAD_BITS & IN_TITLE else 0
            )
    found[KNOWN] = known // max(int(asked.sums[TOTAL]), 1)
    found[HEADLINE] = headline // max(int(asked.sums[TITLE]), 1)
    found[RARITY] = rarity // (100 * max(len(seen), 1))
    found[CORE] = 100 * hits // core if size > 1 and core else _UNKNOWN
    _of_names(asked, seen, found)


@compiled
def _of_names(asked: Asked, seen: Any, found: Any) -> None:
    """Names that the story does not know: the rarest of the item, and all that it writes more than once."""
    top, new = int(asked.sums[TOP_NAME]), 0
    for at in range(len(seen)):
        mark = int(asked.marks[at])
        if not seen[at] and mark >> KIND_BITS & 3 == NAME and mark & 15 > 1:
            new += int(asked.rarity[at])
    found[TOP_NAME_] = 100 if top >= 0 and not seen[top] else 0
    found[NEW_NAMES] = log16(1 + new // STEPS)


@compiled
def _of_members(on: Shelves, asked: Asked, story: int, found: Any) -> int:
    """The member most like the item, by the mean of the shares both ways, and how near the next one comes."""
    parts = np.zeros(_PARTS, np.int64)
    row, best = int(on.stories[story, S_MEMBER]) - 1, -1
    found[BEST], found[SECOND], found[WITHIN], found[TITLES] = -1, -1, 0, 0
    while row >= 0:
        _of_member(on, asked, row, parts)
        near = root_of(int(parts[_MINE] * parts[_THEIRS])) // 10
        found[WITHIN] = max(int(found[WITHIN]), int(max(parts[_MINE], parts[_THEIRS])) // 10)
        found[TITLES] = max(int(found[TITLES]), int(parts[_TITLES]))
        if near > found[BEST]:
            found[SECOND], found[BEST], best = found[BEST], near, row
            found[LEAD_], found[ITS_LEAD] = parts[_MY_LEAD], parts[_THEIR_LEAD]
            found[SHARED] = log16(1 + int(parts[_ANY]) // STEPS)
            found[NAMES] = log16(1 + int(parts[_NAMES]) // STEPS)
        elif near > found[SECOND]:
            found[SECOND] = near
        row = int(on.members[row, M_OLDER]) - 1
    if found[SECOND] < 0:
        found[SECOND] = found[BEST]
    return best


@compiled
def _of_member(on: Shelves, asked: Asked, row: int, parts: Any) -> None:
    """Shares in parts of a thousand, those of the leads of a hundred."""
    parts[:] = 0
    theirs, their_lead, mine, their_shared, my_lead, their_lead_shared = 0, 0, 0, 0, 0, 0
    their_title, both_titles = 0, 0
    for at in range(int(on.members[row, M_TERMS])):
        mark = int(on.marks[row, at])
        stands = weigh(int(on.members[row, M_WORDS + at]), mark)
        lead = stands if mark >> LEAD_BITS else 0
        theirs += stands
        their_lead += lead
        title = mark >> LEAD_BITS & IN_TITLE
        their_title += title * stands
        place = place_of(asked, int(on.members[row, M_WORDS + at]))
        if place >= 0:
            my_mark = int(asked.marks[place])
            mine += int(asked.weights[place])
            their_shared += stands
            their_lead_shared += lead
            my_lead += int(asked.weights[place]) if my_mark >> LEAD_BITS else 0
            both_titles += stands if title and my_mark >> LEAD_BITS & IN_TITLE else 0
            _count_shared(int(asked.rarity[place]), mark >> KIND_BITS & 3, my_mark >> KIND_BITS & 3, parts)
    parts[_MINE] = 1000 * mine // max(int(asked.sums[TOTAL]), 1)
    parts[_THEIRS] = 1000 * their_shared // max(theirs, 1)
    parts[_MY_LEAD] = 100 * my_lead // max(int(asked.sums[LEAD]), 1)
    parts[_TITLES] = 100 * both_titles // max(their_title, int(asked.sums[TITLE]), 1)
    parts[_THEIR_LEAD] = 100 * their_lead_shared // max(their_lead, 1)


@compiled
def _count_shared(rarity: int, theirs: int, mine: int, parts: Any) -> None:
    parts[_ANY] += rarity
    if theirs == NAME or mine == NAME:
        parts[_NAMES] += rarity


@compiled
def _of_facts(on: Shelves, asked: Asked, story: int, found: Any) -> None:
    """Of the members that state such a fact, how many share one of the item's, and how many have others."""
    mine, having, sharing = (
        np.zeros(len(FACTS), np.int64),
        np.zeros(len(FACTS), np.int64),
        np.zeros(len(FACTS), np.int64),
    )
    for at in range(len(asked.facts)):
        mine[int(asked.facts[at]) >> FACT_BITS] = 1
    row = int(on.stories[story, S_MEMBER]) - 1
    while row >= 0:
        has = np.zeros(len(FACTS), np.int64)
        for at in range(int(on.members[row, M_FACTS])):
            fact = int(on.members[row, M_FACT + at])
            shared = 0
            for other in range(len(asked.facts)):
                shared = 1 if int(asked.facts[other]) == fact else shared
            has[fact >> FACT_BITS] |= 1 + shared
        for kind in range(len(FACTS)):
            having[kind] += 1 if has[kind] else 0
            sharing[kind] += 1 if has[kind] > 1 else 0
        row = int(on.members[row, M_OLDER]) - 1
    for kind in range(len(FACTS)):
        told = mine[kind] and having[kind]
        found[FIRST_FACT + 2 * kind] = 100 * sharing[kind] // having[kind] if told else 0
        found[FIRST_FACT + 2 * kind + 1] = 100 - 100 * sharing[kind] // having[kind] if told else 0


@compiled
def root_of(number: int) -> int:
    """The whole square root of a number below 2**42."""
    low, high = 0, 1 << 21
    while low + 1 < high:
        middle = (low + high) // 2
        if middle * middle <= number:
            low = middle
        else:
            high = middle
    return low
