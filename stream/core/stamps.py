"""Words as numbers that say what they are: a name, a figure, a weekday, an age. Made once a word; no item may enter.

A stamp is one integer: the hash of the word's stem with its rarity, and above it what a reader sees at a glance.
"""

import re
from array import array
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final
from zlib import crc32

from stream.core.content import STOPWORDS
from stream.core.endings import stem
from stream.core.rarity import RARITY_BITS, rarity
from stream.core.words import is_figure, words

HASH_BITS: Final = 31
HASH: Final = (1 << HASH_BITS) - 1
CAPITAL, FIGURE, STOP, END, COMMA, MONEY, POINT = (1 << bit for bit in range(31, 38))
WIDTH: Final = 8  # bytes of a stamp
VALUE_BITS: Final = 40  # from here, 16 bits: the figure, weekday, month or number word, and one; 0 for none
VALUE: Final = (1 << 16) - 1
CLASS_BITS: Final = 56  # from here: one of these
WEEKDAY, MONTH, YEAR_WORD, OLD, AGED, HURT, NUMBER = range(1, 8)

_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_NUMBERS: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_HURT: Final = "kill kills killed killing dead die dies died wounded injured hurt shot deaths".split()
_CLASSES: Final[dict[str, tuple[int, int]]] = {
    **{day: (WEEKDAY, n) for n, day in enumerate(_WEEKDAYS)},
    **{short: (WEEKDAY, n) for short, n in (("tue", 1), ("tues", 1), ("thu", 3), ("thur", 3), ("fri", 4))},
    **{month: (MONTH, n) for n, month in enumerate(_MONTHS)},
    **{month[:3]: (MONTH, n) for n, month in enumerate(_MONTHS) if month != "march"},
    "sept": (MONTH, 8),
    **{number: (NUMBER, n + 1) for n, number in enumerate(_NUMBERS)},
    **dict.fromkeys(("year", "years"), (YEAR_WORD, 0)),
    "old": (OLD, 0),
    **dict.fromkeys(("age", "aged"), (AGED, 0)),
    **dict.fromkeys(_HURT, (HURT, 0)),
}  # fmt: skip
_OPENING: Final = "\"'“‘([<#*@+—"
_CLOSING: Final = "\"'”’)]>"
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
def _stamped(lane: str) -> Callable[[str], bytes]:
    return _Memo(lane).__getitem__


def stamps(chunks: Iterable[str], lane: str, most: int) -> bytes:
    """The first stamps of a text's chunks in order, as int64; a mark alone (`.` in copy that parts them) has the hash 0."""
    return b"".join(map(_stamped(lane), chunks))[: most * WIDTH]


def coded(word: str, lane: str) -> int:
    """A folded word's stem as a number: its hash, and below it how rare it is; never 0, which is a mark.

    CRC-32: the same on every machine, unlike hash().
    """
    stemmed = stem(word)
    code = crc32(stemmed.encode("utf-8", "surrogatepass")) << RARITY_BITS & HASH
    return max(code | rarity(stemmed, lane), 1)


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
    kind, value = _CLASSES.get(word, (0, -1))
    if is_figure(word):
        seen = seen & ~CAPITAL | FIGURE | (POINT if "." in word else 0)
        value = int(word) if word.isdecimal() and word.isascii() and len(word) <= 4 else -1
    elif word in STOPWORDS or len(word) == 1:
        seen |= STOP
    return coded(word, lane) | seen | (value + 1) << VALUE_BITS | kind << CLASS_BITS
