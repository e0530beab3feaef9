"""The slowest of the hostile inputs, at the front door and at the desk. What becomes of them is tested elsewhere."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import thread_time_ns

from bench.hostile import Hostile, hostile
from bench.measure.figures import Figure, tell
from bench.measure.wires import SETTINGS, admitted, some
from stream.core.desk import decide
from stream.core.front import admit
from stream.core.item import Item, Rejected
from stream.core.memory import Memory


def slowest(quick: bool) -> list[Figure]:
    count, window = (170, 200) if quick else (2_000, 2_000)
    memory = Memory("en", SETTINGS.story_life)
    for one in some(5, window):
        _decide(memory, admitted(one))
    tell(f"hostile: {count:,} inputs")
    with _uncollected():
        at_door, at_desk = _slowest(memory, count)
    return [
        Figure("hostile", "slowest to admit or refuse", at_door[0], "ms", note=at_door[1]),
        Figure("hostile", "slowest to decide", at_desk[0], "ms", note=at_desk[1]),
    ]


def _slowest(memory: Memory, count: int) -> tuple[tuple[float, str], tuple[float, str]]:
    """Milliseconds and the trick: at the front door, at the desk."""
    at_door, at_desk = (0.0, ""), (0.0, "")
    for enemy in hostile(3, count):
        took, item = _admit(enemy)
        at_door = max(at_door, (took, enemy.what))
        if isinstance(item, Item):
            at_desk = max(at_desk, (_decide(memory, item), enemy.what))
    return at_door, at_desk


@contextmanager
def _uncollected() -> Iterator[None]:
    """A full garbage collection falls on whoever is there: 120 ms were seen, and no input's fault."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _admit(enemy: Hostile) -> tuple[float, Item | Rejected]:
    begin = thread_time_ns()
    item = admit(enemy.raw, enemy.headers, SETTINGS)
    return (thread_time_ns() - begin) / 1e6, item


def _decide(memory: Memory, item: Item) -> float:
    begin = thread_time_ns()
    layer = memory.layer()
    decide(layer, item)
    layer.join()
    return (thread_time_ns() - begin) / 1e6
