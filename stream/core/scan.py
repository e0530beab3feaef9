"""The plain words of an ASCII text as codes, without a Python step for each. What is not plain is left to `coded`.

A chunk between white space is plain when, without the marks at its ends, it is a word of letters alone (`Reagan's`
too) or a figure (`1,850.25`, not `.75` or `1/2`).
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

CAPITAL, SHOUTED, OPEN = (
    1 << 12,
    1 << 13,
    1 << 14,
)  # begins with a capital; all capitals; the sentence goes on after
PLAIN: Final = 40_960  # codes of words that are no figures; all codes stay below the surrogates of UTF-16
FIGURES: Final = 0xD800 - PLAIN  # codes of figures, after those of other words
HASH_SHIFT: Final = 20  # the 12 highest bits of a word's hash stand beside its code
_SPACE, _MARK, _UPPER, _LOWER, _GOES_ON, _DIGIT = 1, 2, 4, 8, 16, 32
_STOP, _COMMA, _APOSTROPHE = ord("."), ord(","), ord("'")


def _classes() -> Bytes:
    """What each ASCII character is, as `str.split`, `words.folded` and `coded` take it."""
    table = np.zeros(256, np.uint8)
    for code in range(128):
        sign = chr(code)
        table[code] = (
            _SPACE * sign.isspace()
            + _MARK * (sign in ",.\"'()")
            + _UPPER * ("A" <= sign <= "Z")
            + _LOWER * ("a" <= sign <= "z")
            + _DIGIT * ("0" <= sign <= "9")
            + _GOES_ON * (sign in ",;:)" or "a" <= sign <= "z" or "0" <= sign <= "9")
        )
    return table


def _crc_table() -> Hashes:
    """CRC-32 as in zlib (ITU-T V.42), by the byte."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(0xEDB88320), table >> 1).astype(np.uint32)
    return table


def _spellings() -> tuple[Hashes, Hashes]:
    """Hashes of words with another American spelling, in the first free place after their own, and of that spelling."""
    size = 1 << (4 * len(AMERICAN)).bit_length()
    words, becomes = np.zeros(size, np.uint32), np.zeros(size, np.uint32)
    for word, american in AMERICAN.items():
        at = crc32(word.encode()) & (size - 1)
        while words[at]:
            at = (at + 1) & (size - 1)
        words[at], becomes[at] = crc32(word.encode()), crc32(american.encode())
    return words, becomes


CLASSES: Final = _classes()
CRC: Final = _crc_table()
SPELLED, BECOMES = _spellings()


def scan(text: str) -> tuple[Codes, NDArray[np.int32]]:
    """Pairs of its plain words, in order; and for each other chunk where it begins and ends, and how many words were
    before it. The text is ASCII."""
    return _scan(np.frombuffer(text.encode(), np.uint8), CLASSES, CRC, SPELLED, BECOMES)


@compiled
def _scan(
    text: Bytes, classes: Bytes, crc: Hashes, spelled: Hashes, becomes: Hashes
) -> tuple[Codes, NDArray[np.int32]]:
    pairs = np.empty(len(text) + 2, np.uint16)
    others = np.empty((len(text) // 2 + 1, 3), np.int32)
    size = count = at = 0
    while at < len(text):
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
        goes_on = OPEN if classes[text[end - 1]] & _GOES_ON else 0
        word, flags = word_hash(text, first, last, classes, crc)
        figure = (
            -1
            if word >= 0 or (first > at and text[first - 1] == _STOP)
            else figure_hash(text, first, last, classes, crc)
        )
        if word >= 0:
            word = american(word, spelled, becomes)
            pairs[size], pairs[size + 1] = word % PLAIN, word >> HASH_SHIFT | flags | goes_on
            size += 2
        elif figure >= 0:
            pairs[size], pairs[size + 1] = PLAIN + figure % FIGURES, figure >> HASH_SHIFT | goes_on
            size += 2
        else:
            others[count, 0], others[count, 1], others[count, 2] = at, end, size // 2
            count += 1
        at = end
    return pairs[:size], others[:count]


@compiled
def word_hash(text: Bytes, first: int, last: int, classes: Bytes, crc: Hashes) -> tuple[int, int]:
    """The hash of its lower-case letters, without a genitive's, and how it is written; -1 where it is no such word."""
    upper, letters = 0, last - first
    if letters > 2 and text[last - 2] == _APOSTROPHE and int(text[last - 1]) | 32 == 115:  # 's or 'S
        letters -= 1
        upper = 1 if classes[text[last - 1]] & _UPPER else 0
        last -= 2
    if first == last:
        return -1, 0
    hashed = 0xFFFFFFFF
    for at in range(first, last):
        letter, kind = int(text[at]), int(classes[text[at]])
        if not kind & (_UPPER | _LOWER):
            return -1, 0
        if kind & _UPPER:
            upper += 1
            letter += 32
        hashed = int(crc[(hashed ^ letter) & 0xFF]) ^ (hashed >> 8)
    flags = CAPITAL if classes[text[first]] & _UPPER else 0
    return hashed ^ 0xFFFFFFFF, flags | (SHOUTED if upper == letters and upper > 1 else 0)


@compiled
def figure_hash(text: Bytes, first: int, last: int, classes: Bytes, crc: Hashes) -> int:
    """The hash of its digits and decimal points, without the commas between thousands; -1 where it is no such figure."""
    if first == last or not classes[text[first]] & _DIGIT:
        return -1
    hashed, run = 0xFFFFFFFF, 0  # digits since the last comma
    thousands = False
    for at in range(first, last):
        sign = int(text[at])
        if classes[sign] & _DIGIT:
            run += 1
        elif at + 1 == last or not classes[text[at + 1]] & _DIGIT or (thousands and run != 3):
            return -1
        elif sign == _COMMA:
            thousands, run = True, 0
            continue
        elif sign == _STOP:
            thousands = False
        else:
            return -1
        hashed = int(crc[(hashed ^ sign) & 0xFF]) ^ (hashed >> 8)
    return -1 if thousands and run != 3 else hashed ^ 0xFFFFFFFF


@compiled
def american(word: int, spelled: Hashes, becomes: Hashes) -> int:
    at = word & (len(spelled) - 1)
    while spelled[at] != 0:
        if int(spelled[at]) == word:
            return int(becomes[at])
        at = (at + 1) & (len(spelled) - 1)
    return word


@compiled
def stitch(pairs: Codes, others: NDArray[np.int32], said: Codes, counts: NDArray[np.int32]) -> Codes:
    """The pairs of the other chunks put where they belong: counts[i] words of `said` for the i-th."""
    out = np.empty(len(pairs) + len(said), np.uint16)
    size = taken = used = 0
    for each in range(len(others)):
        until = 2 * int(others[each, 2])
        while taken < until:
            out[size] = pairs[taken]
            size += 1
            taken += 1
        for _ in range(2 * int(counts[each])):
            out[size] = said[used]
            size += 1
            used += 1
    out[size:] = pairs[taken:]
    return out
