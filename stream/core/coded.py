"""A text as numbers, one word after another: what every comparison reads, made in one pass. No comparison enters.

A word is a 16-bit code, so that a text is a `str` of one character a word, which rapidfuzz aligns at its fastest;
figures have a range of their own. Beside it stand more bits of the word's hash and how it was written.
"""

from typing import Final
from zlib import crc32

import numpy as np

from stream.core.compiled import compiled
from stream.core.scan import CAPITAL, FIGURES, HASH_SHIFT, OPEN, PLAIN, SHOUTED, Codes, scan, stitch
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


_memo: Final = _Memo().__getitem__


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
    return _joined(_plainly(text) if text.isascii() else _numbers("".join(map(_memo, text.split()))))


def _plainly(text: str) -> Codes:
    pairs, others = scan(text)
    if not len(others):
        return pairs
    said = [_memo(text[begin:end]) for begin, end, _ in others.tolist()]
    counts = np.array([len(one) // 2 for one in said], np.int32)
    return stitch(pairs, others, _numbers("".join(said)), counts)


def _numbers(pairs: str) -> Codes:
    return np.frombuffer(pairs.encode("utf-16-le"), np.uint16)


_PER, _CENT, _PCT = word_code("per"), word_code("cent"), word_code("pct")
_PCT_MORE = _more("pct")


def _joined(pairs: Codes) -> Codes:
    return _per_cent(pairs, _PER, _CENT, _PCT, _PCT_MORE)


@compiled
def _per_cent(pairs: Codes, per: int, cent: int, pct: int, more: int) -> Codes:
    """`per cent` is one word."""
    out = np.empty(len(pairs), np.uint16)
    size = 0
    for at in range(0, len(pairs), 2):
        if size and int(pairs[at]) == cent and int(out[size - 2]) == per:
            out[size - 2] = pct
            out[size - 1] = (int(pairs[at + 1]) & 0x7000) | more
        else:
            out[size], out[size + 1] = pairs[at], pairs[at + 1]
            size += 2
    return out[:size]
