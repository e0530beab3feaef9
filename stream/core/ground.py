"""A passage as numbers to be searched: the stems of each sentence, each once. No other text enters."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from stream.core.compiled import compiled
from stream.core.content import content
from stream.core.galley import Galley
from stream.core.passage import Passage
from stream.core.stems import (
    CENT,
    NO_WORD,
    NOT_PLAIN,
    PCT,
    PER,
    SMALL,
    Ints,
    Longs,
    stem_code,
    stems_of,
)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Sentence i has stems[bounds[i]:bounds[i + 1]], read from the chunks `origins`; `headline` are the headline's."""

    stems: Longs
    origins: Ints
    bounds: Ints
    headline: Longs


@lru_cache(maxsize=1024)
def ground(passage: Passage) -> Ground:
    read = [_read(set_, kept) for set_, kept in passage.galleys]
    headline = _headline(passage.headline)
    if len(read) == 1:
        return Ground(*read[0], headline)
    stems, origins = (np.concatenate([each[part] for each in read]) for part in (0, 1))
    before = np.cumsum([0, *(len(each[0]) for each in read[:-1])])
    ends = [each[2][1:] + start for each, start in zip(read, before.tolist(), strict=True)]
    return Ground(stems, origins, np.concatenate([read[0][2][:1], *ends]).astype(np.int32), headline)


@lru_cache(maxsize=1024)
def _headline(text: str) -> Longs:
    return np.array(list(map(stem_code, content(text))), np.int64)


def _read(set_: Galley, kept: Ints) -> tuple[Longs, Ints, Ints]:
    said = [stems_of(chunk) for chunk in set_.others]
    more = np.frombuffer(b"".join(said), np.int64)
    counts = np.array([len(one) // 8 for one in said], np.int32)
    return _compose(set_.stems, set_.ends, kept, more, counts, PER, PCT)


@compiled
def _compose(
    stems: Longs, chunks: Ints, kept: Ints, more: Longs, counts: Ints, per: int, pct: int
) -> tuple[Longs, Ints, Ints]:
    """The stems of the other chunks put where they belong, then each sentence's distinct ones."""
    whole, from_, ends = _stitched(stems, chunks, more, counts)
    out, origins = np.empty(len(whole), np.int64), np.empty(len(whole), np.int32)
    bounds = np.zeros(len(kept) + 1, np.int32)
    size = _slots(len(whole))
    seen, slots = np.full(size, -1, np.int64), np.empty(size, np.int64)
    for number in range(len(kept)):
        at = int(kept[number])
        begin = int(ends[at - 1]) if at else 0
        until = _joined(whole, from_, begin, int(ends[at]), per, pct)
        bounds[number + 1] = _distinct(
            whole, from_, begin, until, number, out, origins, int(bounds[number]), seen, slots
        )
    return out[: bounds[-1]].copy(), origins[: bounds[-1]].copy(), bounds


@compiled
def _stitched(stems: Longs, chunks: Ints, more: Longs, counts: Ints) -> tuple[Longs, Ints, Ints]:
    """All stems in order, the chunk of each, and where each sentence ends among them."""
    whole, ends = np.empty(len(stems) + len(more), np.int64), np.empty(len(chunks), np.int32)
    from_ = np.empty(len(whole), np.int32)
    size = used = other = at = 0
    for number in range(len(chunks)):
        while at < chunks[number]:
            if stems[at] == NOT_PLAIN:
                for _ in range(int(counts[other])):
                    whole[size], from_[size] = more[used], at
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
        if int(whole[at]) & CENT and size > begin and int(whole[size - 1]) == per:
            whole[size - 1] = pct
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
    number: int,
    out: Longs,
    origins: Ints,
    size: int,
    seen: Longs,
    slots: Longs,
) -> int:
    """Each once, small words left out unless there is nothing else. Returns where the next sentence begins."""
    small = True
    for at in range(begin, end):
        small = small and bool(int(whole[at]) & SMALL)
    for at in range(begin, end):
        code = int(whole[at])
        if code & SMALL and not small:
            continue
        code &= ~SMALL
        slot = code & (len(seen) - 1)
        while seen[slot] == number and slots[slot] != code:
            slot = (slot + 1) & (len(seen) - 1)
        if seen[slot] != number:
            seen[slot], slots[slot] = number, code
            out[size], origins[size] = code, from_[at]
            size += 1
    return size


@compiled
def _slots(size: int) -> int:
    """A power of two, twice as many at least."""
    slots = 16
    while slots < 2 * size:
        slots *= 2
    return slots
