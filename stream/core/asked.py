"""An item as it is held against stories: each of its words with how rare it is today. No story is judged here."""

from typing import Any, Final, NamedTuple

import numpy as np

from stream.core.compiled import compiled
from stream.core.lexicon import find_word
from stream.core.logs import STEPS, log16
from stream.core.shelves import LIVING, WORD_SPREAD, Shelves
from stream.core.terms import FIGURE_, IN_TITLE, KIND_BITS, LEAD_BITS, NAME

PRIOR: Final = (
    102  # stories that are taken to live besides those that do: a desk that has just opened knows no word
)
_NAME_TIMES, _FIGURE_TIMES, _WORD_TIMES = 5, 3, 2  # a name says most about what a report is about
_SLOTS: Final = (
    128  # of the table in which a word is found again: a power of two, well above the words of an item
)

# Sums: all words, those of the headline, of the lead, the headline's by mark alone, the rarest name; then the item's own.
TOTAL, TITLE, LEAD, STANDING_TITLE, TOP_NAME, A_ALONE, A_TIME, SUMS = range(8)


def _standing() -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """What a word weighs by its mark alone: 1 + ln of its weight, in parts of 16, times its kind."""
    times = {NAME: _NAME_TIMES, FIGURE_: _FIGURE_TIMES}
    values = [
        (16 + 693 * log16(mark & 15) // 1000) * times.get(mark >> KIND_BITS, _WORD_TIMES)
        for mark in range(64)
    ]
    return np.array(values, dtype=np.int64)


_STANDING: Final = _standing()


class Asked(NamedTuple):
    words: Any  # int32
    marks: Any  # uint8
    facts: Any  # int32
    rows: Any  # of the words on the shelves; -1 where no living story has one
    rarity: Any  # sixteenths of a doubling
    weights: Any  # standing x rarity x rarity
    slots: Any
    sums: Any


@compiled
def ask(on: Shelves, words: Any, marks: Any, facts: Any, alone: int, ts: int) -> Asked:
    count = len(words)
    asked = Asked(
        words,
        marks,
        facts,
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros(_SLOTS, np.int64),
        np.zeros(SUMS, np.int64),
    )
    asked.sums[A_ALONE], asked.sums[A_TIME], asked.sums[TOP_NAME] = alone, ts, -1
    living = log16(PRIOR + int(on.counters[LIVING]))
    for at in range(count):
        row = find_word(on, int(words[at]))
        spread = int(on.words[row, WORD_SPREAD]) if row >= 0 else 0
        asked.rows[at] = row
        asked.rarity[at] = max(living - log16(spread + 1), 0)
        _weigh(asked, at)
        _place(asked, at)
    return asked


@compiled
def _weigh(asked: Asked, at: int) -> None:
    mark, rarity = int(asked.marks[at]), int(asked.rarity[at])
    weight = standing(mark) * rarity * rarity // (STEPS * STEPS)
    asked.weights[at] = weight
    where = mark >> LEAD_BITS
    asked.sums[TOTAL] += weight
    asked.sums[TITLE] += weight if where & IN_TITLE else 0
    asked.sums[STANDING_TITLE] += standing(mark) if where & IN_TITLE else 0
    asked.sums[LEAD] += weight if where else 0
    top = int(asked.sums[TOP_NAME])
    if mark >> KIND_BITS & 3 == NAME and (top < 0 or weight > asked.weights[top]):
        asked.sums[TOP_NAME] = at


@compiled
def standing(mark: int) -> int:
    return int(_STANDING[mark & 63])


@compiled
def _place(asked: Asked, at: int) -> None:
    slot = int(asked.words[at]) & (_SLOTS - 1)
    while asked.slots[slot]:
        slot = (slot + 1) & (_SLOTS - 1)
    asked.slots[slot] = at + 1


@compiled
def place_of(asked: Asked, word: int) -> int:
    """Which of the item's words it is; -1 for none of them."""
    slot = word & (_SLOTS - 1)
    while asked.slots[slot] and asked.words[asked.slots[slot] - 1] != word:
        slot = (slot + 1) & (_SLOTS - 1)
    return int(asked.slots[slot]) - 1
