"""Words as numbers that say what they are: a name, a figure, a weekday, an age. Made once a word; no item may enter.

A stamp is one integer: the hash of the word's stem with its rarity, and above it what a reader sees at a glance.
"""

import re
from array import array
from collections.abc import Callable, Container
from functools import cache
from itertools import islice
from typing import Final

import numpy as np

from stream.core.one_pass import NO_STAMP, Wanted, one_pass
from stream.core.rarity import coded
from stream.core.scan import Longs
from stream.core.seen import CAPITAL, COMMA, END, FIGURE, HASH, MONEY, POINT, SPECIAL, STOP, VALUE_BITS
from stream.core.spelling import american
from stream.core.stitch import whole
from stream.core.words import folded, is_figure, words

_OPENING: Final = "\"'“‘([<#*@+—"
_CLOSING: Final = "\"'”’)]>"
_CHUNK: Final = re.compile(r"\S+")
_CURRENCY: Final = re.compile(r"[$£€¥]")
_MEMO_SIZE: Final = 200_000
_MEMO_WIDTH: Final = 40


class _Memo(dict[str, bytes]):
    """The stamps of each chunk between white space in a lane's language, read once; eight bytes each."""

    def __init__(self, lane: str) -> None:
        self.lane = lane

    def __missing__(self, written: str) -> bytes:
        read = array("q", _read(written, self.lane)).tobytes()
        if len(written) <= _MEMO_WIDTH:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[written] = read
        return read


@cache
def stamps_of(lane: str) -> Callable[[str], bytes]:
    """The memo of a lane's language."""
    return _Memo(lane).__getitem__


def stamps(text: str, lane: str, most: int) -> Longs:
    """The first stamps of a text in order; a mark alone (`.` in copy that parts them) has the hash 0."""
    if text.isascii():
        return whole(text, lane, Wanted(of_rest=most), _no_pairs, stamps_of(lane)).stamps
    return np.frombuffer(b"".join(map(stamps_of(lane), islice(text.split(), most))), np.int64)[:most]


def _no_pairs(_: str) -> str:
    return ""


def first_written(text: str, lane: str, most: int, sought: Container[int]) -> dict[int, str]:
    """The folded word that is the first in a text of each sought code, of its first so many chunks."""
    found: dict[int, tuple[int, str]] = {}
    if not text.isascii():
        others = [match.span() for match in islice(_CHUNK.finditer(text), most)]
    else:
        places = np.empty((most, 2), np.int32)
        passed = one_pass(text, lane, Wanted(of_rest=most), places)
        for at, code in enumerate((passed.stamps & HASH).tolist()):
            if code in sought and code not in found:
                begin, end = places[at].tolist()
                found[code] = begin, american(text[begin:end].lower().replace(",", ""))  # of thousands
        others = [(begin, end) for kind, begin, end, _, _ in passed.others.tolist() if kind & NO_STAMP]
    for begin, end in others:
        for word in folded(text[begin:end]):
            code = coded(word, lane)
            if code in sought and begin < found.get(code, (end, ""))[0]:
                found[code] = begin, word
    return {code: word for code, (_, word) in found.items()}


def _read(written: str, lane: str) -> tuple[int, ...]:
    bare = written.lstrip(_OPENING)
    seen = MONEY if _CURRENCY.match(bare) else 0
    bare = bare.lstrip("$£€¥")
    seen |= CAPITAL if bare[:1].isupper() else 0
    last = _ending(written)
    found = [_stamp(word, seen, lane) for word in words(written)]
    if not found:
        return (last | seen | STOP,) if last or seen & MONEY else ()
    return (*found[:-1], found[-1] | last)


def _ending(written: str) -> int:
    closed = written.rstrip(_CLOSING)[-1:]
    return (END if closed and closed in ".!?:…" else 0) | (COMMA if written.endswith(",") else 0)


def _stamp(word: str, seen: int, lane: str) -> int:
    if is_figure(word):
        seen = seen & ~CAPITAL | FIGURE | (POINT if "." in word else 0)
        kept = int(word) + 1 if word.isdecimal() and word.isascii() and len(word) <= 4 else 0
        return coded(word, lane) | seen | kept << VALUE_BITS
    return coded(word, lane) | seen | SPECIAL.get(word, 0) | (STOP if len(word) == 1 else 0)
