"""Which facts an item and a story's members state alike, and which otherwise. No word enters."""

from typing import Any

import numpy as np

from stream.core.asked import Asked
from stream.core.compiled import compiled
from stream.core.facts import FACT_BITS, FACTS
from stream.core.measured import FIRST_FACT
from stream.core.shelves import M_FACT, M_OLDER, S_MEMBER, Shelves, facts_of

_STATED, _SHARED = 1, 2


@compiled
def measure_facts(on: Shelves, asked: Asked, stories: Any, count: int, measures: Any) -> None:
    """Of the members that state such a fact, how many share one of the item's, and how many have others."""
    mine, stated = np.zeros(len(FACTS), np.int64), np.empty(len(FACTS), np.int64)
    having, sharing = np.empty(len(FACTS), np.int64), np.empty(len(FACTS), np.int64)
    for at in range(len(asked.facts)):
        mine[int(asked.facts[at]) >> FACT_BITS] = 1
    for each in range(count):
        having[:], sharing[:] = 0, 0
        row = int(on.stories[int(stories[each]), S_MEMBER]) - 1
        while row >= 0:
            _state(on, asked, row, stated)
            for kind in range(len(FACTS)):
                having[kind] += 1 if stated[kind] else 0
                sharing[kind] += 1 if stated[kind] & _SHARED else 0
            row = int(on.members[row, M_OLDER]) - 1
        for kind in range(len(FACTS)):
            told = mine[kind] and having[kind]
            share = 100 * sharing[kind] // max(int(having[kind]), 1)
            measures[each, FIRST_FACT + 2 * kind] = share if told else 0
            measures[each, FIRST_FACT + 2 * kind + 1] = 100 - share if told else 0


@compiled
def _state(on: Shelves, asked: Asked, row: int, stated: Any) -> None:
    """By kind, whether a member states such facts, and shares one."""
    stated[:] = 0
    for at in range(facts_of(on, row)):
        fact = int(on.members[row, M_FACT + at])
        stated[fact >> FACT_BITS] |= _STATED
        for other in range(len(asked.facts)):
            if int(asked.facts[other]) == fact:
                stated[fact >> FACT_BITS] |= _SHARED
