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
    spelled_at,
)

# Where it begins and ends, and its letters or its figure do, without the marks around them; its hash as a word and as a
# figure, -1 where it is none; how it is written; its place among special words, among those with
# another American spelling, or how rare it is, the hash of its stem,
# and that of the stem's own; its stamp.
AT, STOP, FIRST, LAST, WORD, FIGURE, HOW, SPECIAL, SPELLED, RARITY, STEM, STEM_AGAIN, STAMP, PARTS = range(14)
_RING: Final = (
    16  # states of a hash that are kept: one more than two endings have letters, or more; a power of two
)
_APOSTROPHE: Final = ord("'")
_S: Final = ord("s")


@compiled
def read_chunks(text: Bytes, head: int, chunks: Longs) -> tuple[int, int]:
    """Writes a row of each chunk; returns how many there are, and how many begin in the head."""
    count, of_head = _find(text, head, chunks)
    _hash(text, chunks, count)
    return count, of_head


@compiled
def _find(text: Bytes, head: int, chunks: Longs) -> tuple[int, int]:
    """Where each chunk is, and where without the marks at its ends; and whether one of these is a last mark."""
    count = of_head = at = 0
    while True:
        while at < len(text) and CLASSES[text[at]] & SPACE:
            at += 1
        if at == len(text):
            return count, of_head
        first = at
        while first < len(text) and CLASSES[text[first]] & MARK:
            first += 1
        end, marked = first, 0
        while end < len(text) and not CLASSES[text[end]] & SPACE:
            end += 1
        last = end
        while last > first and CLASSES[text[last - 1]] & (MARK | LAST_MARK):
            last -= 1
            marked |= int(CLASSES[text[last]]) & LAST_MARK
        chunks[count, AT], chunks[count, STOP], chunks[count, HOW] = at, end, marked
        chunks[count, FIRST], chunks[count, LAST] = first, last
        of_head += 1 if at < head else 0
        count, at = count + 1, end


@compiled
def _hash(text: Bytes, chunks: Longs, count: int) -> None:
    """The hashes of each chunk. A word's stem is a beginning of it, and so is its hash on the way to the word's."""
    states = np.empty(_RING, np.int64)
    for each in range(count):
        first, stop = int(chunks[each, FIRST]), int(chunks[each, LAST])
        state, tail, capitals, last = NO_HASH, 0, 0, first
        while last < stop and CLASSES[text[last]] & LETTER:
            sign = int(text[last])
            states[last & (_RING - 1)] = state
            state = int(CRC[(state ^ (sign | 32)) & 0xFF]) ^ (state >> 8)
            tail = (tail << LETTER_BITS | sign & 31) & TAIL
            capitals += 0 if sign & 32 else 1
            last += 1
        states[last & (_RING - 1)] = state
        letters, word, figure = last - first, -1, -1
        genitive = (
            letters > 0 and stop == last + 2 and text[last] == _APOSTROPHE and int(text[last + 1]) | 32 == _S
        )
        # `A:` is no word in capitals, `A` is none
        if genitive or (letters and stop == last and not (letters == 1 and chunks[each, HOW])):
            word = state ^ NO_HASH
            special = special_at(word)
            chunks[each, SPECIAL], chunks[each, LAST], chunks[each, SPELLED] = special, last, spelled_at(word)
            if special < 0:
                ending = cut(letters, tail)
                again = ending + cut(letters - ending, tail >> ending * LETTER_BITS)
                chunks[each, STEM] = int(states[(last - ending) & (_RING - 1)]) ^ NO_HASH
                chunks[each, STEM_AGAIN] = int(states[(last - again) & (_RING - 1)]) ^ NO_HASH
            letters += 1 if genitive else 0
            capitals += 1 if genitive and not int(text[last + 1]) & 32 else 0
        elif not (first > chunks[each, AT] and text[first - 1] == POINT):
            figure = figure_hash(text, first, stop)
        begins = int(CLASSES[text[first]]) if first < chunks[each, STOP] else 0
        ends = int(CLASSES[text[chunks[each, STOP] - 1]])
        chunks[each, WORD], chunks[each, FIGURE] = word, figure
        chunks[each, HOW] = _how(begins, ends, capitals, letters)


@compiled
def _how(begins: int, ends: int, capitals: int, letters: int) -> int:
    """How a word is written, by the classes of its first letter and of the last character of its chunk."""
    shouted = SHOUTED if capitals == letters and capitals > 1 else 0
    return (CAPITAL if begins & UPPER else 0) | shouted | (OPEN if ends & GOES_ON else 0)
