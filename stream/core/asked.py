"""An item as it is held against stories: each of its words with what it weighs. No story is judged here."""

from typing import Any, Final, NamedTuple

import numpy as np

from stream.core.compiled import compiled
from stream.core.rarity import RARITY_BITS
from stream.core.standing import IN_TITLE, KIND_BITS, LEAD_BITS, NAME, is_strange, rare, weigh

_SLOTS: Final = (
    128  # of the table in which a word is found again: a power of two, well above the words of an item
)

# Sums of weights: all words, those of the headline, of the lead; the place of the rarest name;
# whether the headline has a word that no table has; then the item's own.
TOTAL, TITLE, LEAD, TOP_NAME, A_STRANGE, A_ALONE, A_TIME, A_SOURCE, SUMS = range(9)


class Asked(NamedTuple):
    words: Any  # int32
    marks: Any  # uint8
    facts: Any  # int32
    rarity: Any  # sixteenths of a doubling
    weights: Any  # standing x rarity x rarity
    slots: Any
    sums: Any


@compiled
def ask(words: Any, marks: Any, facts: Any, alone: bool, ts: int, source: int) -> Asked:
    count = len(words)
    asked = Asked(
        words,
        marks,
        facts,
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(_SLOTS, np.int64),
        np.zeros(SUMS, np.int64),
    )
    asked.sums[A_ALONE], asked.sums[A_TIME], asked.sums[A_SOURCE] = 1 if alone else 0, ts, source
    asked.sums[TOP_NAME] = -1
    for at in range(count):
        asked.rarity[at] = rare(int(words[at]))
        _weigh(asked, at)
        _place(asked, at)
    return asked


@compiled
def _weigh(asked: Asked, at: int) -> None:
    mark = int(asked.marks[at])
    weight = weigh(int(asked.words[at]), mark)
    asked.weights[at] = weight
    where = mark >> LEAD_BITS
    asked.sums[TOTAL] += weight
    asked.sums[TITLE] += weight if where & IN_TITLE else 0
    asked.sums[LEAD] += weight if where else 0
    asked.sums[A_STRANGE] |= 1 if where & IN_TITLE and is_strange(int(asked.words[at])) else 0
    top = int(asked.sums[TOP_NAME])
    if mark >> KIND_BITS & 3 == NAME and (top < 0 or weight > asked.weights[top]):
        asked.sums[TOP_NAME] = at


@compiled
def _place(asked: Asked, at: int) -> None:
    slot = int(asked.words[at]) >> RARITY_BITS & (_SLOTS - 1)
    while asked.slots[slot]:
        slot = (slot + 1) & (_SLOTS - 1)
    asked.slots[slot] = at + 1


@compiled
def place_of(asked: Asked, word: int) -> int:
    """Which of the item's words it is; -1 for none of them."""
    slot = word >> RARITY_BITS & (_SLOTS - 1)
    while asked.slots[slot] and asked.words[asked.slots[slot] - 1] != word:
        slot = (slot + 1) & (_SLOTS - 1)
    return int(asked.slots[slot]) - 1


@compiled
def heaviest(asked: Asked) -> int:
    """The place of the item's heaviest word."""
    at = 0
    for other in range(len(asked.weights)):
        at = other if asked.weights[other] > asked.weights[at] else at
    return at
