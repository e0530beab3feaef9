"""The words on the morgue's shelves: found by hash, kept while a living story stands under them. No story enters.

Words stand in buckets, which are parted in two one after the other as words come, so that no item waits for all.
"""

from stream.core.compiled import compiled
from stream.core.rarity import RARITY_BITS
from stream.core.shelves import (
    FREE_WORD,
    MASK,
    SPLIT,
    WORD_HASH,
    WORD_NEWEST,
    WORD_NEXT,
    WORDS,
    Shelves,
    put_bucket,
    put_counter,
    put_word,
)


@compiled
def find_word(on: Shelves, word: int) -> int:
    """The row of a word that a living story stands under; -1 where none does."""
    row = int(on.buckets[bucket(on, word)]) - 1
    while row >= 0 and on.words[row, WORD_HASH] != word:
        row = int(on.words[row, WORD_NEXT]) - 1
    return row


@compiled
def bucket(on: Shelves, word: int) -> int:
    """Linear hashing (Litwin 1980): buckets below SPLIT have been parted in two, one bit more of the hash tells which."""
    mask, told = int(on.counters[MASK]), word >> RARITY_BITS
    at = told & mask
    return told & (2 * mask + 1) if at < on.counters[SPLIT] else at


@compiled
def new_word(on: Shelves, word: int) -> int:
    row = int(on.counters[FREE_WORD]) - 1
    if row >= 0:
        put_counter(on, FREE_WORD, int(on.words[row, WORD_NEXT]))
    else:
        row = int(on.counters[WORDS])
        put_counter(on, WORDS, row + 1)
    at = bucket(on, word)
    put_word(on, row, WORD_HASH, word)
    put_word(on, row, WORD_NEXT, int(on.buckets[at]))
    put_word(on, row, WORD_NEWEST, 0)
    put_bucket(on, at, row + 1)
    return row


@compiled
def forget_word(on: Shelves, row: int) -> None:
    """No living story stands under it."""
    at = bucket(on, int(on.words[row, WORD_HASH]))
    after = int(on.words[row, WORD_NEXT])
    other = int(on.buckets[at]) - 1
    if other == row:
        put_bucket(on, at, after)
    else:
        while int(on.words[other, WORD_NEXT]) - 1 != row:
            other = int(on.words[other, WORD_NEXT]) - 1
        put_word(on, other, WORD_NEXT, after)
    put_word(on, row, WORD_NEXT, int(on.counters[FREE_WORD]))
    put_counter(on, FREE_WORD, row + 1)


@compiled
def part_buckets(on: Shelves, most: int) -> None:
    """Parts the next buckets in two until there are as many as words; only while no batch is open."""
    counters = on.counters
    for _ in range(most):
        mask, split = int(counters[MASK]), int(counters[SPLIT])
        if mask + 1 + split >= counters[WORDS] or 2 * mask + 2 > len(on.buckets):
            return
        row, stay, go = int(on.buckets[split]) - 1, 0, 0
        while row >= 0:
            after = int(on.words[row, WORD_NEXT]) - 1
            if int(on.words[row, WORD_HASH]) >> RARITY_BITS & (mask + 1):
                on.words[row, WORD_NEXT], go = go, row + 1
            else:
                on.words[row, WORD_NEXT], stay = stay, row + 1
            row = after
        on.buckets[split], on.buckets[split + mask + 1] = stay, go
        counters[SPLIT] = split + 1
        if split == mask:
            counters[MASK], counters[SPLIT] = 2 * mask + 1, 0
