"""A passage as numbers to be searched: the stems of each sentence, each once. No other text enters."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.galley import Galley, galley, signs_of
from stream.core.parting import WHOLE
from stream.core.passage import Passage
from stream.core.plain_stems import chunks_of
from stream.core.scan import CRC, Bytes, Hashes
from stream.core.stems import (
    CENT,
    CODES,
    KEYS,
    MAY_BE_NAME,
    NAME_NOT_PLAIN,
    NAMED,
    NO_WORD,
    NOT_PLAIN,
    PCT,
    PER,
    SIEVE,
    SIGNS,
    SMALL,
    Ints,
    Longs,
    Marks,
    Signs,
    stems_of,
)

Flags = NDArray[np.uint8]
_FIRST: Final = np.zeros(1, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Sentence i has stems[bounds[i]:bounds[i + 1]], read from the chunks `origins`; `headline` are the headline's.

    `named`: 1 where the sentence writes the stem as a name, 2 for all of a sentence whose names Python has to tell.
    """

    stems: Longs
    origins: Ints
    named: Flags
    bounds: Ints
    headline: Longs


@lru_cache(maxsize=1024)
def ground(passage: Passage) -> Ground:
    read = [_read(set_, kept) for set_, kept in passage.galleys]
    headline = _headline(passage.headline)
    if len(read) == 1:
        return Ground(*read[0], headline)
    stems, origins, named, _ = map(np.concatenate, zip(*read, strict=True))
    before = np.cumsum([0, *(len(each[0]) for each in read[:-1])])
    ends = [each[3][1:] + start for each, start in zip(read, before.tolist(), strict=True)]
    return Ground(stems, origins, named, np.concatenate([read[0][3][:1], *ends]).astype(np.int32), headline)


@lru_cache(maxsize=1024)
def _headline(text: str) -> Longs:
    signs = signs_of(text)
    plain, found = _plain(signs, SIGNS, CRC, SIEVE, KEYS, CODES, PER, PCT)
    if plain and len(signs) == len(text):
        return found
    set_ = galley(text, WHOLE, 1)
    return _read(set_, _FIRST[: len(set_.sentences)])[0]


@compiled
def _plain(
    signs: Signs, what: Marks, crc: Hashes, sieve: Bytes, keys: Hashes, codes: Longs, per: int, pct: int
) -> tuple[bool, Longs]:
    """Whether all chunks of a text are plain, and its stems then."""
    _, stems = chunks_of(signs, False, what, crc, sieve, keys, codes)
    for stem in stems:
        if stem <= NOT_PLAIN:
            return False, stems[:0]
    kept, end = np.zeros(1, np.int32), np.full(1, len(stems), np.int32)
    return True, _compose(stems, end, kept, stems[:0], kept[:0], per, pct)[0]


def _read(set_: Galley, kept: Ints) -> tuple[Longs, Ints, Flags, Ints]:
    said = [stems_of(chunk) for chunk in set_.others]
    more = np.frombuffer(b"".join(said), np.int64)
    counts = np.array([len(one) // 8 for one in said], np.int32)
    return _compose(set_.stems, set_.ends, kept, more, counts, PER, PCT)


@compiled
def _compose(
    stems: Longs, chunks: Ints, kept: Ints, more: Longs, counts: Ints, per: int, pct: int
) -> tuple[Longs, Ints, Flags, Ints]:
    """The stems of the other chunks put where they belong, then each sentence's distinct ones."""
    whole, from_, ends = _stitched(stems, chunks, more, counts)
    out, origins = np.empty(len(whole), np.int64), np.empty(len(whole), np.int32)
    named = np.zeros(len(whole), np.uint8)
    bounds = np.zeros(len(kept) + 1, np.int32)
    size = _slots(len(whole))
    slots = np.full(size, -1, np.int32)  # the place of a stem in `out`
    for number in range(len(kept)):
        at = int(kept[number])
        begin = int(ends[at - 1]) if at else 0
        until = _joined(whole, from_, begin, int(ends[at]), per, pct)
        opens = int(chunks[at - 1]) if at else 0
        bounds[number + 1] = _distinct(
            whole, from_, begin, until, opens, out, origins, named, int(bounds[number]), slots
        )
    end = bounds[-1]
    return out[:end].copy(), origins[:end].copy(), named[:end].copy(), bounds


@compiled
def _stitched(stems: Longs, chunks: Ints, more: Longs, counts: Ints) -> tuple[Longs, Ints, Ints]:
    """All stems in order, the chunk of each, and where each sentence ends among them."""
    whole, ends = np.empty(len(stems) + len(more), np.int64), np.empty(len(chunks), np.int32)
    from_ = np.empty(len(whole), np.int32)
    size = used = other = at = 0
    for number in range(len(chunks)):
        while at < chunks[number]:
            if stems[at] <= NOT_PLAIN:
                doubt = MAY_BE_NAME if stems[at] == NAME_NOT_PLAIN else 0
                for _ in range(int(counts[other])):
                    whole[size], from_[size] = int(more[used]) | doubt, at
                    size, used = size + 1, used + 1
                other += 1
            elif stems[at] != NO_WORD:
                whole[size], from_[size] = stems[at], at
                size += 1
            at += 1
        ends[number] = size
    return whole, from_, ends


@compiled
def _joined(whole: Longs, from_: Ints, begin: int, end: int, per: int, pct: int) -> int:
    """`per cent` is one word. Returns where the words end then."""
    size = begin
    for at in range(begin, end):
        if int(whole[at]) & CENT and size > begin and int(whole[size - 1]) & ~NAMED == per:
            doubt = MAY_BE_NAME if (int(whole[size - 1]) | int(whole[at])) & NAMED else 0
            whole[size - 1] = pct | doubt
        else:
            whole[size], from_[size] = int(whole[at]) & ~CENT, from_[at]
            size += 1
    return size


@compiled
def _distinct(
    whole: Longs,
    from_: Ints,
    begin: int,
    end: int,
    opens: int,
    out: Longs,
    origins: Ints,
    named: Flags,
    size: int,
    slots: Ints,
) -> int:
    """Each once, small words left out unless there is nothing else; no name opens a sentence, which the chunk `opens`
    does. Returns where the next sentence begins."""
    small, first, doubt = True, size, False
    for at in range(begin, end):
        small = small and bool(int(whole[at]) & SMALL)
    for at in range(begin, end):
        written = int(whole[at])
        if written & SMALL and not small:
            continue
        code = written & ~(SMALL | NAMED)
        slot = code & (len(slots) - 1)
        while slots[slot] >= first and out[slots[slot]] != code:
            slot = (slot + 1) & (len(slots) - 1)
        if slots[slot] < first:
            slots[slot], out[size], origins[size], named[size] = size, code, from_[at], 0
            size += 1
        if from_[at] != opens and written & NAMED:
            named[slots[slot]] = 1
            doubt = doubt or bool(written & MAY_BE_NAME)
    if doubt:
        named[first:size] = 2
    return size


@compiled
def _slots(size: int) -> int:
    """A power of two, twice as many at least."""
    slots = 16
    while slots < 2 * size:
        slots *= 2
    return slots
