"""A window as large as asked for: real items at its end, and before them fingerprints and terms of translated ones.

A translation gives every word but the commonest another code, so that a text keeps its length, its repetitions and
its small words, and is about something else. Each is a story of its own. Nothing is judged here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from time import perf_counter_ns

import numpy as np

from stream.core.fingerprint import Fingerprint, fingerprint, of_codes
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.scan import PLAIN, Codes
from stream.core.terms import Terms, terms

SMALL = 150  # the commonest words stay as they are
KEPT_BITS = (
    7  # lowest of a term, which are not translated: what they say of a word is no matter of its spelling
)
TERM_BITS = 31
AT_ONCE = 1_000  # members filed between two looks at the clock


def translated(prints: Sequence[Fingerprint], count: int, seed: int) -> Iterator[Fingerprint]:
    """`count` fingerprints of texts that nobody wrote: each print in turn, in another translation every round."""
    rng, small = np.random.default_rng(seed), _commonest(prints)
    table = np.arange(1 << 16, dtype=np.uint16)
    for number in range(count):
        if number % len(prints) == 0:
            table[:PLAIN] = rng.permutation(PLAIN)
            table[small] = small
        one = prints[number % len(prints)]
        yield of_codes(table[one.codes], one.title_words, table[one.names], one.ts)


def _commonest(prints: Sequence[Fingerprint]) -> Codes:
    counted = Counter[int]()
    for one in prints[:500]:
        counted.update(one.codes.tolist())
    return np.array([code for code, _ in counted.most_common(SMALL) if code < PLAIN], np.uint16)


def translated_terms(known: Sequence[Terms], count: int, seed: int) -> Iterator[Terms]:
    """The same of what the items are known by: another hash for every term but the commonest."""
    rng = np.random.default_rng(seed)
    counted = Counter(word for one in known[:500] for word in one.words.tolist())
    common = np.array([word for word, _ in counted.most_common(SMALL)], np.int32)
    kept = [np.isin(one.words, common) for one in known]
    mask = 0
    for number in range(count):
        at = number % len(known)
        if at == 0:
            mask = int(rng.integers(1, 1 << (TERM_BITS - KEPT_BITS))) << KEPT_BITS
        one = known[at]
        yield replace(one, words=np.where(kept[at], one.words, one.words ^ np.int32(mask)))


def fill(memory: Memory, items: Sequence[Item], count: int, seed: int) -> float:
    """Members before the first real one: their decision numbers are negative. Returns how many a second the morgue
    files, once their terms are known."""
    until = max(item.ts for item in items) + memory.life
    for number, one in enumerate(translated([*map(fingerprint, items)], count, seed), start=-count):
        memory.index.add(number, until, one)
    every = enumerate(translated_terms([*map(terms, items)], count, seed), start=-count)
    taken = 0
    while some := list(islice(every, AT_ONCE)):
        begin = perf_counter_ns()
        for number, known_by in some:
            memory.morgue.file(f"{number + count:024x}", number, items[0].ts, until, known_by)
        taken += perf_counter_ns() - begin
    return count / (taken / 1e9)
