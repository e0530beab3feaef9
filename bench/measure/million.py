"""A window as large as asked for: real items at its end, and before them fingerprints of translated ones.

A translation gives every word but the commonest another code, so that a text keeps its length, its repetitions and
its small words, and is about something else. Nothing is measured here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from stream.core.fingerprint import Fingerprint, of_codes
from stream.core.index import ALWAYS, Index
from stream.core.scan import PLAIN, Codes

SMALL = 150  # the commonest words stay as they are
FOREVER = -ALWAYS


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


def fill(index: Index, prints: Sequence[Fingerprint], count: int, seed: int) -> None:
    """Members before the first real one: their decision numbers are negative."""
    for number, one in enumerate(translated(prints, count, seed), start=-count):
        index.add(number, FOREVER, one)
