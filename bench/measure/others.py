"""What others would do with the same items: every text by rapidfuzz, MinHash LSH by datasketch and by rensa."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from time import thread_time_ns
from typing import Any

from rapidfuzz import fuzz, process

from bench.measure.figures import Figure, tell
from bench.measure.wires import Sent, admitted
from bench.score.minhash import shingles

ALIKE, THRESHOLD, PERMUTATIONS = 70, 0.5, 128
Finder = Callable[[str], Sequence[int]]


def others(given: Sequence[Sent], probes: int) -> Iterator[Figure]:
    """Each finds what an item re-issues among those before it; the wire says what is right."""
    items = [(one.root, admitted(one).text) for one in given]
    window, asked = items[: -probes or None], items[-probes:]
    for name, finder in (
        ("rapidfuzz, every text", _rapidfuzz),
        ("datasketch", _datasketch),
        ("rensa", _rensa),
    ):
        if name != "rapidfuzz, every text" and not find_spec(name):
            tell(f"judging: {name} is not installed, and left out")
            continue
        tell(f"judging: {name} on {len(window):,} items")
        find = finder([text for _, text in window])
        yield from _figures(name, find, window, asked)


def _figures(
    name: str, find: Finder, window: list[tuple[str, str]], asked: list[tuple[str, str]]
) -> Iterator[Figure]:
    roots = {root for root, _ in window}
    begin = thread_time_ns()
    found = [[window[at][0] for at in find(text)] for _, text in asked]
    seconds = (thread_time_ns() - begin) / 1e9
    again = [(root, names) for (root, _), names in zip(asked, found, strict=True) if root in roots]
    right = sum(root in names for root, names in again)
    note = f"finds {right} of {len(again)} re-issues; {len(window):,} items"
    yield Figure("judging", f"beside it: {name}", len(asked) / seconds, "items/s", note=note)


def _rapidfuzz(texts: list[str]) -> Finder:
    def find(text: str) -> Sequence[int]:
        best = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return [best[2]] if best else []

    return find


def _datasketch(texts: list[str]) -> Finder:
    datasketch = import_module("datasketch")
    index = datasketch.MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)

    def sketch(text: str) -> Any:
        made = datasketch.MinHash(num_perm=PERMUTATIONS)
        made.update_batch(shingles(text))
        return made

    for at, text in enumerate(texts):
        index.insert(at, sketch(text))
    return lambda text: list(index.query(sketch(text)))


def _rensa(texts: list[str]) -> Finder:
    rensa = import_module("rensa")
    index = rensa.RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)

    def sketch(text: str) -> Any:
        made = rensa.RMinHash(num_perm=PERMUTATIONS, seed=1)
        made.update([shingle.decode() for shingle in shingles(text)])
        return made

    for at, text in enumerate(texts):
        index.insert(at, sketch(text))
    return lambda text: list(index.query(sketch(text)))
