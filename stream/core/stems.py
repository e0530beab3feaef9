"""The stem of a word as a number: what two tellings of one sentence are compared by. No sentence and no text enters.

Words that mean little, `cent` and words with another American spelling are known by their hash; of every other plain
word the ending is cut in the kernel that reads it.
"""

from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.content import STOPWORDS, stem
from stream.core.scan import Hashes
from stream.core.spelling import AMERICAN
from stream.core.words import folded, is_figure

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Marks = NDArray[np.uint16]
Signs = NDArray[np.uint16]

FIGURE, SMALL, CENT = 1 << 32, 1 << 33, 1 << 34  # beside the 32 bits of its hash
NOT_PLAIN, NO_WORD = -1, -2

SPACE, MARK, LETTER, STOP, CLOSER, OPENER, LOWER, UPPER, DIGIT = (1 << bit for bit in range(9))
_COMMA, _POINT = ord(","), ord(".")
_MEMO_SIZE: Final = 100_000
_MEMO_WIDTH: Final = 40


def _signs() -> Marks:
    """What each character of one UTF-16 unit is, to `str.split`, to `words.folded` and to sentences."""
    every = [chr(code) for code in range(1 << 16)]
    table = np.zeros(1 << 16, np.uint16)
    for bit, holds in (
        (SPACE, str.isspace),
        (LOWER, str.islower),
        (UPPER, str.isupper),
        (DIGIT, str.isdigit),
    ):
        table |= np.array(list(map(holds, every)), np.uint16) * np.uint16(bit)
    for bit, members in ((MARK, ",.\"'()"), (STOP, ".!?…"), (CLOSER, "\"'”’»)]"), (OPENER, "\"'“‘«([")):
        table[[ord(sign) for sign in members]] |= bit
    table[[code for code in range(128) if chr(code).isalpha()]] |= LETTER
    return table


def _known() -> tuple[Hashes, Longs]:
    """Hashes of the words that are looked up, in the first free place after their own, and what each becomes."""
    found = {word: _code(american) for word, american in AMERICAN.items()}
    found |= {word: _code(word) for word in (*STOPWORDS, "cent")}
    size = 1 << (4 * len(found)).bit_length()
    keys, codes = np.zeros(size, np.uint32), np.zeros(size, np.int64)
    for word, code in found.items():
        at = crc32(word.encode()) & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], codes[at] = crc32(word.encode()), code
    return keys, codes


@lru_cache(maxsize=1 << 14)
def stem_code(stem: str) -> int:
    """CRC-32, the same on every machine, and whether it is a figure."""
    return crc32(stem.encode("utf-8", "surrogatepass")) | (FIGURE if is_figure(stem) else 0)


def _code(word: str) -> int:
    if word in STOPWORDS:
        return stem_code(word) | SMALL
    return stem_code(stem(word)) | (CENT if word == "cent" else 0)


class _Memo(dict[str, bytes]):
    """The codes of each chunk between white space, eight bytes a word."""

    def __missing__(self, chunk: str) -> bytes:
        made = np.array([_code(word) for word in folded(chunk)], np.int64).tobytes()
        if len(chunk) <= _MEMO_WIDTH:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[chunk] = made
        return made


stems_of: Final = _Memo().__getitem__
SIGNS: Final = _signs()
KEYS, CODES = _known()
PER: Final = stem_code("per")
PCT: Final = stem_code("pct")


@compiled
def plain_stems(signs: Signs, chunks: Ints, what: Marks, crc: Hashes, keys: Hashes, codes: Longs) -> Longs:
    """The code of each chunk signs[begin:end] that is letters alone, or a figure, without the marks at its ends;
    `NO_WORD` where nothing is left of it, `NOT_PLAIN` where it takes more to read it.

    One loop over all: a call for each chunk would cost more than its hash does.
    """
    found = np.empty(len(chunks), np.int64)
    for number in range(len(chunks)):
        first, last = int(chunks[number, 0]), int(chunks[number, 1])
        while first < last and what[signs[first]] & MARK:
            first += 1
        while last > first and what[signs[last - 1]] & MARK:
            last -= 1
        hashed = one = two = three = 0xFFFFFFFF  # of the word, and without its last one, two, three letters
        at = first
        while at < last and what[signs[at]] & LETTER:
            three, two, one = two, one, hashed
            hashed = int(crc[(hashed ^ (int(signs[at]) | 32)) & 0xFF]) ^ (hashed >> 8)
            at += 1
        word = hashed ^ 0xFFFFFFFF
        slot = word & (len(keys) - 1)
        while keys[slot] != 0 and int(keys[slot]) != word:
            slot = (slot + 1) & (len(keys) - 1)
        cut = _ending(signs, last, last - first)
        if at == first and at < last:
            begins = first == int(chunks[number, 0]) or signs[first - 1] != _POINT  # `.75` is `0.75`
            figure = _figure(signs, first, last, crc) if begins else -1
            found[number] = figure | FIGURE if figure >= 0 else NOT_PLAIN
        elif first == last or at < last:
            found[number] = NOT_PLAIN if at < last else NO_WORD
        elif keys[slot] != 0:
            found[number] = codes[slot]
        else:
            found[number] = (
                word if cut == 0 else (one if cut == 1 else two if cut == 2 else three) ^ 0xFFFFFFFF
            )
    return found


@compiled
def _figure(signs: Signs, first: int, last: int, crc: Hashes) -> int:
    """The hash of a figure without the commas between its thousands, as `scan` has it; -1 where it is none."""
    if not 48 <= signs[first] <= 57:
        return -1
    hashed, run, thousands = 0xFFFFFFFF, 0, False  # digits since the last comma
    for at in range(first, last):
        sign = int(signs[at])
        if 48 <= sign <= 57:
            run += 1
        elif at + 1 == last or not 48 <= signs[at + 1] <= 57 or (thousands and run != 3):
            return -1
        elif sign == _COMMA:
            thousands, run = True, 0
            continue
        elif sign == _POINT:
            thousands = False
        else:
            return -1
        hashed = int(crc[(hashed ^ sign) & 0xFF]) ^ (hashed >> 8)
    return -1 if thousands and run != 3 else hashed ^ 0xFFFFFFFF


@compiled
def _ending(signs: Signs, last: int, length: int) -> int:
    """How many letters of a word's end are cut, as `content.stem` does: ing, ed, es, ly, e, s."""
    if length < 5:
        return 0
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
