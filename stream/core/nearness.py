"""How near another text comes to each sentence, in numbers: the measures that `telling` judges. No threshold enters."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.content import content, stems
from stream.core.ground import Flags, ground
from stream.core.passage import Passage
from stream.core.stems import FIGURE, Ints, Longs, stem_code

MISSING, ELSEWHERE, IN_PLACE = 0, 1, 2
States = NDArray[np.uint8]
_NOWHERE: Final = np.empty((0, 3), np.int32)


class Nearness(NamedTuple):
    """Of a sentence with `size` stems: how many the other text lacks altogether, whether a figure is among them, the
    place with most of them (two neighbours count as one when joined; -1 where there is none), how many stand there,
    whether a figure does not, where its stems begin among the `absent`, and whether the sentence may write one of them
    as a name."""

    size: int
    missing: int
    lacks_a_figure: int
    place: int
    common: int
    figure_away: int
    first: int
    may_name: int


class Measured(NamedTuple):
    """`near` by number of sentence. `absent` are the stems that the other text lacks of sentences with a place and
    without news of figures, each with its chunk's place in the text; -1 where that is not known."""

    near: dict[int, Nearness]
    absent: list[list[int]]


def measured(mine: Passage, other: Passage, least: int) -> Measured:
    """Of all sentences that the other has not letter by letter. Where it has less than `least` of a hundred of the stems,
    no place is sought: there is none."""
    asked = [i for i, sentence in enumerate(mine.written) if sentence not in other.texts]
    one, two = ground(mine), ground(other)
    chunks = mine.galleys[0][0].chunks
    places = chunks if len(chunks) else _NOWHERE
    numbers = np.array(asked, np.int32)
    rows, absent = _measure(
        one.stems, one.origins, one.named, one.bounds, places, mine.captions, numbers, two.stems, two.bounds, two.headline, least
    )  # fmt: skip
    return Measured(dict(zip(asked, map(Nearness._make, rows.tolist()), strict=True)), absent.tolist())


def lacking(mine: Passage, number: int, measures: Measured) -> frozenset[str]:
    """The words of a sentence, as stems, that the other text lacks: of few chunks, where it is known from which."""
    near = measures.near[number]
    lost = measures.absent[near.first : near.first + near.missing]
    absent = {code for code, _, _ in lost}
    text = mine.galleys[0][0].text
    chunks = [text[begin:end] for _, begin, end in lost if begin >= 0]
    found = frozenset([stem for chunk in chunks for stem in stems(chunk) if stem_code(stem) in absent])
    if len(found) == len(absent):
        return found
    return frozenset([stem for stem in content(mine.written[number]) if stem_code(stem) in absent])


@compiled
def _measure(
    mine: Longs,
    origins: Ints,
    named: Flags,
    ends: Ints,
    chunks: Ints,
    captions: int,
    asked: Ints,
    theirs: Longs,
    bounds: Ints,
    headline: Longs,
    least: int,
) -> tuple[Longs, Longs]:
    """A row of `Nearness` for each of the sentences asked for, and the `absent` of `Measured`."""
    told, absent = np.zeros((len(asked), 8), np.int64), np.empty((len(mine), 3), np.int64)
    states = np.empty(len(mine), np.uint8)
    longest = lost = 0
    for row in range(len(asked)):
        longest = max(longest, int(ends[asked[row] + 1]) - int(ends[asked[row]]))
    slots, last = np.empty(_room(longest), np.int32), np.empty(longest, np.int32)
    known = _known(theirs, headline)
    for row in range(len(asked)):
        begin, end = int(ends[asked[row]]), int(ends[asked[row] + 1])
        _look_up(mine, begin, end, known, states)
        _tell(mine, begin, end, states, told[row])
        told[row, 3], told[row, 4], told[row, 6] = -1, 0, lost
        if 100 * (told[row, 0] - told[row, 1]) < least * told[row, 0]:
            continue
        _lay_out(mine, begin, end, slots)
        _begin(mine, begin, slots, headline, last)
        place, common = _nearest(mine, begin, slots, theirs, bounds, last)
        _locate(mine, slots, theirs, bounds, place, states)
        _tell(mine, begin, end, states, told[row])
        told[row, 3], told[row, 4] = place, common
        if place >= 0 and not told[row, 5]:
            where = chunks if asked[row] < captions else chunks[:0]
            told[row, 7] = _names(begin, end, named, states)
            lost = _lose(mine, origins, begin, end, states, where, absent, lost)
    return told, absent[:lost].copy()


@compiled
def _names(begin: int, end: int, named: Flags, states: States) -> int:
    """Whether one of the missing stems may be written as a name."""
    for at in range(begin, end):
        if states[at] == MISSING and named[at]:
            return 1
    return 0


@compiled
def _lose(
    mine: Longs, origins: Ints, begin: int, end: int, states: States, chunks: Ints, absent: Longs, lost: int
) -> int:
    """The missing stems of a sentence, put after those of others. Returns how many there are then."""
    for at in range(begin, end):
        if states[at] == MISSING:
            absent[lost, 0], absent[lost, 1], absent[lost, 2] = mine[at], -1, -1
            if len(chunks):
                absent[lost, 1], absent[lost, 2] = chunks[origins[at], 0], chunks[origins[at], 1]
            lost += 1
    return lost


@compiled
def _room(count: int) -> int:
    """Of a table that so many stand in: a power of two."""
    size = 64
    while size < 4 * count:
        size *= 2
    return size


@compiled
def _known(theirs: Longs, headline: Longs) -> Longs:
    """All stems of the other text by their own value, plus one."""
    table = np.zeros(_room(len(theirs) + len(headline)), np.int64)
    for at in range(len(theirs)):
        table[_slot(table, int(theirs[at]))] = theirs[at] + 1
    for at in range(len(headline)):
        table[_slot(table, int(headline[at]))] = headline[at] + 1
    return table


@compiled
def _slot(table: Longs, stem: int) -> int:
    """Where a stem stands, or would."""
    slot = stem & (len(table) - 1)
    while table[slot] != 0 and table[slot] != stem + 1:
        slot = (slot + 1) & (len(table) - 1)
    return slot


@compiled
def _look_up(mine: Longs, begin: int, end: int, known: Longs, states: States) -> None:
    for at in range(begin, end):
        states[at] = ELSEWHERE if known[_slot(known, int(mine[at]))] else MISSING


@compiled
def _lay_out(mine: Longs, begin: int, end: int, slots: Ints) -> None:
    """The stems of a sentence by their own value: the place of each in `mine`, plus one."""
    slots[:] = 0
    for at in range(begin, end):
        slot = int(mine[at]) & (len(slots) - 1)
        while slots[slot] != 0:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = at + 1


@compiled
def _sought(stem: int, mine: Longs, slots: Ints) -> int:
    slot = stem & (len(slots) - 1)
    while slots[slot] != 0:
        if int(mine[slots[slot] - 1]) == stem:
            return int(slots[slot]) - 1
        slot = (slot + 1) & (len(slots) - 1)
    return -1


@compiled
def _begin(mine: Longs, begin: int, slots: Ints, headline: Longs, last: Ints) -> None:
    """`last` is for each stem of a sentence the last of their sentences that has it, plus two; one is the headline."""
    last[:] = 0
    for at in range(len(headline)):
        found = _sought(int(headline[at]), mine, slots)
        if found >= 0:
            last[found - begin] = 1


@compiled
def _nearest(
    mine: Longs, begin: int, slots: Ints, theirs: Longs, bounds: Ints, last: Ints
) -> tuple[int, int]:
    """The sentence which with the one before it has most of the stems, and how many."""
    place, best, before = -1, 0, 0
    for number in range(len(bounds) - 1):
        common = both = 0
        for at in range(int(bounds[number]), int(bounds[number + 1])):
            found = _sought(int(theirs[at]), mine, slots)
            if found >= 0:
                common += 1
                both += 1 if last[found - begin] == number + 1 and number > 0 else 0
                last[found - begin] = number + 2
        if common + before - both > best:
            place, best = number, common + before - both
        before = common
    return place, best


@compiled
def _locate(mine: Longs, slots: Ints, theirs: Longs, bounds: Ints, place: int, states: States) -> None:
    if place >= 0:
        for at in range(int(bounds[max(0, place - 1)]), int(bounds[place + 1])):
            found = _sought(int(theirs[at]), mine, slots)
            if found >= 0:
                states[found] = IN_PLACE


@compiled
def _tell(mine: Longs, begin: int, end: int, states: States, told: Longs) -> None:
    told[0], told[1], told[2], told[5] = end - begin, 0, 0, 0
    for at in range(begin, end):
        figure = int(mine[at]) >= FIGURE
        if states[at] == MISSING:
            told[1] += 1
            told[2] = 1 if figure else told[2]
        if states[at] != IN_PLACE and figure:
            told[5] = 1
