"""The core at several windows: speed, and memory per item. The windows take turns, so that noise meets all alike."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure.figures import Figure, at_most, middle, percentile, tell
from bench.measure.window import Block, Filled, Order, put, window
from bench.measure.wires import sent

FLAT = 1.5
TURN = 200  # items that one window decides before the next has its turn
WALKED = 10_000  # stories: above it a walk over all objects takes minutes


@dataclass(slots=True)
class Held:
    """A window in its child process, and what it has done."""

    stories: int
    pipe: Connection
    filled: Filled | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def each(self) -> list[float]:
        """Microseconds of every decision."""
        return [ns / 1_000 for block in self.blocks for ns in block.each]

    @property
    def whole(self) -> float:
        """Median microseconds per item of a block, layers and all."""
        return middle([block.whole / 1_000 / len(block.each) for block in self.blocks])


def core(quick: bool) -> list[Figure]:
    windows, probes = ((400, 1_500), 400) if quick else ((1_000, 10_000, 100_000), 2_000)
    with TemporaryDirectory(prefix="slugline-bench-") as folder, ExitStack() as children:
        orders = _write(Path(folder) / "wire", windows, probes)
        held = [children.enter_context(_child(stories, order)) for stories, order in orders.items()]
        for one in held:
            one.filled = one.pipe.recv()
            tell(f"core: a window of {one.stories:,} stories is filled ({one.filled.items:,} items)")
        for _ in range(0, probes, TURN):
            for one in held:
                one.pipe.send(TURN)
                one.blocks.append(one.pipe.recv())
    return [*_speeds(held), *_memory(held)]


def _write(path: Path, windows: tuple[int, ...], probes: int) -> dict[int, Order]:
    """The wire as a file: every window is the last so many stories before the same probes."""
    tell(f"core: a wire of {max(windows):,} stories is written")
    firsts: list[int] = []
    stream = sent(1987)
    with path.open("wb") as file:
        while len(firsts) <= max(windows):
            one = next(stream)
            if one.first:
                firsts.append(file.tell())
            file.write(put(one))
        probe = file.tell()
        file.writelines(map(put, islice(stream, probes)))
    return {stories: Order(path, firsts[-stories], probe, stories <= WALKED) for stories in windows}


@contextmanager
def _child(stories: int, order: Order) -> Iterator[Held]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=window, args=(order, theirs), daemon=True)
    child.start()
    theirs.close()  # a child that dies is an EOFError here
    try:
        yield Held(stories, ours)
        ours.send(None)
    finally:
        child.join(5)
        child.kill()


def _speeds(held: list[Held]) -> Iterator[Figure]:
    for one in held:
        what = f"window of {one.stories:,} stories"
        count = len(one.each)
        yield Figure("core", f"decide, {what}", 1e6 / one.whole, "items/s", note=f"{count:,} items decided")
        yield Figure("core", f"p50, {what}", percentile(one.each, 50), "µs")
        yield Figure("core", f"p99, {what}", percentile(one.each, 99), "µs")
        assert one.filled is not None
        yield Figure("core", f"a full garbage collection, {what}", one.filled.collection * 1_000, "ms")
    small, large = held[0], held[-1]
    said = f"{large.stories:,} against {small.stories:,} stories"
    told = [block.told / 1_000 / len(block.each) for one in held for block in one.blocks]
    yield at_most("core", f"time per item, {said}", large.whole / small.whole, FLAT)
    for percent in (50, 99):
        ratio = percentile(large.each, percent) / percentile(small.each, percent)
        yield at_most("core", f"p{percent}, {said}", ratio, FLAT)
    yield Figure("core", "write out events, state and record", middle(told), "µs", note="per item, as JSON")


def _memory(held: list[Held]) -> Iterator[Figure]:
    for one in held:
        assert one.filled is not None
        what, items = f"window of {one.stories:,} stories", one.filled.items
        yield Figure("memory", f"resident, {what}", one.filled.grown / items / 1_024, "KiB/item")
        if walked := one.filled.sizes:
            parts = {
                "index": walked.index,
                "stories, decisions, places": walked.stories + walked.places,
                "kept texts": walked.texts,
            }
            for part, size in parts.items():
                yield Figure("memory", f"{part}, {what}", size / items / 1_024, "KiB/item", note="walked")
    kept = sum(b.kept_bytes for b in held[-1].blocks) / sum(len(b.each) for b in held[-1].blocks)
    yield Figure(
        "memory", "its record in the worker's table", kept / 1_024, "KiB/item", note="until its story closes"
    )
