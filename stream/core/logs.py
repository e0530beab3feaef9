"""Logarithms in integers: sixteenths of a power of two, so that no float stands at a threshold. No text may enter."""

from typing import Final

import numpy as np

from stream.core.compiled import compiled

STEPS: Final = 16  # in one doubling
_SMALL: Final = 1024

# Exact: the largest k with 2**k <= n**16.
_TABLE: Final = np.array([0, *((n**STEPS).bit_length() - 1 for n in range(1, _SMALL))], dtype=np.int64)
# Square roots of parts of a hundred: 100 * sqrt(n / 100).
_ROOTS: Final = np.array(
    [next(r for r in range(101) if (r + 1) ** 2 > n * 100) for n in range(101)], dtype=np.int64
)


@compiled
def log16(number: int) -> int:
    """16 x log2 of a number from 1, rounded down; 0 for what is below."""
    steps = 0
    while number >= _SMALL:
        number >>= 1
        steps += STEPS
    return steps + int(_TABLE[max(number, 0)])


@compiled
def root(part: int) -> int:
    """The square root of a part of a hundred, as one: 25 gives 50."""
    return int(_ROOTS[part])


@compiled
def root_of(number: int) -> int:
    """The whole square root of a number below 2**50."""
    low, high = 0, 1 << 25
    while low + 1 < high:
        middle = (low + high) // 2
        if middle * middle <= number:
            low = middle
        else:
            high = middle
    return low
