"""The words of a text in order: the plain ones that one pass read, and between them the others. No rule enters."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple
from zlib import crc32

import numpy as np

from stream.core.compiled import compiled
from stream.core.one_pass import (
    NO_PAIR,
    NO_STAMP,
    PAIRS_BEFORE,
    STAMPS_BEFORE,
    Ints,
    Passed,
    Wanted,
    one_pass,
)
from stream.core.scan import HASH_SHIFT, PLAIN, Codes, Longs

_PER, _CENT, _PCT = (crc32(word) % PLAIN for word in (b"per", b"cent", b"pct"))
_PCT_MORE: Final = crc32(b"pct") >> HASH_SHIFT
_AS_WRITTEN: Final = 0x7000  # of a pair's second number
_WIDTH: Final = 8  # bytes of a stamp

_NO_PAIRS: Final = np.empty(0, np.uint16)
_NO_STAMPS: Final = np.empty(0, np.int64)
_NO_COUNTS: Final = np.empty((2, 0), np.int32)


class Whole(NamedTuple):
    """Pairs of the head and of the rest, two numbers a word; stamps of both, of which `headed` are the head's."""

    head: Codes
    rest: Codes
    stamps: Longs
    headed: int


class Laid(NamedTuple):
    """What `put_together` takes: what one pass read, what the others say, and how many numbers each of them does."""

    pairs: Codes
    stamps: Longs
    others: Ints
    paired: int
    stamped: int
    left: int
    said: Codes
    said_stamps: Longs
    counts: Ints


def whole(
    text: str, lane: str, wanted: Wanted, pairs_of: Callable[[str], str], stamps_of: Callable[[str], bytes]
) -> Whole:
    """Of an ASCII text."""
    laid = laid_out(text, lane, wanted, pairs_of, stamps_of)
    return Whole(*put_together(*laid, wanted.of_head, wanted.of_rest))


def laid_out(
    text: str, lane: str, wanted: Wanted, pairs_of: Callable[[str], str], stamps_of: Callable[[str], bytes]
) -> Laid:
    """Of an ASCII text. Chunks that are not plain are asked of `pairs_of`, two characters a word, and `stamps_of`."""
    passed = one_pass(text, lane, wanted)
    if not len(passed.others):
        return Laid(*passed, _NO_PAIRS, _NO_STAMPS, _NO_COUNTS)
    return Laid(*passed, *_said(text, passed, pairs_of, stamps_of))


def joined(head: Longs, rest: Longs) -> Longs:
    """Stamps of two texts in a row."""
    return np.concatenate((head, rest))


def numbers(pairs: str) -> Codes:
    """Characters as numbers."""
    return np.frombuffer(pairs.encode("utf-16-le"), np.uint16)


def _said(
    text: str, passed: Passed, pairs_of: Callable[[str], str], stamps_of: Callable[[str], bytes]
) -> tuple[Codes, Longs, Ints]:
    """What the others say, and how many numbers each does."""
    pairs: list[str] = []
    stamps: list[bytes] = []
    for kind, begin, end, _, _ in passed.others.tolist():
        chunk = text[begin:end]
        pairs.append(pairs_of(chunk) if kind & NO_PAIR else "")
        stamps.append(stamps_of(chunk) if kind & NO_STAMP else b"")
    counts = np.array([[*map(len, pairs)], [len(each) // _WIDTH for each in stamps]], np.int32)
    return numbers("".join(pairs)), np.frombuffer(b"".join(stamps), np.int64), counts


@compiled
def put_together(
    pairs: Codes,
    stamps: Longs,
    others: Ints,
    paired: int,
    stamped: int,
    left: int,
    said: Codes,
    said_stamps: Longs,
    counts: Ints,
    most_of_head: int,
    most: int,
) -> tuple[Codes, Codes, Longs, int]:
    """`counts` has how many numbers of `said` and of `said_stamps` each of the others has."""
    out, both = (
        np.empty(len(pairs) + len(said), np.uint16),
        np.empty(len(stamps) + len(said_stamps), np.int64),
    )
    befores = 2 * others[:, PAIRS_BEFORE]
    size, used = _mend(out, 0, pairs, 0, 2 * paired, befores[:left], said, counts[0, :left], 0)
    head = _with_pct(out, 0, size)
    size, used = _mend(out, head, pairs, 2 * paired, len(pairs), befores[left:], said, counts[0, left:], used)
    rest = _with_pct(out, head, size)
    befores = others[:, STAMPS_BEFORE].copy()
    size, used = _mend(both, 0, stamps, 0, stamped, befores[:left], said_stamps, counts[1, :left], 0)
    headed = min(size, most_of_head)
    size, used = _mend(
        both, headed, stamps, stamped, len(stamps), befores[left:], said_stamps, counts[1, left:], used
    )
    return out[:head], out[head:rest], both[: headed + min(size - headed, most)], headed


@compiled
def _mend(
    out: Any, size: int, plain: Any, taken: int, end: int, befores: Ints, said: Any, counts: Ints, used: int
) -> tuple[int, int]:
    """Puts plain[taken:end] behind the first `size` of `out`, and counts[i] of `said` where befores[i] plain ones are
    before it; returns how many are there then, and how many are used of `said`."""
    for each in range(len(befores)):
        for at in range(taken, int(befores[each])):
            out[size] = plain[at]
            size += 1
        taken = int(befores[each])
        for at in range(used, used + int(counts[each])):
            out[size] = said[at]
            size += 1
        used += int(counts[each])
    for at in range(taken, end):
        out[size] = plain[at]
        size += 1
    return size, used


@compiled
def with_pct(pairs: Codes) -> Codes:
    """`per cent` is one word, in place."""
    return pairs[: _with_pct(pairs, 0, len(pairs))]


@compiled
def _with_pct(pairs: Codes, begin: int, end: int) -> int:
    """Returns where they end then."""
    size = begin
    for at in range(begin, end, 2):
        if size > begin and pairs[at] == _CENT and pairs[size - 2] == _PER:
            pairs[size - 2], pairs[size - 1] = _PCT, (int(pairs[at + 1]) & _AS_WRITTEN) | _PCT_MORE
        else:
            pairs[size], pairs[size + 1] = pairs[at], pairs[at + 1]
            size += 2
    return size
