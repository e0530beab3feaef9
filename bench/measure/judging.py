"""Deciding at ten thousand and at a million: from fingerprint to events, on normalised items of 2.4 KB. Nothing is tuned.

Each window is a process of its own with the same last items, real ones of the made-up wire, and the same probes; what
stands before them in the large window are their translations (million.py).
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import mean
from time import perf_counter_ns, thread_time_ns

from bench.measure.figures import Figure, middle, percentile, tell
from bench.measure.million import fill
from bench.measure.others import others
from bench.measure.sizes import walk
from bench.measure.sought import sought
from bench.measure.window import join
from bench.measure.wires import ORDINARY, SETTINGS, Sent, admitted, sent
from stream.core.desk import decide
from stream.core.fingerprint import fingerprint
from stream.core.index import Index
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.story import Ref

SEED = 24
AT_ONCE = 200  # items on one layer, as the worker has them
TURNS = 5  # each window decides so many of the probes before the other has its turn
SOUGHT = 60  # probes that are also sought by brute force


@dataclass(frozen=True, slots=True)
class Sizes:
    real: int
    large: int
    probes: int


FULL, QUICK = Sizes(10_000, 1_000_000, 3_000), Sizes(400, 4_000, 200)


@dataclass(frozen=True, slots=True)
class Found:
    """What a window says of itself. Recall: of the members that brute force with the same verify finds, the share that
    the candidates held."""

    members: int
    index_bytes: int
    text_bytes: int
    rebuilt: float  # members a second
    asked: int
    true: int
    held: int


def judging(quick: bool) -> list[Figure]:
    sizes = QUICK if quick else FULL
    with _window(sizes, 0) as small, _window(sizes, sizes.large - sizes.real) as large:
        windows = {f"{sizes.real:,}": small, f"{sizes.large:,}": large}
        for window in windows.values():
            tell(f"judging: {window.recv()}")
        taken: dict[str, list[float]] = {name: [] for name in windows}
        for turn in range(TURNS):
            for name, window in windows.items():
                window.send(("decide", turn))
                taken[name] += window.recv()
        figures = [figure for name in windows for figure in _speeds(name, taken[name], sizes)]
        for name, window in windows.items():
            window.send(("tell", 0))
            figures += _found(name, window.recv())
    return [*figures, *others(reports(sizes.real + sizes.probes), sizes.probes // 10)]


def reports(count: int) -> list[Sent]:
    """Items of the made-up wire, of 2.0 to 2.8 KB."""
    ordinary = (one for one in sent(SEED) if ORDINARY[0] <= len(one.raw) <= ORDINARY[1])
    return list(islice(ordinary, count))


@contextmanager
def _window(sizes: Sizes, translated: int) -> Iterator[Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs, sizes, translated), daemon=True)
    child.start()
    theirs.close()
    try:
        yield ours
        ours.send(None)
    finally:
        child.join(5)
        child.kill()


def _serve(pipe: Connection, sizes: Sizes, translated: int) -> None:
    given = reports(sizes.real + sizes.probes)
    memory, items = _filled(given[: sizes.real], translated), [admitted(one) for one in given[sizes.real :]]
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 100)  # as the worker has it
    warm = items[: sizes.probes // 6]
    _decide(memory, warm)
    pipe.send(f"a window of {len(memory.index):,} members is filled")
    rest = items[len(warm) :]
    turn = len(rest) // TURNS
    while (order := pipe.recv()) is not None:
        what, which = order
        if what == "decide":
            pipe.send(_decide(memory, rest[which * turn : (which + 1) * turn]))
        else:
            pipe.send(_tell(memory, rest[-SOUGHT:]))


def _filled(given: Sequence[Sent], translated: int) -> Memory:
    memory = Memory("en", SETTINGS.story_life)
    items = [admitted(one) for one in given]
    if translated:
        fill(memory.index, [fingerprint(item) for item in items], translated, SEED)
    stories: dict[str, Ref] = {}
    for one, item in zip(given, items, strict=True):
        join(memory, item, one, stories)
    return memory


def _decide(memory: Memory, items: Sequence[Item]) -> list[float]:
    """Microseconds of each decision, the layers' part in it."""
    each: list[float] = []
    for start in range(0, len(items), AT_ONCE):
        part = items[start : start + AT_ONCE]
        layer = memory.layer()
        taken = [_timed(layer, item) for item in part]
        begin = thread_time_ns()
        layer.join()
        share = (thread_time_ns() - begin) / len(part)
        each += [(ns + share) / 1_000 for ns in taken]
    return each


def _timed(layer: Memory, item: Item) -> int:
    begin = thread_time_ns()
    decide(layer, item)
    return thread_time_ns() - begin


def _tell(memory: Memory, probes: Sequence[Item]) -> Found:
    true, held = sought(memory, probes)
    index = memory.index
    texts = [m.item.text for story in memory.open_stories() for m in story.members]
    begin = perf_counter_ns()
    again = Index.read(index.written())
    seconds = (perf_counter_ns() - begin) / 1e9
    assert len(again) == len(index)
    return Found(
        members=len(index),
        index_bytes=index.held,
        text_bytes=round(walk(texts, set()) / max(1, len(texts))),
        rebuilt=len(index) / seconds,
        asked=len(probes),
        true=true,
        held=held,
    )


def _speeds(window: str, each: list[float], sizes: Sizes) -> Iterator[Figure]:
    fewest = 6_000 if window == f"{sizes.real:,}" else 5_000
    rate, p99 = 1e6 / mean(each), percentile(each, 99)
    what = f"window of {window}"
    note = f"{len(each):,} items, layers in it"
    yield Figure("judging", f"decide, {what}", rate, "items/s", f"≥ {fewest:,}", rate >= fewest, note)
    yield Figure("judging", f"p50, {what}", middle(each), "µs")
    yield Figure("judging", f"p99, {what}", p99, "µs", "< 1,000", p99 < 1_000)


def _found(window: str, found: Found) -> Iterator[Figure]:
    what = f"window of {window}"
    each = found.index_bytes / found.members
    recall = found.held / found.true if found.true else 1.0
    note = f"{found.true} members match {found.asked} probes by brute force with the same verify"
    yield Figure("judging", f"recall of candidates, {what}", recall, "", "≥ 0.995", recall >= 0.995, note)
    yield Figure("judging", f"index and verification, {what}", each, "bytes/item", "≤ 2,560", each <= 2_560)
    yield Figure("judging", f"a kept text, {what}", found.text_bytes, "bytes", note="apart")
    rebuilt = found.rebuilt
    yield Figure(
        "judging", f"rebuild, {what}", rebuilt, "items/s", "≥ 150,000", rebuilt >= 150_000, "from its arrays"
    )
