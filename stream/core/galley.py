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
    NOT_PLAIN,
    OPENER,
    SIGNS,
    SPACE,
    STOP,
    UPPER,
    Longs,
    Marks,
    Signs,
    plain_stems,
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
    """`doubtful` are sentences that may say nothing (a credit, marks alone); `ends` holds for each sentence how many
    chunks there are up to its end. `stems` has one of each chunk, `NOT_PLAIN` where its own are still to be read from
    `others`, in order. `chunks` are the places of all chunks in the text; none where it was set by hand."""

    text: str
    chunks: Ints
    sentences: list[str]
    doubtful: list[int]
    ends: Ints
    stems: Longs
    others: list[str]


def galley(text: str, parting: int, most: int) -> Galley:
    """The first so many sentences that say something for sure, and those between them."""
    signs = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(signs) != len(text) or (not text.isascii() and any(map(text.__contains__, _FOREIGN))):
        return _set_by_hand(text, parting, most)
    chunks = _chunks(signs, SIGNS, parting)
    stems = plain_stems(signs, chunks, SIGNS, CRC, KEYS, CODES)
    spans = _spans(signs, chunks, stems, parting, most, SIGNS, CRC, LISTED, LISTS)
    stems = stems[: spans[-1, 3]] if len(spans) else stems[:0]
    told = spans.tolist()
    return Galley(
        text,
        chunks,
        [text[begin:end] for begin, end, _, _ in told],
        [number for number, (_, _, doubtful, _) in enumerate(told) if doubtful],
        spans[:, 3],
        stems,
        [text[begin:end] for begin, end in _others(chunks, stems).tolist()],
    )


def _set_by_hand(text: str, parting: int, most: int) -> Galley:
    """The same in Python, for what has characters of two UTF-16 units or sentences without spaces between them."""
    pieces = paragraphs(text) if parting == TEXT else [text]
    every = (
        chain.from_iterable(map(in_paragraph, pieces)) if parting else [text.strip()] if text.strip() else []
    )
    sentences = list(islice(every, 2 * most))
    chunks = [sentence.split() for sentence in sentences]
    ends = np.cumsum([len(each) for each in chunks], dtype=np.int32)
    others = list(chain.from_iterable(chunks))
    stems = np.full(len(others), NOT_PLAIN, np.int64)
    return Galley(
        text, np.empty((0, 3), np.int32), sentences, list(range(len(sentences))), ends, stems, others
    )


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
def _chunks(signs: Signs, what: Marks, parting: int) -> Ints:
    """What stands between white space: where it begins and ends, and its paragraph, parted by two line ends."""
    found = np.empty((len(signs) // 2 + 1, 3), np.int32)
    size = at = piece = 0
    while True:
        lines, last = 0, 0
        while at < len(signs) and what[signs[at]] & SPACE:
            if signs[at] == 10:
                lines, last = lines + 1, at + 1
            at += 1
        if at == len(signs):
            return found[:size].copy()
        piece = last if lines > 1 and parting == TEXT else piece
        found[size, 0], found[size, 2] = at, piece
        while at < len(signs) and not what[signs[at]] & SPACE:
            at += 1
        found[size, 1] = at
        size += 1


@compiled
def _spans(
    signs: Signs,
    chunks: Ints,
    stems: Longs,
    parting: int,
    most: int,
    what: Marks,
    crc: Hashes,
    listed: Hashes,
    lists: Kinds,
) -> Ints:
    """Where each sentence begins and ends, whether it is doubtful, and how many chunks there are up to its end."""
    spans = np.empty((len(chunks), 4), np.int32)
    count = sure = first = 0
    wordless = True
    for at in range(len(chunks)):
        wordless = wordless and stems[at] < 0
        ends = at + 1 == len(chunks) or chunks[at + 1, 2] != chunks[at, 2]
        if not ends and parting != WHOLE and what[signs[chunks[at, 1] - 1]] & (STOP | CLOSER):
            ends = _parts(signs, chunks, at, what, crc, listed, lists)
        if ends:
            begin = int(chunks[first, 0])
            doubtful = _doubtful(int(signs[begin]), wordless)
            spans[count, 0], spans[count, 1], spans[count, 2], spans[count, 3] = (
                begin,
                chunks[at, 1],
                doubtful,
                at + 1,
            )
            count, sure, first, wordless = count + 1, sure + 1 - doubtful, at + 1, True
            if sure == most:
                break
    return spans[:count].copy()


@compiled
def _others(chunks: Ints, stems: Longs) -> Ints:
    found, size = np.empty((len(stems), 2), np.int32), 0
    for at in range(len(stems)):
        if stems[at] == NOT_PLAIN:
            found[size, 0], found[size, 1] = chunks[at, 0], chunks[at, 1]
            size += 1
    return found[:size].copy()


@compiled
def _doubtful(first: int, wordless: bool) -> int:
    """What begins with a letter or a digit says something; else brackets may hold a credit, and marks hold nothing."""
    if 48 <= first <= 57 or 65 <= first <= 90 or 97 <= first <= 122:
        return 0
    return 1 if wordless or first == 40 or first == 91 or first == 61 else 0


@compiled
def _parts(
    signs: Signs, chunks: Ints, at: int, what: Marks, crc: Hashes, listed: Hashes, lists: Kinds
) -> bool:
    """Whether a sentence ends with a chunk, before the next of its paragraph."""
    first, end, piece = int(chunks[at, 0]), int(chunks[at, 1]), int(chunks[at, 2])
    stop = end
    while stop > first and what[signs[stop - 1]] & CLOSER:
        stop -= 1
    run = stop
    while stop > first and what[signs[stop - 1]] & STOP:
        stop -= 1
    if stop == run:
        return False
    after, last = int(chunks[at + 1, 0]), min(int(chunks[at + 1, 1]), end + NEAR_AFTER)
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
