"""Deciding at ten thousand and at a million: from fingerprint to events, on normalised items of 2.4 KB. Nothing is tuned.

Each window is a process of its own with the same last items, real ones of the made-up wire, and the same probes; what
stands before them in the large window are their translations (million.py), in the index and in the morgue.

A re-issue costs several times what a first report does, so the share of them is told beside every speed. On the wire
of 1987 (Reuters-21578, its 11,769 items of 26 February to 31 March) the desk itself files 1,299, 11 %, as copies or
revisions; the made-up wire is set so that 12 % of the probes are. A third of them is a second figure.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import mean
from time import perf_counter_ns, thread_time_ns
from typing import Any

from bench.measure.figures import Figure, middle, percentile, tell
from bench.measure.million import fill
from bench.measure.others import others
from bench.measure.sizes import walk
from bench.measure.sought import sought
from bench.measure.window import join
from bench.measure.wires import ORDINARY, SETTINGS, Sent, admitted, sent
from stream.core.desk import decide
from stream.core.index import Index
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.story import Ref
from stream.garbage import look_seldom

SEED = 24
AT_ONCE = 200  # items on one layer, as the worker has them
TURNS = 5  # each window decides so many of the probes before the other has its turn
SOUGHT = 60  # probes that are also sought by brute force
# Shares of the whole wire. Of its items of 2.4 KB fewer are re-issues: briefs are shorter, wrap-ups longer.
REISSUES, MANY = 0.135, 0.36
LATER = "2026-02-01T00:00:00Z"  # the wire of many re-issues comes after the other, within a story's life


@dataclass(frozen=True, slots=True)
class Sizes:
    real: int
    large: int
    probes: int


FULL, QUICK = Sizes(10_000, 1_000_000, 3_000), Sizes(400, 4_000, 200)


@dataclass(frozen=True, slots=True)
class Timed:
    """A decision; `first`: its item re-issues nothing, as the wire says."""

    microseconds: float
    first: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a window says of itself. Recall: of the members that brute force with the same verify finds, the share that
    the candidates held."""

    members: int
    index_bytes: int
    morgue_bytes: int
    text_bytes: int
    rebuilt: float  # members a second
    filed: float  # members a second
    asked: int
    true: int
    held: int


def judging(quick: bool) -> list[Figure]:
    sizes = QUICK if quick else FULL
    with _window(sizes, 0) as small, _window(sizes, sizes.large - sizes.real) as large:
        windows = {f"{sizes.real:,}": small, f"{sizes.large:,}": large}
        for window in windows.values():
            tell(f"judging: {window.recv()}")
        figures = [
            figure for name, each in _turns(windows, "decide") for figure in _speeds(name, each, sizes)
        ]
        figures += [figure for name, each in _turns(windows, "many") for figure in _apart(name, each)]
        for name, window in windows.items():
            window.send(("tell", 0))
            figures += _found(name, window.recv())
    return [*figures, *others(reports(sizes.real + sizes.probes), sizes.probes // 10)]


def _turns(windows: Mapping[str, Connection], what: str) -> list[tuple[str, list[Timed]]]:
    """What each window took for its items; they take turns, so that noise meets all alike."""
    taken: dict[str, list[Timed]] = {name: [] for name in windows}
    for turn in range(TURNS):
        for name, window in windows.items():
            window.send((what, turn))
            taken[name] += window.recv()
    return list(taken.items())


def reports(count: int, seed: int = SEED, reissues: float = REISSUES, **settings: Any) -> list[Sent]:
    """Items of the made-up wire, of 2.0 to 2.8 KB."""
    wire = sent(seed, reissues=reissues, **settings)
    ordinary = (one for one in wire if ORDINARY[0] <= len(one.raw) <= ORDINARY[1])
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
    memory, filed = _filled(given[: sizes.real], translated)
    probes = [(admitted(one), one.first) for one in given[sizes.real :]]
    many = [(admitted(one), one.first) for one in reports(sizes.probes, SEED + 1, reissues=MANY, start=LATER)]
    gc.collect()
    gc.freeze()
    look_seldom()  # as the worker does
    warm = sizes.probes // 6
    _decide(memory, probes[:warm])
    pipe.send(f"a window of {len(memory.index):,} members is filled")
    while (order := pipe.recv()) is not None:
        what, which = order
        if what == "tell":
            pipe.send(_tell(memory, [item for item, _ in probes[-SOUGHT:]], filed))
            continue
        if what == "many" and which == 0:  # the stories that its items re-issue
            _decide(memory, many[: len(many) // 2])
        rest = probes[warm:] if what == "decide" else many[len(many) // 2 :]
        turn = len(rest) // TURNS
        pipe.send(_decide(memory, rest[which * turn : (which + 1) * turn]))


def _filled(given: Sequence[Sent], translated: int) -> tuple[Memory, float]:
    memory = Memory("en", SETTINGS.story_life)
    items = [admitted(one) for one in given]
    filed = fill(memory, items, translated, SEED) if translated else 0.0
    stories: dict[str, Ref] = {}
    for one, item in zip(given, items, strict=True):
        join(memory, item, one, stories)
    return memory, filed


def _decide(memory: Memory, items: Sequence[tuple[Item, bool]]) -> list[Timed]:
    """Each decision, the layers' part in it."""
    each: list[Timed] = []
    for start in range(0, len(items), AT_ONCE):
        part = items[start : start + AT_ONCE]
        layer = memory.layer()
        taken = [_timed(layer, item) for item, _ in part]
        begin = thread_time_ns()
        layer.join()
        share = (thread_time_ns() - begin) / len(part)
        each += [Timed((ns + share) / 1_000, first) for ns, (_, first) in zip(taken, part, strict=True)]
    return each


def _timed(layer: Memory, item: Item) -> int:
    begin = thread_time_ns()
    decide(layer, item)
    return thread_time_ns() - begin


def _tell(memory: Memory, probes: Sequence[Item], filed: float) -> Found:
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
        morgue_bytes=memory.morgue.bytes(),
        text_bytes=round(walk(texts, set()) / max(1, len(texts))),
        rebuilt=len(index) / seconds,
        filed=filed,
        asked=len(probes),
        true=true,
        held=held,
    )


def _speeds(window: str, timed: Sequence[Timed], sizes: Sizes) -> Iterator[Figure]:
    fewest = 6_000 if window == f"{sizes.real:,}" else 5_000
    each = [one.microseconds for one in timed]
    rate, p99 = 1e6 / mean(each), percentile(each, 99)
    what = f"window of {window}"
    note = f"{_said(timed)}, layers in it"
    yield Figure("judging", f"decide, {what}", rate, "items/s", f"≥ {fewest:,}", rate >= fewest, note)
    yield Figure("judging", f"p50, {what}", middle(each), "µs")
    yield Figure("judging", f"p99, {what}", p99, "µs", "< 1,000", p99 < 1_000)
    for name, first in (("a first report", True), ("a re-issue", False)):
        these = [one.microseconds for one in timed if one.first is first]
        yield Figure("judging", f"{name}, {what}", mean(these) if these else 0, "µs", note="on average")


def _apart(window: str, timed: Sequence[Timed]) -> Iterator[Figure]:
    rate = 1e6 / mean([one.microseconds for one in timed])
    yield Figure("judging", f"decide, many re-issues, window of {window}", rate, "items/s", note=_said(timed))


def _said(timed: Sequence[Timed]) -> str:
    again = sum(not one.first for one in timed)
    return f"{len(timed):,} items, {100 * again / len(timed):.0f} % of them re-issues"


def _found(window: str, found: Found) -> Iterator[Figure]:
    what = f"window of {window}"
    index, morgue = found.index_bytes / found.members, found.morgue_bytes / found.members
    each, parts = index + morgue, f"index {index:,.0f}, morgue {morgue:,.0f}"
    recall = found.held / found.true if found.true else 1.0
    note = f"{found.true} members match {found.asked} probes by brute force with the same verify"
    yield Figure("judging", f"recall of candidates, {what}", recall, "", "≥ 0.995", recall >= 0.995, note)
    yield Figure(
        "judging", f"index and verification, {what}", each, "bytes/item", "≤ 2,560", each <= 2_560, parts
    )
    yield Figure("judging", f"a kept text, {what}", found.text_bytes, "bytes", note="apart")
    rebuilt = found.rebuilt
    yield Figure(
        "judging", f"rebuild, {what}", rebuilt, "items/s", "≥ 150,000", rebuilt >= 150_000, "from its arrays"
    )
    if found.filed:
        yield Figure(
            "judging", f"filed in the morgue, {what}", found.filed, "items/s", note="apart, from terms"
        )
