"""What of an item a story's words cover, and what of the story the item says. No single member enters.

A word's part in a story is the share of the members that have it; the profile is those words, rarer ones weighing more.
"""

from typing import Any, Final

import numpy as np

from stream.core.asked import TITLE, TOP_NAME, TOTAL, Asked, heaviest, place_of
from stream.core.compiled import compiled
from stream.core.logs import STEPS, log16, root, root_of
from stream.core.measured import (
    CORE,
    HEADLINE,
    HEART,
    ITS_TOP_WORD,
    KNOWN,
    NEW_HEADLINE,
    NEW_NAMES,
    PROFILE,
    RARITY,
    TOP_WORD,
)
from stream.core.measured import TOP_NAME as TOP_NAME_
from stream.core.shelves import M_WORDS, MOST_PROFILE, S_MEMBER, S_PROFILE, S_SIZE, Shelves, terms_of
from stream.core.standing import IN_TITLE, KIND_BITS, LEAD_BITS, NAME, rare

_UNKNOWN: Final = 50  # of a story with one member, how much of its core an item has
_FINE: Final = 8  # of a root that is taken of a product
# Of the item's words: known, by share and weight, those of the headline, by share and rarity, a product with the story's.
# Of the story's: words that most members have, those that the item has, squares of all, of those that the item has.
_KNOWN, _HEADLINE, _RARITY, _BOTH, _CORE, _HITS, _SQUARES, _ALL_HEARTS, _HEARTS, _TOP, _SUMS = range(11)


@compiled
def measure_profiles(on: Shelves, asked: Asked, stories: Any, count: int, measures: Any) -> None:
    """Of the first so many stories, a row of `measures` each."""
    sums, seen = np.empty(_SUMS, np.int64), np.empty(len(asked.words), np.int64)
    for each in range(count):
        story, found = int(stories[each]), measures[each]
        size, profile = int(on.stories[story, S_SIZE]), int(on.stories[story, S_PROFILE]) - 1
        member = int(on.stories[story, S_MEMBER]) - 1
        sums[:], seen[:] = 0, 0
        found[ITS_TOP_WORD] = 0
        for at in range(MOST_PROFILE if profile >= 0 else terms_of(on, member)):
            word = int(on.profiles[profile, at]) if profile >= 0 else int(on.members[member, M_WORDS + at])
            if word:
                having = int(on.counts[profile, at]) >> 1 if profile >= 0 else 1
                mine, share = place_of(asked, word), 100 * having // size
                _add_theirs(sums, rare(word), share, mine >= 0, 2 * having >= size, found)
                if mine >= 0:
                    seen[mine] = max(root(share), 1)
                    _add_mine(asked, mine, share, sums)
        _share_out(asked, sums, size, found)
        _of_unknown(asked, seen, found)
        found[TOP_WORD] = seen[heaviest(asked)] if len(seen) else 0


@compiled
def _add_theirs(sums: Any, rarity: int, share: int, both: bool, core: bool, found: Any) -> None:
    square = rarity * rarity * share
    sums[_CORE] += 1 if core else 0
    sums[_SQUARES] += square * share
    sums[_ALL_HEARTS] += square * share // 100
    if square > sums[_TOP]:
        sums[_TOP], found[ITS_TOP_WORD] = square, 100 if both else 0
    if both:
        sums[_HITS] += 1 if core else 0
        sums[_BOTH] += square
        sums[_HEARTS] += square * share // 100


@compiled
def _add_mine(asked: Asked, at: int, share: int, sums: Any) -> None:
    weight = int(asked.weights[at]) * root(share)
    sums[_KNOWN] += weight
    sums[_RARITY] += int(asked.rarity[at]) * root(share)
    if int(asked.marks[at]) >> LEAD_BITS & IN_TITLE:
        sums[_HEADLINE] += weight


@compiled
def _share_out(asked: Asked, sums: Any, size: int, found: Any) -> None:
    squares = 0
    for at in range(len(asked.words)):
        squares += int(asked.rarity[at]) * int(asked.rarity[at])
    found[KNOWN] = sums[_KNOWN] // max(int(asked.sums[TOTAL]), 1)
    found[HEADLINE] = sums[_HEADLINE] // max(int(asked.sums[TITLE]), 1)
    found[RARITY] = sums[_RARITY] // (100 * max(len(asked.words), 1))
    found[CORE] = 100 * sums[_HITS] // sums[_CORE] if size > 1 and sums[_CORE] else _UNKNOWN
    roots = root_of(squares * _FINE * _FINE) * root_of(int(sums[_SQUARES]) * _FINE * _FINE)
    found[PROFILE] = 100 * sums[_BOTH] // max(roots // (_FINE * _FINE), 1)
    found[HEART] = 100 * sums[_HEARTS] // max(int(sums[_ALL_HEARTS]), 1)


@compiled
def _of_unknown(asked: Asked, seen: Any, found: Any) -> None:
    """What the story does not know: the item's rarest name, all names that it writes twice, its headline's words."""
    top, names, headline = int(asked.sums[TOP_NAME]), 0, 0
    for at in range(len(seen)):
        mark = int(asked.marks[at])
        if seen[at]:
            continue
        if mark >> KIND_BITS & 3 == NAME and mark & 15 > 1:
            names += int(asked.rarity[at])
        if mark >> LEAD_BITS & IN_TITLE:
            headline += int(asked.rarity[at])
    found[TOP_NAME_] = 100 if top >= 0 and not seen[top] else 0
    found[NEW_NAMES] = log16(1 + names // STEPS)
    found[NEW_HEADLINE] = log16(1 + headline // STEPS)
