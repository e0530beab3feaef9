"""The stamp of a plain chunk of an ASCII text: kernels of one chunk. What is not plain is left to `stamps`.

Plain is what scan.py calls so.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.rarity import FIGURES, RAREST, RARITY_BITS, UNLISTED, coded, listed
from stream.core.scan import CLASSES, SPELLED, UPPER, Bytes, Longs, placed
from stream.core.seen import CAPITAL, COMMA, END, FIGURE, HASH, POINT, SPECIAL, STOP, VALUE_BITS
from stream.core.spelling import AMERICAN

_DOT, _COMMA, _QUOTE, _DOUBLE, _OPEN, _CLOSE, _COLON, _CALL, _QUERY = (ord(sign) for sign in ".,'\"():!?")
_SHORT: Final = 4  # digits of a figure that is kept by its value
_LISTED_BITS: Final = 8  # below the hash of a stem in a lexicon: its rarity, and that it is listed
_IS_LISTED: Final = 1 << 7
_FIGURES: Final = np.array(FIGURES, np.int64)


class Lexicon(NamedTuple):
    """Stems of a language, each in the first free place after its own: its hash and its rarity in one number, so that
    memory is asked once. `special` are the stamps of words that say something special, by their places, `respelled` of
    words with another American spelling, by scan.py's.
    `unlisted` is the rarity of every word where the language has no table, else -1."""

    stems: Longs
    special: Longs
    respelled: Longs
    unlisted: int


@cache
def lexicon(lane: str) -> Lexicon:
    """Of a lane's language."""
    found = listed(lane)
    table, places = placed(list(found))
    stems = np.zeros(len(table), np.int64)
    stems[places] = [hashed << _LISTED_BITS | _IS_LISTED | rare for hashed, rare in found.items()]
    special = _stamps(_SPECIAL, {word: word for word in SPECIAL}, lane)
    return Lexicon(stems, special, _stamps(SPELLED, AMERICAN, lane), -1 if found else UNLISTED)


def _stamps(table: NDArray[Any], spelled: Mapping[str, str], lane: str) -> Longs:
    """The stamps of the spellings of words, each where the word's hash stands."""
    stamps, words = np.zeros(len(table), np.int64), {crc32(word.encode()): word for word in spelled}
    for at in np.flatnonzero(table).tolist():
        word = spelled[words[int(table[at])]]
        stamps[at] = coded(word, lane) | SPECIAL.get(word, 0) | (STOP if len(word) == 1 else 0)
    return stamps


# Sorted: a kernel that is kept on disk holds the table, and a set's order is another in every process.
_SPECIAL: Final = placed(sorted(crc32(word.encode()) for word in SPECIAL))[0].astype(np.int64)


@compiled
def special_at(word: int) -> int:
    """Where a word that says something special stands among them, by its hash; -1 for any other."""
    at = word & (len(_SPECIAL) - 1)
    while _SPECIAL[at] != 0 and _SPECIAL[at] != word:
        at = (at + 1) & (len(_SPECIAL) - 1)
    return at if _SPECIAL[at] else -1


@compiled
def rarities(stems: Longs, unlisted: int, special: Longs, hashes: Longs, count: int, found: Longs) -> None:
    """Of words by the hashes of their stem and of the stem of that, hashes[:count, :2]: `envoys` is not listed, `envoy` is.
    What is special is left as it is.

    In one loop: a call for each word would cost more than its look-up does.
    """
    mask = len(stems) - 1
    for each in range(count):
        found[each] = unlisted
        for step in range(2 if special[each] < 0 and unlisted < 0 else 0):
            if found[each] <= 0:
                hashed, rarity = int(hashes[each, step]), -1
                at = hashed & mask
                while stems[at] != 0 and rarity < 0:
                    rarity = (
                        int(stems[at]) & (_IS_LISTED - 1) if int(stems[at]) >> _LISTED_BITS == hashed else -1
                    )
                    at = (at + 1) & mask
                found[each] = rarity if rarity >= 0 else RAREST if step else rarity


@compiled
def figure_stamp(text: Bytes, first: int, last: int, figure: int) -> int:
    """Of a figure with that hash, but for how the chunk is written."""
    signs, value, point = 0, 0, False
    for at in range(first, last):
        sign = int(text[at])
        if sign != _COMMA:
            signs += 1
            point = point or sign == _DOT
            value = (10 * value + sign - 48) & 0xFFFF
    code = max((figure << RARITY_BITS & HASH) | int(_FIGURES[min(signs, len(_FIGURES)) - 1]), 1)
    kept = value + 1 if signs <= _SHORT and not point else 0
    return code | FIGURE | (POINT if point else 0) | kept << VALUE_BITS


@compiled
def word_stamp(stemmed: int, rarity: int, letters: int) -> int:
    """Of a word by the hash of its stem, but for how the chunk is written."""
    return max((stemmed << RARITY_BITS & HASH) | rarity, 1) | (STOP if letters == 1 else 0)


@compiled
def is_wrapped(begins: int, ends: int) -> bool:
    """Whether a chunk's first or last character is a mark to look behind."""
    return begins in (_DOUBLE, _QUOTE, _OPEN) or ends in (_DOUBLE, _QUOTE, _CLOSE)


@compiled
def unwrapped(text: Bytes, at: int, end: int) -> tuple[int, int]:
    """The first and the last character of a chunk that is no such mark; 0 where there is none."""
    first, last = at, end - 1
    while first < end and (text[first] == _DOUBLE or text[first] == _QUOTE or text[first] == _OPEN):
        first += 1
    while last >= at and (text[last] == _DOUBLE or text[last] == _QUOTE or text[last] == _CLOSE):
        last -= 1
    return int(text[first]) if first < end else 0, int(text[last]) if last >= at else 0


@compiled
def as_written(begins: int, ends: int, last: int) -> int:
    """Whether a chunk begins with a capital, and whether it ends a sentence or, in `last`, with a comma."""
    ended = ends in (_DOT, _COLON, _CALL, _QUERY)
    seen = (CAPITAL if CLASSES[begins] & UPPER else 0) | (END if ended else 0)
    return seen | (COMMA if last == _COMMA else 0)


LETTER_BITS: Final = 5  # of a letter in a tail, the last of a word's letters lowest
TAIL: Final = (
    1 << 12 * LETTER_BITS
) - 1  # twelve letters: an ending has four, a doubled letter may follow, twice
_LETTER: Final = (1 << LETTER_BITS) - 1
_A, _D, _E, _G, _I, _L, _N, _O, _R, _S, _U, _Y = (ord(sign) & _LETTER for sign in "adegilnorsuy")


@compiled
def cut(letters: int, tail: int) -> int:
    """How many of a word's letters are its ending: `endings.stem`, by the last of them."""
    z = tail & _LETTER
    if letters < (4 if z == _S else 5):
        return 0
    ending = _ending(letters, tail)
    tail >>= ending * LETTER_BITS
    z = tail & _LETTER
    vowel = z in (_A, _E, _I, _O, _U)
    doubled = letters - ending >= 4 and z == tail >> LETTER_BITS & _LETTER and not vowel
    return ending + 1 if doubled else ending


@compiled
def _ending(letters: int, tail: int) -> int:
    """How many letters the ending has, three at least being left."""
    z, y, x = tail & _LETTER, tail >> LETTER_BITS & _LETTER, tail >> 2 * LETTER_BITS & _LETTER
    if z == _S:
        if letters >= 7 and tail >> 3 * LETTER_BITS & _LETTER == _I and x == _N and y == _G:
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
