"""A state folder as a worker leaves it that was killed long after its last snapshot. No broker enters."""

import asyncio
import os
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench.endtoend.alone import event
from bench.measure.figures import tell
from bench.measure.wires import SETTINGS, Sent, sent
from stream.core.rehearsal import rehearse
from stream.garbage import look_seldom
from stream.topics import ITEMS
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.filming import Filming, longest_tail
from stream.worker.folder import Folder
from stream.worker.on_disk import OnDisk
from stream.worker.steps import Keeper

SEED = 61
LIFE_MINUTES = SETTINGS.story_life / 60_000
ROOMY = 1.25  # stories' lives hold so many times the window: none closes
AT_ONCE = 200
TOLD = 50_000


def leave(folder: Path, members: int) -> None:
    """In a process of its own, which ends as one that is killed: its snapshot is as old as a worker lets it grow."""
    child = get_context("spawn").Process(target=_leave, args=(folder, members))
    child.start()
    child.join()
    assert child.exitcode == 0, f"the window was not built: exit code {child.exitcode}"


def _leave(folder: Path, members: int) -> None:
    look_seldom()
    rehearse(SETTINGS)
    asyncio.run(_decide(folder, members))
    os._exit(0)


async def _decide(folder: Path, members: int) -> None:
    keeper = Keeper()
    desk, kept = Desk(SETTINGS, keeper), Folder(folder, keeper.lanes)
    volume, filming = kept.volume(0), Filming(desk, kept.of)
    wire = sent(SEED, per_minute=ROOMY * members / LIFE_MINUTES)
    tail = longest_tail(members)
    _all_of(desk, volume, islice(wire, members - tail))
    tell("recovered: a snapshot is taken")
    await filming.at_the_end([(0, volume)])
    _all_of(desk, volume, islice(wire, tail))


def _all_of(desk: Desk, volume: OnDisk, items: Iterator[Sent]) -> None:
    while some := list(islice(items, AT_ONCE)):
        reads = [steps.read(_lying(one)) for one in some]
        work = desk.decide(reads, lambda _, identity: volume.record(identity.encode()), {})
        pairs = [(one.identity.encode(), one.write.value) for one in work.keep]
        volume.keep(pairs, volume.standing.next + len(pairs) - 1)
        desk.keep(work, [0])
        if volume.standing.kept % TOLD < len(pairs):
            tell(f"recovered: {volume.standing.kept:,} items are decided")


def _lying(one: Sent) -> Event:
    made = steps.normalised(event(one), SETTINGS)
    return Event(ITEMS, 0, 0, made.key, made.value, list(made.headers))
