"""Which living stories an item may be about: postings of its heaviest words, the newest story first. Nothing is judged.

What is found depends on the living stories and the clock alone: a story past its time is passed over, and at most
`DEEPEST` living ones are taken under one word.
"""

from typing import Any, Final

import numpy as np

from stream.core.asked import TOTAL, Asked
from stream.core.compiled import compiled
from stream.core.lexicon import find_word
from stream.core.postings import of_post, story_of
from stream.core.shelves import POST_OLDER, T_ORDER, T_UNTIL, WORD_NEWEST, Shelves

HEAVIEST: Final = 16  # words of an item under which stories are looked for
DEEPEST: Final = 24  # living stories taken under one word
# Of an item's weight, in parts of a hundred, that a story must share to be measured. Of stories that were the item's own
# one in a hundred shared less, and none of them enough to join; of the others two in three.
LEAST: Final = 8
MOST_STORIES: Final = 6  # that are measured
_SLOTS: Final = 1024  # a power of two, above HEAVIEST x DEEPEST


@compiled
def nearest(on: Shelves, asked: Asked, now: int, found: Any) -> int:
    """Writes the rows of the stories that share the heaviest words, best first; returns how many."""
    stories, sums = np.full(_SLOTS, -1, np.int64), np.zeros(_SLOTS, np.int64)
    for at in range(min(HEAVIEST, len(asked.words))):
        _tally(on, asked, at, now, stories, sums)
    count, least = 0, LEAST * int(asked.sums[TOTAL]) // 100
    for slot in range(_SLOTS):
        if stories[slot] >= 0 and sums[slot] >= least:
            count = _rank(on, stories, sums, slot, found, count)
    for at in range(count):
        found[at] = stories[found[at]]
    return count


@compiled
def _tally(on: Shelves, asked: Asked, at: int, now: int, stories: Any, sums: Any) -> None:
    row = find_word(on, int(asked.words[at]))
    post, depth = int(on.words[row, WORD_NEWEST]) - 1 if row >= 0 else -1, 0
    while post >= 0 and depth < DEEPEST:
        story = story_of(on, post)
        if on.times[story, T_UNTIL] >= now:
            slot = story & (_SLOTS - 1)
            while stories[slot] >= 0 and stories[slot] != story:
                slot = (slot + 1) & (_SLOTS - 1)
            stories[slot] = story
            sums[slot] += asked.weights[at]
            depth += 1
        post = of_post(on, post, POST_OLDER) - 1


@compiled
def _rank(on: Shelves, stories: Any, sums: Any, slot: int, found: Any, count: int) -> int:
    """Puts a story among the best, by slot; of equals the one that began last comes first."""
    at = count
    while at > 0 and _before(on, stories, sums, slot, int(found[at - 1])):
        if at < len(found):
            found[at] = found[at - 1]
        at -= 1
    if at < len(found):
        found[at] = slot
        return min(count + 1, len(found))
    return count


@compiled
def _before(on: Shelves, stories: Any, sums: Any, one: int, other: int) -> bool:
    if sums[one] != sums[other]:
        return bool(sums[one] > sums[other])
    return bool(on.times[stories[one], T_ORDER] > on.times[stories[other], T_ORDER])
