"""Snapshots of a window: how long one holds the worker, what it takes on disk, and how soon a desk stands on it again.

The window is of translated items (million.py), each a story of its own with a place, an id and a due, as the desk would
have them.
"""

import gc
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.measure.figures import Figure, tell
from bench.measure.million import fill
from bench.measure.wires import SETTINGS, admitted, some
from stream.core.desk import decide
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.place import Place
from stream.core.record import write
from stream.core.snapshot import write_memory
from stream.core.story import Ref, Story
from stream.worker.desk import Desk
from stream.worker.film import Film, read_film, write_film
from stream.worker.filming import longest_tail
from stream.worker.steps import Keeper

REAL, SEED, TURNS = 400, 8, 3
OF = {"story_life": SETTINGS.story_life}


def snapshots(quick: bool) -> list[Figure]:
    counts = (2_000,) if quick else (100_000, 1_000_000)
    return [figure for count in counts for figure in _measured(count)]


def _measured(count: int) -> list[Figure]:
    tell(f"recovery: a snapshot of {count:,} items")
    memory = window(count)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fold"
        held, took = min(_taken(memory, path) for _ in range(TURNS))
        size = path.stat().st_size
        tail = _decided(memory, longest_tail(count))
        del memory
        gc.collect()
        loaded, followed = min((_loaded(path, tail) for _ in range(TURNS)), key=sum)
    many = f"{count:,} items"
    return [
        Figure("recovery", f"snapshot of {many}: the worker is held", 1_000 * held, "ms", note="a fork"),
        Figure("recovery", f"snapshot of {many}: taken by the child", took, "s"),
        Figure("recovery", f"snapshot of {many}: on disk", size / count, "bytes/item"),
        Figure("recovery", f"snapshot of {many}: read, checked, ready", loaded, "s"),
        Figure(
            "recovery", f"the longest tail of {many}: followed", followed, "s", note=f"{len(tail):,} records"
        ),
    ]


def _taken(memory: Memory, path: Path) -> tuple[float, float]:
    """Seconds that the fork took, and that its child did, which works as a worker's does."""
    begin = perf_counter()
    child = os.fork()
    if not child:
        try:
            write_film(path, Film(1, 1, [write_memory(memory)]), OF)
        finally:
            os._exit(0 if path.exists() else 1)
    held = perf_counter() - begin
    assert os.waitpid(child, 0)[1] == 0
    return held, perf_counter() - begin


def _decided(memory: Memory, count: int) -> dict[str, bytes]:
    """So many more items, as a worker keeps them: by identity."""
    keeper, kept = Keeper(), {}
    for one in some(SEED + 1, count):
        layer = memory.layer()
        record = decide(layer, admitted(one)).record
        layer.join()
        kept[record.identity] = write(record, keeper.lanes)
    return kept


def _loaded(path: Path, tail: dict[str, bytes]) -> tuple[float, float]:
    """Seconds until the snapshot is a desk's, and until it has followed the tail."""
    gc.disable()
    begin = perf_counter()
    film = read_film(path, OF)
    assert film is not None
    desk = Desk(SETTINGS, Keeper())
    desk.restore(0, film.lanes, tail.get)
    loaded = perf_counter() - begin
    assert desk.follow(0, tail.values(), tail.get) == len(tail)
    followed = perf_counter() - begin - loaded
    gc.enable()
    return loaded, followed


def window(count: int) -> Memory:
    """A lane with so many members."""
    items = [admitted(one) for one in some(SEED, REAL)]
    alone = Memory("en", SETTINGS.story_life)
    for item in items:
        layer = alone.layer()
        decide(layer, item)
        layer.join()
    stories = [one for one in alone.open_stories() if len(one.members) == 1]
    memory = Memory("en", SETTINGS.story_life)
    fill(memory, items, count, SEED)
    for number in range(-count, 0):
        _put(memory, stories[number % len(stories)], number, f"{number + count:024x}")
    return memory


def _put(memory: Memory, like: Story, number: int, name: str) -> None:
    """A story like another, of one member of its own, under the name that it has in the morgue."""
    [member] = like.members
    item: Item = replace(member.item, identity=name[::-1] + "f" * 8, id=f"{member.item.id}-{number}")
    decision = replace(member.decision, story=name, family=name[::-1])
    story = replace(
        like,
        id=name,
        head=number,
        representative=number,
        members=(replace(member, number=number, item=item, decision=decision),),
    )
    ref = Ref(item.id, item.source, item.identity)
    memory.places.put(number, Place(ref, name, decision.family, item.ts, 0, ()))
    memory.ids.put((item.source, item.id), number)
    memory.put(story)
