"""The pieces of a text between white space, and the stem of each that is plain, read in one pass. No sentence enters.

A chunk is plain when, without the marks at its ends, it is a word of letters alone (`Reagan's` too) or a figure
(`1,850.25`, not `.75` or `1/2`); the rest is left to Python.
"""

from typing import Final

import numpy as np

from stream.core.compiled import compiled
from stream.core.scan import Bytes, Hashes
from stream.core.stems import (
    FIGURE,
    LETTER,
    MARK,
    MAY_BE_NAME,
    NAME,
    NAME_NOT_PLAIN,
    NO_WORD,
    NOT_PLAIN,
    SMALL,
    SPACE,
    Ints,
    Longs,
    Marks,
    Signs,
)

_COMMA, _POINT, _APOSTROPHE, _QUOTE, _OPENING_QUOTE = map(ord, ",.'\"“")
SHORT: Final = 4  # letters of a word that has no ending
_BEGUN: Final = 0xFFFFFFFF  # CRC-32 of nothing yet


@compiled
def chunks_of(
    signs: Signs, paragraphs: bool, what: Marks, crc: Hashes, sieve: Bytes, keys: Hashes, codes: Longs
) -> tuple[Ints, Longs]:
    """Where each begins and ends, and where its paragraph does, parted by two line ends; and its code, with `NAME` where
    it is written as a name within a sentence. One loop: a call for each chunk costs more than its hash does."""
    found = np.empty((len(signs) // 2 + 1, 3), np.int32)
    stems = np.empty(len(found), np.int64)
    size = at = 0
    while True:
        while at < len(signs) and what[signs[at]] & SPACE:
            at += 1
        if at == len(signs):
            _part(signs, found[:size], paragraphs)
            return found[:size].copy(), stems[:size].copy()
        begin = at
        while at < len(signs) and what[signs[at]] & MARK:
            at += 1
        first = at
        hashed = one = two = three = _BEGUN  # of the word, and without its last one, two, three letters
        while at < len(signs) and what[signs[at]] & LETTER:
            three, two, one = two, one, hashed
            hashed = int(crc[(hashed ^ (int(signs[at]) | 32)) & 0xFF]) ^ (hashed >> 8)
            at += 1
        stop = at
        if at < len(signs) and signs[at] == _APOSTROPHE and stop > first:
            at += _genitive(signs, stop, what)
        while at < len(signs) and what[signs[at]] & MARK:
            at += 1
        if at < len(signs) and not what[signs[at]] & SPACE:
            at, stem = _odd(signs, begin, first, stop, at, what, crc)
        elif stop == first:
            stem = NO_WORD
        else:
            cut, word = _ending(signs, stop, stop - first) if stop - first > SHORT else 0, hashed ^ _BEGUN
            stem = (hashed if cut == 0 else one if cut == 1 else two if cut == 2 else three) ^ _BEGUN
            if int(sieve[(word >> 3) & (len(sieve) - 1)]) >> (word & 7) & 1:
                stem = _looked_up(word, stem, keys, codes)
        found[size, 0], found[size, 1] = begin, at
        stems[size] = _named(signs, begin, stem, what) if 65 <= signs[begin] <= 90 else stem
        size += 1


@compiled
def _part(signs: Signs, chunks: Ints, paragraphs: bool) -> None:
    """Where the paragraph of each chunk begins: after the last line end where two or more stand before one."""
    end = piece = 0
    for number in range(len(chunks)):
        lines, last = 0, 0
        if paragraphs and int(chunks[number, 0]) - end > 1:
            for at in range(end, int(chunks[number, 0])):
                if signs[at] == 10:
                    lines, last = lines + 1, at + 1
        piece = last if lines > 1 else piece
        chunks[number, 2], end = piece, int(chunks[number, 1])


@compiled
def _odd(
    signs: Signs, begin: int, first: int, stop: int, at: int, what: Marks, crc: Hashes
) -> tuple[int, int]:
    """Where a chunk ends that is no word of letters, and its code."""
    while at < len(signs) and not what[signs[at]] & SPACE:
        at += 1
    return at, _figure(signs, begin, first, at, what, crc) if stop == first else NOT_PLAIN


@compiled
def _genitive(signs: Signs, stop: int, what: Marks) -> int:
    """How many characters `'s` has, where the word ends with it."""
    if stop + 1 >= len(signs) or int(signs[stop + 1]) | 32 != 115:
        return 0
    return 2 if stop + 2 == len(signs) or what[signs[stop + 2]] & (MARK | SPACE) else 0


@compiled
def _looked_up(word: int, stem: int, keys: Hashes, codes: Longs) -> int:
    """What a word by its hash becomes; its stem where nothing is known of it."""
    slot = word & (len(keys) - 1)
    while keys[slot] != 0:
        if int(keys[slot]) == word:
            return int(codes[slot])
        slot = (slot + 1) & (len(keys) - 1)
    return stem


@compiled
def _named(signs: Signs, begin: int, stem: int, what: Marks) -> int:
    """Of a chunk with a capital: its code, with `NAME` where `content.names` takes its word for one. What is not plain
    it may take for one, and a letter with a mark."""
    if stem == NO_WORD or begin < 2 or signs[begin - 1] != 32:
        return stem
    before = int(signs[begin - 2])
    if before in (_POINT, 33, 63, _QUOTE, _OPENING_QUOTE) or (stem >= 0 and stem & SMALL):
        return stem
    if stem == NOT_PLAIN:
        return NAME_NOT_PLAIN
    if begin + 1 == len(signs) or what[signs[begin + 1]] & SPACE:
        return stem
    return stem | (NAME if what[signs[begin + 1]] & LETTER else MAY_BE_NAME)


@compiled
def _figure(signs: Signs, begin: int, first: int, end: int, what: Marks, crc: Hashes) -> int:
    """The code of a figure without the commas between its thousands, as `scan` has it."""
    if not 48 <= signs[first] <= 57 or (first > begin and signs[first - 1] == _POINT):  # `.75` is `0.75`
        return NOT_PLAIN
    last = end
    while what[signs[last - 1]] & MARK:
        last -= 1
    hashed, run, thousands = _BEGUN, 0, False  # digits since the last comma
    for at in range(first, last):
        sign = int(signs[at])
        if 48 <= sign <= 57:
            run += 1
        elif at + 1 == last or not 48 <= signs[at + 1] <= 57 or (thousands and run != 3):
            return NOT_PLAIN
        elif sign == _COMMA:
            thousands, run = True, 0
            continue
        elif sign == _POINT:
            thousands = False
        else:
            return NOT_PLAIN
        hashed = int(crc[(hashed ^ sign) & 0xFF]) ^ (hashed >> 8)
    return NOT_PLAIN if thousands and run != 3 else (hashed ^ _BEGUN) | FIGURE


@compiled
def _ending(signs: Signs, last: int, length: int) -> int:
    """How many letters of a word's end are cut, as `content.stem` does: ing, ed, es, ly, e, s."""
    end, before = int(signs[last - 1]) | 32, int(signs[last - 2]) | 32
    if end == 103:  # g
        return 3 if length > 6 and before == 110 and int(signs[last - 3]) | 32 == 105 else 0
    if end == 101:  # e
        return 1
    if end == 115:  # s
        return 2 if length > 5 and before == 101 else 1
    if (end == 100 and before == 101) or (end == 121 and before == 108):  # ed, ly
        return 2 if length > 5 else 0
    return 0
