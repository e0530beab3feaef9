"""Kernels that find a query's members in the tables and put the likeliest first. Nothing is kept here.

A query walks every generation, the newest first, with the same `depths` and `found`; rows are counted over all of them.
"""

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.fingerprint import SMALL_WORDS
from stream.core.generation import FIRST, Codes, Ints, Keys, Longs, Postings, parts_of
from stream.core.scan import PLAIN

UNIT = 10_000
Bits = NDArray[np.uint8]

SCREENED = 5  # numbers that `screen` tells of a row
_POSTINGS_A_LINE, _WORDS_A_LINE = 5, 32  # of memory, as it is read


@compiled
def gather(
    asked: Keys,
    postings: Postings,
    heads: Keys,
    untils: Longs,
    now: int,
    every: bool,
    base: int,
    deepest: int,
    depths: Ints,
    found: Ints,
) -> int:
    """Adds to found[i] the living rows that have the key asked[i], newest first, each plus `base`, up to `deepest`.

    `every`: all of them live. All keys take a step in turn, so that memory is asked for many postings at once. Returns
    how many were read.
    """
    keys, places = np.empty(len(asked) + 1, np.int32), np.empty(len(asked) + 1, np.uint32)
    seen = np.empty((len(asked), 3), np.uint32)
    left, read = _begun(asked, heads, deepest, depths, keys, places), 0
    while left:
        read += left
        for each in range(left):
            at = int(places[each]) - 1
            seen[each, 0], seen[each, 1], seen[each, 2] = postings[at, 0], postings[at, 1], postings[at, 2]
        kept = 0
        for each in range(left):
            i, row = int(keys[each]), int(seen[each, 1])
            depth = int(depths[i])
            found[i * deepest + depth] = base + row
            same = 1 if int(seen[each, 0]) == int(asked[i]) else 0
            depth += same if every or int(untils[row]) >= now else 0
            depths[i] = depth
            keys[kept], places[kept] = i, seen[each, 2]
            kept += 1 if places[kept] and depth < deepest else 0
        left = kept
    return read


@compiled
def _begun(asked: Keys, heads: Keys, deepest: int, depths: Ints, keys: Ints, places: Keys) -> int:
    """The keys that want more rows, each with the newest posting of its slot; returns how many."""
    for i in range(len(asked)):
        places[i] = heads[int(asked[i]) & (len(heads) - 1)]
    left = 0
    for i in range(len(asked)):
        keys[left], places[left] = i, places[i]
        left += 1 if places[left] and depths[i] < deepest else 0
    return left


@compiled
def rank(depths: Ints, found: Ints, deepest: int, whole: int, best: Longs) -> tuple[int, int]:
    """Fills `best` with the rows that have the rarest and most keys, the newer first among equals; returns how many, and
    the oldest of them.

    A key weighs `whole` over the rows that were found to have it.
    """
    total = 0
    for i in range(len(depths)):
        total += int(depths[i])
    size = 64
    while size < 2 * total:
        size *= 2
    rows, weights = np.full(size, -1, np.int32), np.empty(size, np.int64)
    used, count = np.empty(total, np.int32), 0  # the places in the table that are taken
    for i in range(len(depths)):
        if depths[i]:
            weight = whole // int(depths[i])
            for at in range(i * deepest, i * deepest + int(depths[i])):
                row = int(found[at])
                slot = (row * 0x9E3779B1) & (size - 1)
                while rows[slot] != row and rows[slot] != -1:
                    slot = (slot + 1) & (size - 1)
                if rows[slot] == -1:
                    rows[slot], weights[slot], used[count] = row, 0, slot
                    count += 1
                weights[slot] += weight
    kept, oldest = _best(used[:count], rows, weights, best), 0x7FFFFFFF
    for at in range(kept):
        oldest = min(oldest, int(best[at]))
    return kept, oldest


@compiled
def _best(used: Ints, rows: Ints, weights: Longs, best: Longs) -> int:
    """The first of the table by weight, then row, by insertion: there are few to keep."""
    ranks = np.empty(len(best), np.int64)
    kept = 0
    for slot in used:
        value = int(weights[slot]) * 0x80000000 + int(rows[slot])
        if kept == len(best) and value < int(ranks[kept - 1]):
            continue
        at = kept if kept < len(best) else kept - 1
        kept = min(kept + 1, len(best))
        while at > 0 and int(ranks[at - 1]) < value:
            ranks[at] = ranks[at - 1]
            best[at] = best[at - 1]
            at -= 1
        ranks[at] = value
        best[at] = rows[slot]
    return kept


@compiled
def share(
    asked: Keys,
    postings: Postings,
    lies: Ints,
    base: int,
    count: int,
    best: Longs,
    after: int,
    few: int,
    fewest: int,
    shares: Longs,
) -> None:
    """What share of the keys of the one with fewer the best rows from `after` on have, of those that lie in this
    generation, have `few` at most, and share `fewest`."""
    for each in range(after, len(shares)):
        row = int(best[each]) - base
        if 0 <= row < count:
            first, last = int(lies[row, FIRST]), int(lies[row + 1, FIRST])
            shared = _both(asked, postings[first:last]) if last - first <= few else 0
            if shared >= fewest:
                shares[each] = shared * UNIT // max(1, min(last - first, len(asked)))


@compiled
def bring_forward(best: Longs, shares: Longs, after: int, most: int) -> int:
    """Moves to `after` those from there on with the largest shares, the newest first among equals, up to `most`; returns
    where they end."""
    for to in range(after, min(after + most, len(shares))):
        first = to
        for each in range(to + 1, len(shares)):
            more = shares[each] > shares[first]
            if more or (shares[each] == shares[first] and best[each] > best[first]):
                first = each
        if not shares[first]:
            return to
        best[to], best[first] = best[first], best[to]
        shares[to], shares[first] = shares[first], shares[to]
    return min(after + most, len(shares))


@compiled
def screen(
    asked: Keys,
    codes: Codes,
    lede: int,
    postings: Postings,
    words: Codes,
    lies: Ints,
    base: int,
    count: int,
    best: Longs,
    told: Ints,
) -> int:
    """Tells of each of the best rows that lies in this generation: its place, how many keys it shares, their share in
    parts of `UNIT` of those of the one with fewer, how many words its text has, and whether its lede says no figure, and no
    word of its headline, that the new item lacks. Returns what `_fetch` does."""
    near, marks = _fetch(postings, words, lies, base, count, lede, best[: len(told)]), _marked(codes)
    for each in range(len(told)):
        row = int(best[each]) - base
        if 0 <= row < count:
            start, text, end = parts_of(lies, row)
            first, last = int(lies[row, FIRST]), int(lies[row + 1, FIRST])
            shared = _both(asked, postings[first:last])
            told[each, 0], told[each, 1] = best[each], shared
            told[each, 2] = shared * UNIT // max(1, min(last - first, len(asked)))
            told[each, 3] = end - text
            told[each, 4] = (
                1 if _carried(words[start:text], words[text : min(end, text + lede)], marks) else 0
            )
    return near


@compiled
def _fetch(
    postings: Postings, words: Codes, lies: Ints, base: int, count: int, lede: int, best: Longs
) -> int:
    """Where the keys and the words of each row lie is asked of memory before one is read, and they are, before they are
    compared: each by itself was waited for. Returns a sum of what was read, which says nothing, so that it is read."""
    near = 0
    for each in range(len(best)):
        row = int(best[each]) - base
        near += int(lies[row, FIRST]) if 0 <= row < count else 0
    for each in range(len(best)):
        row = int(best[each]) - base
        if 0 <= row < count:
            for at in range(int(lies[row, FIRST]), int(lies[row + 1, FIRST]), _POSTINGS_A_LINE):
                near += int(postings[at, 0])
            start, text, end = parts_of(lies, row)
            for at in range(start, min(end, text + lede), _WORDS_A_LINE):
                near += int(words[at])
    return near


@compiled
def worth(told: Ints, has_text: bool, unlikely: int, few: int) -> int:
    """Moves to the front those that any rule may ask for: what has no text, a share that is not unlikely, or a lede that
    may be carried. Returns how many."""
    kept = 0
    for each in range(len(told)):
        likely = told[each, 2] >= unlikely or not (told[each, 3] and has_text)
        if likely or (told[each, 4] and told[each, 1] >= few):
            for at in range(told.shape[1]):
                told[kept, at] = told[each, at]
            kept += 1
    return kept


@compiled
def _marked(codes: Codes) -> Bits:
    """Whether an item says a word, a bit for each code: few lines of memory."""
    marks = np.zeros(1 << 13, np.uint8)
    for at in range(len(codes)):
        code = int(codes[at])
        marks[code >> 3] = int(marks[code >> 3]) | (1 << (code & 7))
    return marks


@compiled
def _carried(title: Codes, lede: Codes, marks: Bits) -> bool:
    for at in range(len(lede)):
        code = int(lede[at])
        if not int(marks[code >> 3]) >> (code & 7) & 1:
            if code >= PLAIN:
                return False
            if not SMALL_WORDS[code]:
                for other in range(len(title)):
                    if title[other] == code:
                        return False
    return True


@compiled
def _both(asked: Keys, postings: Postings) -> int:
    """How many keys are in both of two sorted runs."""
    i = j = both = 0
    while i < len(asked) and j < len(postings):
        new, old = int(asked[i]), int(postings[j, 0])
        both += 1 if new == old else 0
        i += 1 if new <= old else 0
        j += 1 if new >= old else 0
    return both
