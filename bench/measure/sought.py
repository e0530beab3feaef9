"""Brute force: every member of a window held against a probe by the same verify. What it finds, candidates should hold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.generation import START, Codes, Generation, Ints
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.verify import Comparison

# What any rule asks at the least: so many of the shorter text's different words stand in the other. A bound, no rule:
# what lies below it verifies as nothing, and only so can a million be held against a probe in a second.
LEAST = 0.3


def sought(memory: Memory, probes: Sequence[Item]) -> tuple[int, int]:
    """How many members match, and how many of them the candidates held."""
    true = held = 0
    for item in probes:
        asked = fingerprint(item)
        found = matching(memory, asked)
        now = {c.number for c in memory.index.candidates(asked, memory.clock.now)}
        true, held = true + len(found), held + len(found & now)
    return true, held


def matching(memory: Memory, asked: Fingerprint) -> set[int]:
    comparison = Comparison(asked)
    near = (number for generation in memory.index.generations for number in _near(generation, asked))
    found = (memory.index.sought(number, asked) for number in near)
    return {one.number for one in found if one and comparison.verify(one) is not None}


def _near(generation: Generation, asked: Fingerprint) -> list[int]:
    """Decision numbers."""
    rows = np.empty(generation.rows, np.int64)
    count = _sharing(asked.codes, generation.words, generation.lies[:, START], generation.rows, LEAST, rows)
    return [int(generation.numbers[row]) for row in rows[:count]]


@compiled
def _sharing(
    asked: Codes, words: Codes, starts: Ints, count: int, least: float, rows: NDArray[np.int64]
) -> int:
    seen = np.zeros(1 << 16, np.int64)
    distinct = 0
    for code in asked:
        distinct += 1 if seen[code] == 0 else 0
        seen[code] = 1
    stamp, found = 2, 0
    for row in range(count):
        both = other = 0
        for at in range(int(starts[row]), int(starts[row + 1])):
            mark = seen[words[at]]
            if mark == 0:
                other += 1
            elif mark != stamp:
                seen[words[at]] = stamp
                both += 1
        if both >= least * min(distinct, both + other):
            rows[found] = row
            found += 1
        stamp += 1
    return found
