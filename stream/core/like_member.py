"""The member of a story that is most like an item, and how like it is. What the members have in common does not enter."""

from typing import Any, Final

import numpy as np

from stream.core.asked import A_SOURCE, A_STRANGE, LEAD, TITLE, TOTAL, Asked, place_of
from stream.core.compiled import compiled
from stream.core.logs import STEPS, log16, root_of
from stream.core.measured import (
    BEST,
    ITS_LEAD,
    LEAD_NAMES,
    NAMES,
    SAME_SOURCE,
    SECOND,
    SHARED,
    STRANGERS,
    TITLES,
    WITHIN,
)
from stream.core.measured import LEAD as LEAD_
from stream.core.shelves import M_OLDER, M_WORDS, S_MEMBER, Shelves, source_of, terms_of
from stream.core.standing import IN_TITLE, KIND_BITS, LEAD_BITS, NAME, is_strange, weigh

# Shares of the item's words and of the member's, of both leads; rare words shared: all, names, names of both leads; the
# share of both headlines; whether each headline has a word that no table has, and they share none.
_MINE, _THEIRS, _MY_LEAD, _THEIR_LEAD, _ANY, _NAMES, _LEAD_NAMES, _TITLES, _STRANGE, _PARTS = range(10)
# Sums of weights before they are shares: the member's, of its lead and its headline, and of what both have, by either.
_ALL, _ALL_LEAD, _ALL_TITLE, _BOTH, _BOTH_LEAD, _BOTH_TITLE, _SUM, _SUM_LEAD, _SUMS = range(9)
_THOUSAND: Final = 1000


@compiled
def measure_members(on: Shelves, asked: Asked, stories: Any, count: int, measures: Any, members: Any) -> None:
    """By the mean of the shares both ways, and how near the next one comes, of the first so many stories; writes the rows
    of the nearest to `members`."""
    parts = np.empty(_PARTS, np.int64)
    for each in range(count):
        found = measures[each]
        row, best = int(on.stories[int(stories[each]), S_MEMBER]) - 1, -1
        kept = mates = strangers = 0
        found[BEST], found[SECOND], found[WITHIN], found[TITLES] = -1, -1, 0, 0
        while row >= 0:
            _of_member(on, asked, row, parts)
            kept += 1
            strangers += int(parts[_STRANGE])
            mates += 1 if source_of(on, row) == asked.sums[A_SOURCE] else 0
            near = root_of(int(parts[_MINE] * parts[_THEIRS])) // 10
            found[WITHIN] = max(int(found[WITHIN]), int(max(parts[_MINE], parts[_THEIRS])) // 10)
            found[TITLES] = max(int(found[TITLES]), int(parts[_TITLES]))
            if near > found[BEST]:
                found[SECOND], found[BEST], best = found[BEST], near, row
                _of_best(parts, found)
            elif near > found[SECOND]:
                found[SECOND] = near
            row = int(on.members[row, M_OLDER]) - 1
        found[SAME_SOURCE], found[STRANGERS] = 100 * mates // kept, 100 * (strangers // kept)
        if found[SECOND] < 0:
            found[SECOND] = found[BEST]
        members[each] = best


@compiled
def _of_best(parts: Any, found: Any) -> None:
    found[LEAD_], found[ITS_LEAD] = parts[_MY_LEAD], parts[_THEIR_LEAD]
    found[SHARED] = log16(1 + int(parts[_ANY]) // STEPS)
    found[NAMES] = log16(1 + int(parts[_NAMES]) // STEPS)
    found[LEAD_NAMES] = log16(1 + int(parts[_LEAD_NAMES]) // STEPS)


@compiled
def _of_member(on: Shelves, asked: Asked, row: int, parts: Any) -> None:
    """Shares in parts of a thousand, those of the leads and headlines of a hundred."""
    parts[:] = 0
    sums, strange, shared = np.zeros(_SUMS, np.int64), False, False
    for at in range(terms_of(on, row)):
        word, mark = int(on.members[row, M_WORDS + at]), int(on.marks[row, at])
        weight, place = weigh(word, mark), place_of(asked, word)
        in_title = mark >> LEAD_BITS & IN_TITLE
        sums[_ALL] += weight
        sums[_ALL_LEAD] += weight if mark >> LEAD_BITS else 0
        sums[_ALL_TITLE] += weight if in_title else 0
        strange = strange or (in_title != 0 and is_strange(word))
        if place >= 0:
            mine = int(asked.marks[place])
            sums[_BOTH] += weight
            shared = shared or is_strange(word)
            sums[_BOTH_LEAD] += weight if mark >> LEAD_BITS else 0
            sums[_BOTH_TITLE] += weight if in_title and mine >> LEAD_BITS & IN_TITLE else 0
            sums[_SUM] += int(asked.weights[place])
            sums[_SUM_LEAD] += int(asked.weights[place]) if mine >> LEAD_BITS else 0
            _count_shared(int(asked.rarity[place]), mark, mine, parts)
    parts[_STRANGE] = 1 if strange and asked.sums[A_STRANGE] and not shared else 0
    parts[_MINE] = _THOUSAND * sums[_SUM] // max(int(asked.sums[TOTAL]), 1)
    parts[_THEIRS] = _THOUSAND * sums[_BOTH] // max(int(sums[_ALL]), 1)
    parts[_MY_LEAD] = 100 * sums[_SUM_LEAD] // max(int(asked.sums[LEAD]), 1)
    parts[_THEIR_LEAD] = 100 * sums[_BOTH_LEAD] // max(int(sums[_ALL_LEAD]), 1)
    parts[_TITLES] = 100 * sums[_BOTH_TITLE] // max(int(sums[_ALL_TITLE]), int(asked.sums[TITLE]), 1)


@compiled
def _count_shared(rarity: int, theirs: int, mine: int, parts: Any) -> None:
    parts[_ANY] += rarity
    if theirs >> KIND_BITS & 3 == NAME or mine >> KIND_BITS & 3 == NAME:
        parts[_NAMES] += rarity
        if theirs >> LEAD_BITS and mine >> LEAD_BITS:
            parts[_LEAD_NAMES] += rarity
