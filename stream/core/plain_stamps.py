"""The stamps of the plain words of an ASCII text, without a Python step for each. What is not plain is left to `stamps`.

Plain is what scan.py calls so, but for words that have another American spelling.
"""

from functools import cache
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.rarity import FIGURES, RAREST, RARITY_BITS, UNLISTED, listed
from stream.core.scan import BECOMES, CLASSES, CRC, SPELLED, Bytes, Hashes, american, figure_hash, word_hash
from stream.core.seen import CAPITAL, COMMA, END, FIGURE, HASH, POINT, SPECIAL, STOP, VALUE_BITS

Longs = NDArray[np.int64]
Places = NDArray[np.int32]

_SPACE, _UPPER, _MARK, _DIGIT = 1, 4, 2, 32  # of scan's classes
_DOT, _COMMA, _QUOTE, _DOUBLE, _OPEN, _CLOSE = (ord(sign) for sign in ".,'\"()")
_A, _D, _E, _G, _I, _L, _N, _O, _R, _S, _U, _Y = (ord(sign) for sign in "adegilnorsuy")
_GENITIVE: Final = 2  # characters
_SHORT: Final = 4  # digits of a figure that is kept by its value


class Lexicon(NamedTuple):
    """Hashes of words, each in the first free place after its own, and what stands for them."""

    special: Hashes
    bits: Longs
    stems: Hashes
    rarities: Bytes
    figures: Longs
    unlisted: int  # the rarity of every word where the language has no table, else -1


@cache
def lexicon(lane: str) -> Lexicon:
    """Of a lane's language."""
    words = {crc32(word.encode()): bits for word, bits in SPECIAL.items()}
    found = listed(lane)
    special, places = _placed(list(words))
    bits = np.zeros(len(special), np.int64)
    bits[places] = list(words.values())
    stems, places = _placed(list(found))
    rarities = np.zeros(len(stems), np.uint8)
    rarities[places] = list(found.values())
    return Lexicon(special, bits, stems, rarities, np.array(FIGURES, np.int64), -1 if found else UNLISTED)


def _placed(hashes: list[int]) -> tuple[Hashes, list[int]]:
    table = np.zeros(1 << (4 * len(hashes) + 4).bit_length(), np.uint32)
    places = []
    for hashed in hashes:
        at = hashed & (len(table) - 1)
        while table[at]:
            at = (at + 1) & (len(table) - 1)
        table[at] = hashed
        places.append(at)
    return table, places


def plain_stamps(text: str, lane: str, most: int) -> tuple[Longs, Places, Places]:
    """Of the first `most` chunks between white space: the stamps of the plain ones, in order; where each one's word
    begins and ends; and for each other chunk where it begins and ends, and how many stamps were before it."""
    raw = np.frombuffer(text.encode(), np.uint8)
    return _read(raw, _chunks(raw, most, CLASSES), CLASSES, CRC, (SPELLED, BECOMES), lexicon(lane))


@compiled
def _chunks(text: Bytes, most: int, classes: Bytes) -> NDArray[np.int32]:
    """The first pieces between white space: where each begins and ends, and where without the marks around it."""
    found = np.empty((most, 4), np.int32)
    count = at = 0
    while at < len(text) and count < most:
        if classes[text[at]] & _SPACE:
            at += 1
            continue
        end = at
        while end < len(text) and not classes[text[end]] & _SPACE:
            end += 1
        first, last = at, end
        while first < last and classes[text[first]] & _MARK:
            first += 1
        while last > first and classes[text[last - 1]] & _MARK:
            last -= 1
        found[count, 0], found[count, 1], found[count, 2], found[count, 3] = at, end, first, last
        count, at = count + 1, end
    return found[:count]


@compiled
def _read(
    text: Bytes,
    chunks: NDArray[np.int32],
    classes: Bytes,
    crc: Hashes,
    spellings: tuple[Hashes, Hashes],
    known: Lexicon,
) -> tuple[Longs, Places, Places]:
    """In one piece: a call that hands on all the tables costs more than what it does."""
    (spelled, becomes), (special, bits, stems, rarities, figures, unlisted) = spellings, known
    found, others = np.empty(len(chunks), np.int64), np.empty((len(chunks), 3), np.int32)
    places = np.empty((len(chunks), 2), np.int32)
    size = count = 0
    for each in range(len(chunks)):
        at, end, first, last = chunks[each, 0], chunks[each, 1], chunks[each, 2], chunks[each, 3]
        stamp = -1
        word, _ = word_hash(text, first, last, classes, crc)
        if word >= 0 and american(word, spelled, becomes) == word:
            last -= _GENITIVE if last - first > _GENITIVE and text[last - 2] == _QUOTE else 0
            stop = stem_end(text, first, last)
            stemmed, rarity = _hash(text, first, stop, crc), unlisted
            if rarity < 0:
                place = _place(stems, stemmed)
                if place < 0 or not rarities[place]:
                    place = _place(stems, _hash(text, first, stem_end(text, first, stop), crc))
                rarity = int(rarities[place]) if place >= 0 else RAREST
            place = _place(special, word)
            seen = (int(bits[place]) if place >= 0 else 0) | (STOP if last - first == 1 else 0)
            stamp = max((stemmed << RARITY_BITS & HASH) | rarity, 1) | seen | _written(text, at, end, classes)
        elif word < 0 and not (first > at and text[first - 1] == _DOT):
            stamp = _of_figure(text, first, last, figure_hash(text, first, last, classes, crc), figures)
            stamp = stamp | _written(text, at, end, classes) & ~CAPITAL if stamp >= 0 else -1
        if stamp >= 0:
            found[size], places[size, 0], places[size, 1] = stamp, first, last
            size += 1
        else:
            others[count, 0], others[count, 1], others[count, 2] = at, end, size
            count += 1
    return found[:size], places[:size], others[:count]


@compiled
def _written(text: Bytes, at: int, end: int, classes: Bytes) -> int:
    """Whether the chunk begins with a capital, and whether it ends a sentence or with a comma."""
    first, last = at, end - 1
    while first < end and (text[first] == _DOUBLE or text[first] == _QUOTE or text[first] == _OPEN):
        first += 1
    while last >= at and (text[last] == _DOUBLE or text[last] == _QUOTE or text[last] == _CLOSE):
        last -= 1
    seen = CAPITAL if first < end and classes[text[first]] & _UPPER else 0
    seen |= END if last >= at and text[last] == _DOT else 0
    return seen | (COMMA if text[end - 1] == _COMMA else 0)


@compiled
def _of_figure(text: Bytes, first: int, last: int, figure: int, figures: Longs) -> int:
    if figure < 0:
        return -1
    signs, value, point = 0, 0, False
    for at in range(first, last):
        sign = int(text[at])
        if sign != _COMMA:
            signs += 1
            point = point or sign == _DOT
            value = (10 * value + sign - 48) & 0xFFFF
    code = max((figure << RARITY_BITS & HASH) | int(figures[min(signs, len(figures)) - 1]), 1)
    kept = value + 1 if signs <= _SHORT and not point else 0
    return code | FIGURE | (POINT if point else 0) | kept << VALUE_BITS


@compiled
def _hash(text: Bytes, first: int, last: int, crc: Hashes) -> int:
    """CRC-32 of letters, in lower case."""
    hashed = 0xFFFFFFFF
    for at in range(first, last):
        hashed = int(crc[(hashed ^ (int(text[at]) | 32)) & 0xFF]) ^ (hashed >> 8)
    return hashed ^ 0xFFFFFFFF


@compiled
def _place(table: Hashes, hashed: int) -> int:
    """-1 where it does not stand there."""
    at = hashed & (len(table) - 1)
    while table[at] != 0:
        if int(table[at]) == hashed:
            return at
        at = (at + 1) & (len(table) - 1)
    return -1


@compiled
def stem_end(text: Bytes, first: int, last: int) -> int:
    """Where a word of letters ends without its ending: `endings.stem`, on bytes."""
    letters = last - first
    if not letters:
        return last
    z = int(text[last - 1]) | 32
    if letters < (4 if z == _S else 5):
        return last
    last -= _ending(text, last, letters, z)
    letters, z = last - first, int(text[last - 1]) | 32
    vowel = z in (_A, _E, _I, _O, _U)
    return last - 1 if letters >= 4 and z == int(text[last - 2]) | 32 and not vowel else last


@compiled
def _ending(text: Bytes, last: int, letters: int, z: int) -> int:
    """How many letters the ending has, three at least being left."""
    y, x = int(text[last - 2]) | 32, int(text[last - 3]) | 32
    if z == _S:
        if letters >= 7 and int(text[last - 4]) | 32 == _I and x == _N and y == _G:
            return 4
        if letters >= 6 and ((x == _I and y == _E) or (x == _E and y == _R)):
            return 3
        if letters >= 5 and y == _E:
            return 2
        return 1 if letters >= 4 else 0
    if z == _G:
        return 3 if letters >= 6 and x == _I and y == _N else 0
    if z == _D:
        return 3 if letters >= 6 and x == _I and y == _E else 2 if letters >= 5 and y == _E else 0
    if z == _R:
        return 2 if letters >= 5 and y == _E else 0
    if z == _Y:
        return 2 if letters >= 5 and y == _L else 1 if letters >= 4 else 0
    return 1 if z == _E and letters >= 4 else 0
