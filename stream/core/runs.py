"""The longest run of words that two texts share, found from the triples of words that both have. No text enters."""

from typing import Final

import numpy as np

from stream.core.compiled import compiled
from stream.core.scan import Codes

SEED: Final = 3  # words that a run begins with; where two texts share no three, a single word
DEEPEST: Final = (
    64  # places of one seed that are looked at, the last first: `blah blah blah` has as many as words
)
_SLOTS: Final = 4_096  # of the table of seeds; a power of two


def longest_shared(mine: Codes, theirs: Codes) -> tuple[int, int]:
    """Where it begins in `mine`, and how long it is: of runs as long the first."""
    for seed in (SEED, 1):
        at, size = _longest(mine, theirs, seed, DEEPEST, _SLOTS)
        if size:
            break
    return at, size


@compiled
def _longest(mine: Codes, theirs: Codes, seed: int, deepest: int, slots: int) -> tuple[int, int]:
    heads, older = np.zeros(slots, np.int32), np.empty(len(theirs) + 1, np.int32)  # places, plus one
    for at in range(len(theirs) - seed + 1):
        slot = _slot(theirs, at, seed, slots)
        older[at + 1] = heads[slot]
        heads[slot] = at + 1
    begin, longest = 0, 0
    for at in range(len(mine) - seed + 1):
        place, depth = int(heads[_slot(mine, at, seed, slots)]), 0
        while place and depth < deepest:
            there = place - 1
            place, depth = int(older[place]), depth + 1
            if at and there and mine[at - 1] == theirs[there - 1]:
                continue  # inside a run that was followed from its beginning
            size = 0
            while (
                at + size < len(mine)
                and there + size < len(theirs)
                and mine[at + size] == theirs[there + size]
            ):
                size += 1
            if size >= seed and size > longest:
                begin, longest = at, size
    return begin, longest


@compiled
def _slot(codes: Codes, at: int, seed: int, slots: int) -> int:
    found = 0
    for word in range(seed):
        found = found * 31 + int(codes[at + word])
    return (found ^ (found >> 12)) & (slots - 1)
