"""What a word of an item weighs: where it stands, what kind it is, and how rare. No other item enters."""

from typing import Final

import numpy as np

from stream.core.compiled import compiled
from stream.core.logs import STEPS, log16
from stream.core.rarity import RAREST as STRANGE
from stream.core.rarity import RARITY_BITS
from stream.core.rarity import STEPS as EIGHTHS

WORD, NAME, FIGURE = 0, 1, 2  # kinds of term
IN_TITLE, IN_LEAD = 1, 2
KIND_BITS, LEAD_BITS = 4, 6  # of a mark, above the weight of where it stands
_TIMES: Final = {WORD: 2, NAME: 5, FIGURE: 3, 3: 2}  # a name says most about what a report is about
_RARITY: Final = (1 << RARITY_BITS) - 1
_SIXTEENTHS: Final = STEPS // EIGHTHS

# By mark: 1 + ln of its weight, in parts of 16, times its kind.
_STANDING: Final = np.array(
    [(16 + 693 * log16(mark & 15) // 1000) * _TIMES[mark >> KIND_BITS] for mark in range(64)], dtype=np.int64
)


@compiled
def standing(mark: int) -> int:
    """By its mark alone."""
    return int(_STANDING[mark & 63])


@compiled
def rare(word: int) -> int:
    """In sixteenths of a doubling."""
    return (word & _RARITY) * _SIXTEENTHS


@compiled
def is_strange(word: int) -> bool:
    """Whether no table has it: mostly a name."""
    return word & _RARITY == STRANGE


@compiled
def weigh(word: int, mark: int) -> int:
    """Standing x rarity x rarity."""
    return standing(mark) * rare(word) * rare(word) // (STEPS * STEPS)
