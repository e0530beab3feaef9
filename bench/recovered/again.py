"""A worker's memory again from what a folder or a changelog has, in a process that has nothing yet. Nothing is built here."""

import asyncio
import resource
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter

from bench.measure.wires import SETTINGS
from stream.core.rehearsal import rehearse
from stream.garbage import look_seldom
from stream.topics import RECORDS
from stream.worker.changelog import catch_up
from stream.worker.desk import Desk
from stream.worker.filming import Filming
from stream.worker.folder import Folder
from stream.worker.owner import Owner
from stream.worker.steps import Keeper
from stream.worker.volume import Volume


@dataclass(frozen=True, slots=True)
class Stood:
    """`reading` and `making` in seconds: the changelog into the volume, the volume into the memory; `records` that were made
    anew or followed; the most memory that the process had, in GB."""

    reading: float
    making: float
    records: int
    members: int
    gigabytes: float


@dataclass(frozen=True, slots=True)
class _One:
    """One partition, in hand."""

    kept: Volume
    in_hand: frozenset[int] = frozenset({0})

    def volume(self, _partition: int) -> Volume:
        return self.kept


def stood(folder: Path, broker: str = "") -> Stood:
    """From the folder; where a broker is named, from its changelog, and the folder is empty."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_tell, args=(folder, broker, theirs))
    child.start()
    theirs.close()  # a child that dies is an EOFError here
    found = ours.recv()
    child.join()
    assert isinstance(found, Stood)
    return found


def _tell(folder: Path, broker: str, told: Connection) -> None:
    look_seldom()
    rehearse(SETTINGS)
    told.send(asyncio.run(_stand(folder, broker)))


async def _stand(folder: Path, broker: str) -> Stood:
    begin, keeper = perf_counter(), Keeper()
    desk, kept = Desk(SETTINGS, keeper), Folder(folder, keeper.lanes)
    volume = kept.volume(0)
    if broker:
        await catch_up(broker, RECORDS, {0: volume})
    read = perf_counter()
    records = await Owner(desk, _One(volume), Filming(desk, kept.of)).ready(0)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024 / 1e9
    return Stood(read - begin, perf_counter() - read, records, desk.members(0), most)
