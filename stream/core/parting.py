"""Where the sentences of a text begin and end, told by the characters around each full stop. Stems are made elsewhere.

Kernels that part sentences as `sentences` does.
"""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.scan import Hashes
from stream.core.sentences import ABBREVIATED, COMPANY, STARTER
from stream.core.stems import (
    CLOSER,
    DIGIT,
    LOWER,
    NOT_PLAIN,
    OPENER,
    STOP,
    UPPER,
    Ints,
    Longs,
    Marks,
    Signs,
)

Kinds = NDArray[np.uint8]

WHOLE, LINE, TEXT = 0, 1, 2  # one sentence; sentences of one paragraph; sentences of paragraphs
NEAR_AFTER, NEAR_BEFORE = (
    40,
    24,
)  # characters beside a full stop in which the next and the last word are sought
ABBREVIATION, FIRM, OPENING, NUMBER = 1, 2, 4, 8


def _listed() -> tuple[Hashes, Kinds]:
    """Hashes of the words beside a full stop that tell whether a sentence ends there, and what they tell."""
    told: dict[str, int] = {}
    for bit, words in (
        (ABBREVIATION, ABBREVIATED),
        (FIRM, COMPANY),
        (OPENING, STARTER),
        (NUMBER, ("no", "nos")),
    ):
        told |= {word: told.get(word, 0) | bit for word in sorted(words)}
    keys, kinds = np.zeros(2048, np.uint32), np.zeros(2048, np.uint8)
    for word, kind in told.items():
        at = crc32(word.encode()) & 2047
        while keys[at]:
            at = (at + 1) & 2047
        keys[at], kinds[at] = crc32(word.encode()), kind
    return keys, kinds


LISTED, LISTS = _listed()


@compiled
def spans_of(
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
def others_of(chunks: Ints, stems: Longs) -> Ints:
    found, size = np.empty((len(stems), 2), np.int32), 0
    for at in range(len(stems)):
        if stems[at] <= NOT_PLAIN:
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
