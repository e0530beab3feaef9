"""The stem of a word as a number: what two tellings of one sentence are compared by. No sentence and no text enters.

Words that mean little, `cent` and words with another American spelling are known by their hash; of every other plain
word the ending is cut in the kernel that reads it (plain_stems.py).
"""

from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.content import STOPWORDS, stem
from stream.core.scan import Bytes, Hashes
from stream.core.spelling import AMERICAN
from stream.core.words import folded, is_figure

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Marks = NDArray[np.uint16]
Signs = NDArray[np.uint16]

FIGURE, SMALL, CENT = 1 << 32, 1 << 33, 1 << 34  # beside the 32 bits of its hash
NAME, MAY_BE_NAME = 1 << 35, 1 << 36  # whether its chunk is written as `content.names` has it
NAMED = NAME | MAY_BE_NAME
NO_WORD, NOT_PLAIN, NAME_NOT_PLAIN = -1, -2, -3  # in place of the code of a chunk

# A mark at a chunk's ends is no part of its word.
SPACE, MARK, LETTER, STOP, CLOSER, OPENER, LOWER, UPPER, DIGIT = (1 << bit for bit in range(9))
_SIEVE: Final = 4_096  # bytes; a power of two
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
    for bit, members in (
        (MARK, ",.\"'():;?!-<>[]*=/$&+"),
        (STOP, ".!?…"),
        (CLOSER, "\"'”’»)]"),
        (OPENER, "\"'“‘«(["),
    ):
        table[[ord(sign) for sign in members]] |= bit
    table[[code for code in range(128) if chr(code).isalpha()]] |= LETTER
    return table


def _known() -> tuple[Hashes, Longs]:
    """Hashes of the words that are looked up, in the first free place after their own, and what each becomes."""
    found = {word: _code(american) for word, american in AMERICAN.items()}
    found |= {word: _code(word) for word in (*sorted(STOPWORDS), "cent")}
    size = 1 << (4 * len(found)).bit_length()
    keys, codes = np.zeros(size, np.uint32), np.zeros(size, np.int64)
    for word, code in found.items():
        at = crc32(word.encode()) & (size - 1)
        while keys[at]:
            at = (at + 1) & (size - 1)
        keys[at], codes[at] = crc32(word.encode()), code
    return keys, codes


def _sieve(keys: Hashes) -> Bytes:
    """A bit for each hash that is looked up: nine of ten other words are told by it from four kilobytes that stay near."""
    table = np.zeros(_SIEVE, np.uint8)
    for word in keys[keys > 0].tolist():
        table[(word >> 3) & (_SIEVE - 1)] |= 1 << (word & 7)
    return table


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
SIEVE: Final = _sieve(KEYS)
PER: Final = stem_code("per")
PCT: Final = stem_code("pct")
