"""The chunks of an ASCII text between white space, each read once: where it is, and its hashes. No table is asked.

Its loop calls nothing with a text but for a figure: handing an array on costs more than reading a word does.
"""

from typing import Final

import numpy as np

from stream.core.compiled import compiled
from stream.core.plain_stamps import LETTER_BITS, TAIL, cut, special_at
from stream.core.scan import (
    CAPITAL,
    CLASSES,
    CRC,
    GOES_ON,
    LAST_MARK,
    LETTER,
    MARK,
    NO_HASH,
    OPEN,
    POINT,
    SHOUTED,
    SPACE,
    UPPER,
    Bytes,
    Longs,
    figure_hash,
)

# Where it begins and ends, and its letters or its figure do, without the marks around them; its hash as a word and as a
# figure, -1 where it is none; how it is written; its place among special words, or
# how rare it is, the hash of its stem, and that of the stem's own.
AT, STOP, FIRST, LAST, WORD, FIGURE, HOW, SPECIAL, RARITY, STEM, STEM_AGAIN, PARTS = range(12)
_RING: Final = (
    16  # states of a hash that are kept: one more than two endings have letters, or more; a power of two
)
_APOSTROPHE: Final = ord("'")
_S: Final = ord("s")


@compiled
def read_chunks(text: Bytes, head: int, chunks: Longs) -> tuple[int, int]:
    """Writes a row of each chunk; returns how many there are, and how many begin in the head.

    A word's stem is a beginning of it, and so is its hash on the way to the word's.
    """
    count = of_head = at = 0
    states = np.empty(_RING, np.int64)
    while True:
        while at < len(text) and CLASSES[text[at]] & SPACE:
            at += 1
        if at == len(text):
            return count, of_head
        first = at
        while first < len(text) and CLASSES[text[first]] & MARK:
            first += 1
        state, tail, capitals, last = NO_HASH, 0, 0, first
        while last < len(text) and CLASSES[text[last]] & LETTER:
            sign = int(text[last])
            states[last & (_RING - 1)] = state
            state = int(CRC[(state ^ (sign | 32)) & 0xFF]) ^ (state >> 8)
            tail = (tail << LETTER_BITS | sign & 31) & TAIL
            capitals += 0 if sign & 32 else 1
            last += 1
        states[last & (_RING - 1)] = state
        stop, end, marked = last, last, 0
        while end < len(text) and not CLASSES[text[end]] & SPACE:
            marked |= int(CLASSES[text[end]]) & LAST_MARK
            stop = stop if CLASSES[text[end]] & (MARK | LAST_MARK) else end + 1
            end += 1
        letters, word, figure = last - first, -1, -1
        genitive = (
            letters and stop == last + 2 and text[last] == _APOSTROPHE and int(text[last + 1]) | 32 == _S
        )
        if letters == 1 and marked:  # `A:` is no word in capitals, `A` is none
            stop = end
        if letters and (stop == last or genitive):
            word = state ^ NO_HASH
            chunks[count, SPECIAL] = special_at(word)
            if chunks[count, SPECIAL] < 0:
                ending = cut(letters, tail)
                again = ending + cut(letters - ending, tail >> ending * LETTER_BITS)
                chunks[count, STEM] = int(states[(last - ending) & (_RING - 1)]) ^ NO_HASH
                chunks[count, STEM_AGAIN] = int(states[(last - again) & (_RING - 1)]) ^ NO_HASH
            if genitive:
                letters += 1
                capitals += 0 if int(text[last + 1]) & 32 else 1
        elif not (first > at and text[first - 1] == POINT):
            figure = figure_hash(text, first, stop)
            last = stop
        how = (CAPITAL if first < end and CLASSES[text[first]] & UPPER else 0) | (
            SHOUTED if capitals == letters and capitals > 1 else 0
        )
        chunks[count, AT], chunks[count, STOP], chunks[count, FIRST], chunks[count, LAST] = (
            at,
            end,
            first,
            last,
        )
        chunks[count, WORD], chunks[count, FIGURE] = word, figure
        chunks[count, HOW] = how | (OPEN if CLASSES[text[end - 1]] & GOES_ON else 0)
        of_head += 1 if at < head else 0
        count, at = count + 1, end
