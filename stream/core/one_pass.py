"""The words of an ASCII text as pairs and as stamps, in one pass over its bytes. What is not plain is left to the callers.

A pair is a word's code and how it is written (scan.py), a stamp what a reader sees of it (plain_stamps.py).
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stream.core.chunks import (
    AT,
    FIGURE,
    FIRST,
    HOW,
    LAST,
    PARTS,
    RARITY,
    SPECIAL,
    SPELLED,
    STAMP,
    STEM,
    STOP,
    WORD,
    read_chunks,
)
from stream.core.compiled import compiled
from stream.core.plain_stamps import (
    as_written,
    figure_stamp,
    is_wrapped,
    lexicon,
    rarities,
    unwrapped,
    word_stamp,
)
from stream.core.scan import FIGURES, HASH_SHIFT, OPEN, PLAIN, Bytes, Codes, Longs, american
from stream.core.seen import CAPITAL as A_CAPITAL

Ints = NDArray[np.int32]

NO_PAIR, NO_STAMP = 1, 2  # what of a chunk is left to the callers
KIND, BEGIN, END, PAIRS_BEFORE, STAMPS_BEFORE, COLUMNS = range(6)
PAIRED, STAMPED, LEFT = range(3)
ALL: Final = 1 << 40  # more than any text has
_UNWANTED, _CUT, _UNPLAIN = -1, -2, -3  # in place of a stamp


class Passed(NamedTuple):
    """`pairs` of the plain words, two numbers each; `stamps` of the first of them; `others` of each chunk that is not plain
    what is left of it, where it begins and ends, and how many pairs and stamps were before it. So many of the pairs, the
    stamps and the others are the head's."""

    pairs: Codes
    stamps: Longs
    others: Ints
    paired: int
    stamped: int
    left: int


class Wanted(NamedTuple):
    """Of how many chunks stamps are wanted: of the head, the text's first `head` characters, after which white space
    stands, and of the rest, of which `widest` characters are read for them."""

    head: int = 0
    of_head: int = 0
    of_rest: int = 0
    widest: int = ALL


NOWHERE: Final = np.empty((0, 2), np.int32)


def one_pass(text: str, lane: str, wanted: Wanted, places: Ints = NOWHERE) -> Passed:
    """The text is ASCII. To `places`, where there is room, is written where the letters of each stamp begin and end."""
    return Passed(*_pass(np.frombuffer(text.encode(), np.uint8), *wanted, *lexicon(lane), places))


@compiled
def _pass(
    text: Bytes,
    head: int,
    of_head: int,
    of_rest: int,
    widest: int,
    stems: Longs,
    special: Longs,
    respelled: Longs,
    unlisted: int,
    places: Ints,
) -> tuple[Codes, Longs, Ints, int, int, int]:
    chunks = np.empty((len(text) // 2 + 1, PARTS), np.int64)
    count, in_head = read_chunks(text, head, chunks)
    if of_head or of_rest:
        read = min(count, in_head + of_rest)
        rarities(stems, unlisted, chunks[:, SPECIAL], chunks[:, STEM:], read, chunks[:, RARITY])
    pairs, others = np.empty(2 * count, np.uint16), np.empty((count + 1, COLUMNS), np.int32)
    stamps = np.empty(min(of_head + of_rest, count), np.int64)
    counts, out = np.zeros(3, np.int64), (pairs, stamps, places, others)
    until = head + 1 + widest
    _stamp(text, chunks, 0, in_head, of_head, ALL, special, respelled)
    _stamp(text, chunks, in_head, count, of_rest, until, special, respelled)
    _put(chunks, 0, in_head, ALL, out, counts)
    before = counts.copy()
    _put(chunks, in_head, count, until, out, counts)
    paired, stamped, left = int(before[PAIRED]), int(before[STAMPED]), int(before[LEFT])
    return (
        pairs[: 2 * counts[PAIRED]],
        stamps[: counts[STAMPED]],
        others[: counts[LEFT]],
        paired,
        stamped,
        left,
    )


@compiled
def _stamp(
    text: Bytes, chunks: Longs, begin: int, end: int, most: int, until: int, special: Longs, respelled: Longs
) -> None:
    """Writes the stamps of the first so many of some chunks, and of none that begins at `until`, where the last is cut."""
    for each in range(begin, end):
        word, first, last = int(chunks[each, WORD]), int(chunks[each, FIRST]), int(chunks[each, LAST])
        at, stop, stamp = int(chunks[each, AT]), int(chunks[each, STOP]), _UNPLAIN
        if each - begin >= most or at >= until:
            stamp = _UNWANTED
        elif stop > until:
            stamp = _CUT
        elif word >= 0 and chunks[each, SPELLED] >= 0:
            stamp = int(respelled[chunks[each, SPELLED]])
        elif word >= 0 and chunks[each, SPECIAL] >= 0:
            stamp = int(special[chunks[each, SPECIAL]])
        elif word >= 0:
            stamp = word_stamp(int(chunks[each, STEM]), int(chunks[each, RARITY]), last - first)
        elif chunks[each, FIGURE] >= 0:
            stamp = figure_stamp(text, first, last, int(chunks[each, FIGURE]))
        if stamp >= 0:
            begins, ends = int(text[at]), int(text[stop - 1])
            if is_wrapped(begins, ends):
                begins, ends = unwrapped(text, at, stop)
            written = as_written(begins, ends, int(text[stop - 1]))
            stamp |= written if word >= 0 else written & ~A_CAPITAL
        chunks[each, STAMP] = stamp


@compiled
def _put(
    chunks: Longs, begin: int, end: int, until: int, out: tuple[Codes, Longs, Ints, Ints], counts: Longs
) -> None:
    """The pairs and the stamps of some chunks, and what is left of the others."""
    pairs, stamps, places, others = out
    paired, stamped, left = int(counts[PAIRED]), int(counts[STAMPED]), int(counts[LEFT])
    for each in range(begin, end):
        word, figure, how = int(chunks[each, WORD]), int(chunks[each, FIGURE]), int(chunks[each, HOW])
        stamp = int(chunks[each, STAMP])
        lacking = (NO_PAIR if word < 0 and figure < 0 else 0) | (NO_STAMP if stamp == _UNPLAIN else 0)
        if stamp == _CUT:
            _leave(others, left, NO_STAMP, chunks[each, AT], until, paired, stamped)
            left += 1
        if stamp >= 0:
            stamps[stamped] = stamp
            if stamped < len(places):
                places[stamped, 0], places[stamped, 1] = chunks[each, FIRST], chunks[each, LAST]
            stamped += 1
        if lacking:
            _leave(others, left, lacking, chunks[each, AT], chunks[each, STOP], paired, stamped)
            left += 1
        if word >= 0:
            code = american(chunks[each, SPELLED]) if chunks[each, SPELLED] >= 0 else word
            pairs[2 * paired], pairs[2 * paired + 1] = code % PLAIN, code >> HASH_SHIFT | how
        elif figure >= 0:
            code = PLAIN + figure % FIGURES
            pairs[2 * paired], pairs[2 * paired + 1] = code, figure >> HASH_SHIFT | how & OPEN
        paired += 0 if lacking & NO_PAIR else 1
    counts[PAIRED], counts[STAMPED], counts[LEFT] = paired, stamped, left


@compiled
def _leave(others: Ints, left: int, kind: int, at: int, end: int, paired: int, stamped: int) -> None:
    others[left, KIND], others[left, BEGIN], others[left, END] = kind, at, end
    others[left, PAIRS_BEFORE], others[left, STAMPS_BEFORE] = paired, stamped
