"""A text as numbers, one word after another: what every comparison reads, made in one pass. No comparison enters.

A word is a 16-bit code, so that a text is a `str` of one character a word, which rapidfuzz aligns at its fastest;
figures have a range of their own. Beside it stand more bits of the word's hash and how it was written.
"""

from typing import Final
from zlib import crc32

from stream.core.one_pass import Wanted
from stream.core.scan import CAPITAL, FIGURES, HASH_SHIFT, OPEN, PLAIN, SHOUTED, Codes
from stream.core.stitch import numbers, whole, with_pct
from stream.core.words import folded, is_figure

_OPEN_ENDS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789,;:)")
_MEMO_SIZE: Final = 200_000
_MEMO_WIDTH: Final = 40


def word_code(word: str) -> int:
    """CRC-32, the same on every machine, folded into the range of figures or of other words."""
    hashed = crc32(word.encode("utf-8", "surrogatepass"))
    return PLAIN + hashed % FIGURES if is_figure(word) else hashed % PLAIN


def _more(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) >> HASH_SHIFT


class _Memo(dict[str, str]):
    """The codes of each chunk between white space, two characters a word; reading it costs no Python call."""

    def __missing__(self, chunk: str) -> str:
        pairs = _pairs(chunk)
        if len(chunk) <= _MEMO_WIDTH:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[chunk] = pairs
        return pairs


pairs_of: Final = _Memo().__getitem__


def _pairs(chunk: str) -> str:
    found = folded(chunk)
    bare = chunk.strip(",.\"'“”‘’()<>[]")
    flags = (CAPITAL if bare[:1].isupper() else 0) | (SHOUTED if len(bare) > 1 and bare.isupper() else 0)
    ends = OPEN if chunk[-1] in _OPEN_ENDS else 0
    last = len(found) - 1
    return "".join(
        chr(word_code(word)) + chr(_more(word) | flags | (ends if at == last else OPEN))
        for at, word in enumerate(found)
    )


def coded(text: str) -> Codes:
    """Two numbers a word, in order: its code, then more of its hash with `CAPITAL`, `SHOUTED` and `OPEN`."""
    if text.isascii():
        return whole(text, "", Wanted(), pairs_of, _no_stamps).rest
    return with_pct(numbers("".join(map(pairs_of, text.split()))).copy())


def _no_stamps(_: str) -> bytes:
    return b""
