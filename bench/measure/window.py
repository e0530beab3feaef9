"""A window of stories in a process of its own: filled as recovery fills it, then asked to decide. Nothing is compared here."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import thread_time_ns
from typing import Any

from bench.measure.sizes import Sizes, resident, sizes
from bench.measure.wires import SETTINGS, Sent, admitted
from stream.core.codec import decode, encode
from stream.core.desk import Decided, decide, remember
from stream.core.engine import engine
from stream.core.events import binary
from stream.core.ids import digest
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.messages import state_json
from stream.core.record import Record, write
from stream.core.story import Decision, Ref

AT_ONCE = 200  # items on one layer, as the worker has them
WARM = 500  # items decided before the resident size is first read: modules, memos, allocator's arenas


@dataclass(frozen=True, slots=True)
class Order:
    """What a window is made of: the lines of a file from the byte `start`; those from `probe` on are decided."""

    path: Path
    start: int
    probe: int
    measured: bool  # sizes too: it takes long


@dataclass(frozen=True, slots=True)
class Filled:
    """`grown`: bytes of resident memory from the first `WARM` items to the last; `collection`: seconds that a full
    garbage collection takes then."""

    items: int
    stories: int
    grown: int
    collection: float
    sizes: Sizes | None


@dataclass(frozen=True, slots=True)
class Block:
    """Nanoseconds of processor time: of each decision, of the whole block, and of writing its messages out."""

    each: tuple[int, ...]
    whole: int
    told: int
    kept_bytes: int


def window(order: Order, pipe: Connection) -> None:
    """Runs in a child: fills, says so, then decides as many items as each request asks for, until None."""
    memory = Memory("en", SETTINGS.story_life)
    pipe.send(_fill(memory, order))
    probes = (admitted(one) for one in lines(order.path, order.probe, None))
    while (count := pipe.recv()) is not None:
        pipe.send(_decide(memory, [next(probes) for _ in range(count)]))


def _fill(memory: Memory, order: Order) -> Filled:
    stories: dict[str, Ref] = {}
    before, count = 0, 0
    gc.disable()  # it would take a third of the time; what is measured later runs with it
    for count, one in enumerate(lines(order.path, order.start, order.probe), start=1):
        join(memory, admitted(one), one, stories)
        if count == WARM:
            gc.collect()
            before = resident()
    gc.enable()
    begin = thread_time_ns()
    gc.collect()
    took = (thread_time_ns() - begin) / 1e9
    grown = resident() - before
    return Filled(count, len(memory.stories), grown, took, sizes(memory) if order.measured else None)


def join(memory: Memory, item: Item, one: Sent, stories: dict[str, Ref]) -> None:
    """What the desk would remember of the item, its story told by the wire: no time goes into judging it."""
    to = stories.get(one.root)
    stories.setdefault(one.root, Ref(item.id, item.source, item.identity))
    memory.advance(item.ts)
    remember(memory, Record(item, memory.number, _decision(one, to), True, (), ()))
    memory.number += 1


def _decision(one: Sent, to: Ref | None) -> Decision:
    story, family = digest("story", one.root)[:24], digest("family", one.root)[:24]
    if to is None:
        return Decision("first", story, family, "new", "no member of a living story is near enough", engine())
    return Decision(
        "revision",
        story,
        family,
        rule="same text",
        reason=f"rule same text: the words stand in the same order, as in {to.id}",
        engine=engine(),
        to=to,
        score=9_000,
        threshold=8_500,
        matched="some words that both of them have",
    )


def _decide(memory: Memory, items: list[Item]) -> Block:
    each: list[int] = []
    whole = told = kept = 0
    for start in range(0, len(items), AT_ONCE):
        begin = thread_time_ns()
        layer = memory.layer()
        decided = [_timed(layer, item, each) for item in items[start : start + AT_ONCE]]
        layer.join()
        end = thread_time_ns()
        kept += sum(map(tell_all, decided))
        whole, told = whole + end - begin, told + thread_time_ns() - end
    return Block(tuple(each), whole, told, kept)


def _timed(layer: Memory, item: Item, each: list[int]) -> Decided:
    begin = thread_time_ns()
    decided = decide(layer, item)
    each.append(thread_time_ns() - begin)
    return decided


def tell_all(decided: Decided) -> int:
    """All messages of one decision, written out; returns the bytes of its record."""
    for event in decided.record.events:
        binary(event)
    for story in decided.states:
        encode(state_json(story))
    return len(write(decided.record, "bench"))


def lines(path: Path, start: int, end: int | None) -> Iterator[Sent]:
    """The messages that lie between two bytes of the file."""
    with path.open("rb") as file:
        file.seek(start)
        for line in file:
            yield Sent(**_fields(line))
            if end is not None and file.tell() >= end:
                return


def put(one: Sent) -> bytes:
    """A message as a line of the file."""
    fields = {name: getattr(one, name) for name in ("id", "root", "source", "kind")}
    return encode({**fields, "raw": one.raw.decode()}) + b"\n"


def _fields(line: bytes) -> dict[str, Any]:
    fields = decode(line)
    return {**fields, "raw": fields["raw"].encode()}
