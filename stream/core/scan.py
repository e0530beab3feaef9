"""What a plain chunk of an ASCII text is, its signs, figures and spellings by hash. What is not plain is left to `words`.

A chunk between white space is plain when, without the marks at its ends, it is a word of letters alone (`Reagan's`
too, not `A:`) or a figure (`1,850.25`, not `.75` or `1/2`).
"""

from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.spelling import AMERICAN

Bytes = NDArray[np.uint8]
Codes = NDArray[np.uint16]
Hashes = NDArray[np.uint32]
Longs = NDArray[np.int64]

CAPITAL, SHOUTED, OPEN = (
    1 << 12,
    1 << 13,
    1 << 14,
)  # begins with a capital; all capitals; the sentence goes on after
PLAIN: Final = 40_960  # codes of words that are no figures; all codes stay below the surrogates of UTF-16
FIGURES: Final = 0xD800 - PLAIN  # codes of figures, after those of other words
HASH_SHIFT: Final = 20  # the 12 highest bits of a word's hash stand beside its code
SPACE, MARK, UPPER, LOWER, GOES_ON, DIGIT, LAST_MARK = 1, 2, 4, 8, 16, 32, 64
LETTER: Final = UPPER | LOWER
NO_HASH: Final = 0xFFFFFFFF  # before the first letter; a state is a hash after another exclusive or with it
POINT, _COMMA = ord("."), ord(",")
_FILTER: Final = 1 << 16  # bits


def _classes() -> Bytes:
    """What each ASCII character is, as `str.split`, `words.folded` and `coded` take it."""
    table = np.zeros(256, np.uint8)  # a last mark is no mark before a word
    for code in range(128):
        sign = chr(code)
        table[code] = (
            SPACE * sign.isspace()
            + MARK * (sign in ",.\"'()")
            + LAST_MARK * (sign in ":;!?")
            + UPPER * ("A" <= sign <= "Z")
            + LOWER * ("a" <= sign <= "z")
            + DIGIT * ("0" <= sign <= "9")
            + GOES_ON * (sign in ",;:)" or "a" <= sign <= "z" or "0" <= sign <= "9")
        )
    return table


def _crc_table() -> Hashes:
    """CRC-32 as in zlib (ITU-T V.42), by the byte."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(0xEDB88320), table >> 1).astype(np.uint32)
    return table


def placed(hashes: list[int]) -> tuple[Hashes, list[int]]:
    """A table of them, each in the first free place after its own, and where each stands."""
    table, places = np.zeros(1 << (3 * len(hashes) // 2 + 2).bit_length(), np.uint32), []
    for hashed in hashes:
        at = hashed & (len(table) - 1)
        while table[at]:
            at = (at + 1) & (len(table) - 1)
        table[at] = hashed
        places.append(at)
    return table, places


def _spellings() -> tuple[Hashes, Hashes, Bytes]:
    """Hashes of words with another American spelling, and of that spelling; and a bit for each word, which is eight
    thousand bytes in place of the whole table for what mostly is not there."""
    words, places = placed([crc32(word.encode()) for word in AMERICAN])
    becomes, bits = np.zeros(len(words), np.uint32), np.zeros(_FILTER >> 3, np.uint8)
    becomes[places] = [crc32(american.encode()) for american in AMERICAN.values()]
    for word in words[places].tolist():
        bits[(word & (_FILTER - 1)) >> 3] |= np.uint8(1 << (word & 7))
    return words, becomes, bits


CLASSES: Final = _classes()
CRC: Final = _crc_table()
SPELLED, BECOMES, MAYBE_SPELLED = _spellings()


@compiled
def figure_hash(text: Bytes, first: int, last: int) -> int:
    """The hash of its digits and decimal points, without the commas between thousands; -1 where it is no such figure."""
    if first == last or not CLASSES[text[first]] & DIGIT:
        return -1
    hashed, run = NO_HASH, 0  # digits since the last comma
    thousands = False
    for at in range(first, last):
        sign = int(text[at])
        if CLASSES[sign] & DIGIT:
            run += 1
        elif at + 1 == last or not CLASSES[text[at + 1]] & DIGIT or (thousands and run != 3):
            return -1
        elif sign == _COMMA:
            thousands, run = True, 0
            continue
        elif sign == POINT:
            thousands = False
        else:
            return -1
        hashed = int(CRC[(hashed ^ sign) & 0xFF]) ^ (hashed >> 8)
    return -1 if thousands and run != 3 else hashed ^ NO_HASH


@compiled
def spelled_at(word: int) -> int:
    """Where a word that has another American spelling stands among them, by its hash; -1 for any other."""
    if not int(MAYBE_SPELLED[(word & (_FILTER - 1)) >> 3]) >> (word & 7) & 1:
        return -1
    at = word & (len(SPELLED) - 1)
    while SPELLED[at] != 0:
        if int(SPELLED[at]) == word:
            return at
        at = (at + 1) & (len(SPELLED) - 1)
    return -1


@compiled
def american(at: int) -> int:
    """The hash of the spelling that stands there."""
    return int(BECOMES[at])
