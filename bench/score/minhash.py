"""The baseline of datasketch: MinHash of word triples in an LSH index. Where it is not installed it is left out."""

from collections.abc import Sequence
from importlib.util import find_spec

from bench.score.said import Entry, Said, one_grouping
from bench.score.tokens import words

MISSING = "datasketch is not installed"
PERMUTATIONS, THRESHOLD, TOGETHER = 128, 0.5, 3


def installed() -> bool:
    return find_spec("datasketch") is not None


def minhash(items: Sequence[Entry]) -> Said:
    """Each item joins the group of the most like it by estimated Jaccard, if the index gives it one near a half."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    sketches, groups = list[MinHash](), list[int]()
    for at, item in enumerate(items):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(shingles(item.text))
        near = sorted(index.query(sketch))  # the earliest of equals is taken
        groups.append(groups[max(near, key=lambda one: sketch.jaccard(sketches[one]))] if near else at)
        sketches.append(sketch)
        index.insert(at, sketch)
    return one_grouping(groups)


def shingles(text: str) -> list[bytes]:
    """Every three words in a row, once; all of them where there are fewer."""
    found = words(text)
    rows = max(len(found) - TOGETHER + 1, 1)
    return list(dict.fromkeys(" ".join(found[at : at + TOGETHER]).encode() for at in range(rows)))
