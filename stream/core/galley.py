"""A text set as sentences with the stems of their words, in one pass over its characters. What they say is not asked.

The kernel parts sentences as `sentences` does, and leaves to Python the chunks that are more than letters.
"""

from itertools import chain, islice
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.scan import CRC, Hashes
from stream.core.sentences import ABBREVIATED, COMPANY, STARTER, in_paragraph, paragraphs
from stream.core.stems import (
    CLOSER,
    CODES,
    DIGIT,
    KEYS,
    LOWER,
    NO_WORD,
    NOT_PLAIN,
    OPENER,
    SIGNS,
    SPACE,
    STOP,
    UPPER,
    Longs,
    Marks,
    Signs,
    plain_stem,
    stems_of,
)

Ints = NDArray[np.int32]
Kinds = NDArray[np.uint8]

WHOLE, LINE, TEXT = 0, 1, 2  # one sentence; sentences of one paragraph; sentences of paragraphs
_FOREIGN: Final = "。！？"  # sentences end at these without a space: left to Python
NEAR_AFTER, NEAR_BEFORE = (
    40,
    24,
)  # characters beside a full stop in which the next and the last word are sought
ABBREVIATION, FIRM, OPENING, NUMBER = 1, 2, 4, 8


class Galley(NamedTuple):
    """`spans` holds for each sentence where it begins and ends, whether it may say nothing (a credit, marks alone), and
    how many stems and how many of the others there are up to its end. `others` are chunks whose stems are still to be
    read, `places` how many stems stand before each."""

    sentences: list[str]
    spans: Ints
    stems: Longs
    others: list[str]
    places: Ints


def galley(text: str, parting: int, most: int) -> Galley:
    """The first so many sentences that say something for sure, and those between them."""
    signs = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(signs) != len(text) or (not text.isascii() and any(map(text.__contains__, _FOREIGN))):
        return _set_by_hand(text, parting, most)
    spans, stems, others = _set(signs, parting, most, SIGNS, CRC, KEYS, CODES, LISTED, LISTS)
    sentences = [text[begin:end] for begin, end, _, _, _ in spans.tolist()]
    return Galley(
        sentences, spans, stems, [text[begin:end] for begin, end, _ in others.tolist()], others[:, 2]
    )


def _set_by_hand(text: str, parting: int, most: int) -> Galley:
    """The same in Python, for what has characters of two UTF-16 units or sentences without spaces between them."""
    pieces = paragraphs(text) if parting == TEXT else [text]
    sentences = (
        [text] if parting == WHOLE else list(islice(chain.from_iterable(map(in_paragraph, pieces)), 2 * most))
    )
    stems = [b"".join(map(stems_of, sentence.split())) for sentence in sentences]
    spans = np.ones((len(sentences), 5), np.int32)
    spans[:, 4], spans[:, 3] = 0, np.cumsum([len(each) // 8 for each in stems])
    return Galley(sentences, spans, np.frombuffer(b"".join(stems), np.int64), [], np.empty(0, np.int32))


def _listed() -> tuple[Hashes, Kinds]:
    """Hashes of the words beside a full stop that tell whether a sentence ends there, and what they tell."""
    told: dict[str, int] = {}
    for bit, words in (
        (ABBREVIATION, ABBREVIATED),
        (FIRM, COMPANY),
        (OPENING, STARTER),
        (NUMBER, ("no", "nos")),
    ):
        told |= {word: told.get(word, 0) | bit for word in words}
    keys, kinds = np.zeros(2048, np.uint32), np.zeros(2048, np.uint8)
    for word, kind in told.items():
        at = crc32(word.encode()) & 2047
        while keys[at]:
            at = (at + 1) & 2047
        keys[at], kinds[at] = crc32(word.encode()), kind
    return keys, kinds


LISTED, LISTS = _listed()


@compiled
def _set(
    signs: Signs,
    parting: int,
    most: int,
    what: Marks,
    crc: Hashes,
    keys: Hashes,
    codes: Longs,
    listed: Hashes,
    lists: Kinds,
) -> tuple[Ints, Longs, Ints]:
    room = len(signs) // 2 + 1
    spans, stems, others = (
        np.empty((room, 5), np.int32),
        np.empty(room, np.int64),
        np.empty((room, 3), np.int32),
    )
    count = sure = size = left = 0
    at, piece = _next(signs, 0, 0, what, parting)
    begin, wordless = at, True
    while at < len(signs) and sure < most:
        end = _end(signs, at, what)
        code = plain_stem(signs, at, end, what, crc, keys, codes)
        if code == NOT_PLAIN:
            others[left, 0], others[left, 1], others[left, 2] = at, end, size
            left += 1
        elif code != NO_WORD:
            stems[size] = code
            size += 1
            wordless = False
        after, other = _next(signs, end, piece, what, parting)
        if (
            after == len(signs)
            or other != piece
            or _parts(signs, piece, at, end, after, what, crc, listed, lists)
        ):
            doubtful = _doubtful(int(signs[begin]), wordless)
            spans[count, 0], spans[count, 1], spans[count, 2] = begin, end, doubtful
            spans[count, 3], spans[count, 4] = size, left
            count += 1
            sure += 1 - doubtful
            begin, wordless = after, True
        at, piece = after, other
    return spans[:count].copy(), stems[:size].copy(), others[:left].copy()


@compiled
def _next(signs: Signs, at: int, piece: int, what: Marks, parting: int) -> tuple[int, int]:
    """Where the next chunk begins, and the paragraph that it stands in: two line ends part paragraphs."""
    lines, last = 0, 0
    while at < len(signs) and what[signs[at]] & SPACE:
        if signs[at] == 10:
            lines, last = lines + 1, at + 1
        at += 1
    return at, last if lines > 1 and parting == TEXT else piece


@compiled
def _end(signs: Signs, at: int, what: Marks) -> int:
    while at < len(signs) and not what[signs[at]] & SPACE:
        at += 1
    return at


@compiled
def _doubtful(first: int, wordless: bool) -> int:
    """What begins with a letter or a digit says something; else brackets may hold a credit, and marks hold nothing."""
    if 48 <= first <= 57 or 65 <= first <= 90 or 97 <= first <= 122:
        return 0
    return 1 if wordless or first == 40 or first == 91 or first == 61 else 0


@compiled
def _parts(
    signs: Signs,
    piece: int,
    first: int,
    end: int,
    after: int,
    what: Marks,
    crc: Hashes,
    listed: Hashes,
    lists: Kinds,
) -> bool:
    """Whether a sentence ends with the chunk signs[first:end], before the one that begins at `after`."""
    stop = end
    while stop > first and what[signs[stop - 1]] & CLOSER:
        stop -= 1
    run = stop
    while stop > first and what[signs[stop - 1]] & STOP:
        stop -= 1
    if stop == run:
        return False
    last = after
    while last < min(len(signs), end + NEAR_AFTER) and not what[signs[last]] & SPACE:
        last += 1
    while after < last and what[signs[after]] & OPENER:
        after += 1
    if after >= last or what[signs[after]] & LOWER:
        return after >= last
    if signs[stop] != 46 or (run - stop > 1 and signs[stop + 1] == 46):
        return True
    return not _runs_on(
        signs, _word_before(signs, piece, stop, what), stop, after, last, what, crc, listed, lists
    )


@compiled
def _word_before(signs: Signs, piece: int, stop: int, what: Marks) -> int:
    begin = stop
    while begin > max(piece, stop - NEAR_BEFORE) and signs[begin - 1] != 32:
        begin -= 1
    while begin < stop and what[signs[begin]] & OPENER:
        begin += 1
    return begin


@compiled
def _runs_on(
    signs: Signs,
    begin: int,
    stop: int,
    after: int,
    last: int,
    what: Marks,
    crc: Hashes,
    listed: Hashes,
    lists: Kinds,
) -> bool:
    """As `sentences` has it of the words signs[begin:stop] and signs[after:last]."""
    kind = _kind(signs, begin, stop, crc, listed, lists)
    if kind & NUMBER:
        return bool(what[signs[after]] & DIGIT)
    if kind & ABBREVIATION or (stop - begin == 1 and what[signs[begin]] & UPPER and signs[begin] != 73):
        return True
    dotted = False
    for at in range(begin, stop):
        dotted = dotted or signs[at] == 46
    if (dotted and stop - begin <= 8 and not what[signs[begin]] & DIGIT) or kind & FIRM:
        return not _kind(signs, after, last, crc, listed, lists) & OPENING
    return False


@compiled
def _kind(signs: Signs, begin: int, end: int, crc: Hashes, listed: Hashes, lists: Kinds) -> int:
    """What is known of a word in whichever case; nothing of one with letters beyond ASCII."""
    hashed = 0xFFFFFFFF
    for at in range(begin, end):
        letter = int(signs[at])
        if letter > 127:
            return 0
        letter += 32 if 65 <= letter <= 90 else 0
        hashed = int(crc[(hashed ^ letter) & 0xFF]) ^ (hashed >> 8)
    word = hashed ^ 0xFFFFFFFF
    at = word & (len(listed) - 1)
    while listed[at] != 0:
        if int(listed[at]) == word:
            return int(lists[at])
        at = (at + 1) & (len(listed) - 1)
    return 0
