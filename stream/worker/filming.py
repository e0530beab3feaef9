"""When a partition's snapshot is taken, and by whom: a child of the process, while the process goes on. Nothing is decided.

A fork has the memory as it was at that moment, and costs the parent the copying of its page tables: the event loop is
held for that long and no longer.
"""

import asyncio
import gc
import logging
import os
import signal
import warnings
from collections.abc import Callable, Coroutine, Iterable
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from stream.worker.desk import Desk
from stream.worker.film import NEW, Film, read_film, write_film
from stream.worker.on_disk import OnDisk
from stream.worker.volume import Standing

FEWEST: Final = 1_000  # records kept between two snapshots of a partition: half a second to follow
SHARE: Final = 80  # and an eightieth of its members: of a million, three seconds to follow
AT_THE_END: Final = 20  # records for which a snapshot is taken when the worker stops,
WAITED: Final = (
    12  # and a twelfth of its members: to wait for one was seen to cost as much as to follow so many
)

log = logging.getLogger("slugline.worker")


class Filming:
    """Of a desk's partitions in their folders; one at a time."""

    def __init__(self, desk: Desk, folder: Callable[[int], Path]) -> None:
        self._desk, self._folder = desk, folder
        self._taken: dict[int, int] = {}  # records kept when the partition's last snapshot was taken
        self._child: asyncio.Task[None] | None = None
        self.held = 0.0  # seconds for which the last fork held the loop

    def restore(self, partition: int, volume: OnDisk) -> int | None:
        """The desk's memories from the snapshot, if there is one that is of use; returns how many records were kept then.
        It may take seconds, and nobody else may ask the desk for this partition meanwhile."""
        for left in self._folder(partition).glob(f"*{NEW}"):
            left.unlink(missing_ok=True)
        film = read_film(self._path(partition), self._taken_of())
        if film is None or film.born != volume.standing.born:
            return None
        self._desk.restore(partition, film.lanes, lambda identity: volume.record(identity.encode()))
        self._taken[partition] = film.kept
        return film.kept

    def after_batch(self, volumes: Iterable[tuple[int, OnDisk]]) -> None:
        """Takes a snapshot of the first partition that is due, unless one is being taken."""
        if self._child is not None and not self._child.done():
            return
        for partition, volume in volumes:
            if self._since(partition, volume) >= longest_tail(self._desk.members(partition)):
                self._child = asyncio.create_task(self._taking(partition, volume))
                return

    async def at_the_end(self, volumes: Iterable[tuple[int, OnDisk]]) -> None:
        """Of every partition that is followed sooner with one. A process that may not wait may end: the child goes on."""
        for partition, volume in volumes:
            if self._child is not None:
                await self._child
            least = max(AT_THE_END, self._desk.members(partition) // WAITED)
            if self._since(partition, volume) >= least and self._desk.rests(partition):
                self._child = asyncio.create_task(self._taking(partition, volume))
        if self._child is not None:
            await self._child

    def _since(self, partition: int, volume: OnDisk) -> int:
        return volume.standing.kept - self._taken.get(partition, 0)

    def _taking(self, partition: int, volume: OnDisk) -> Coroutine[Any, Any, None]:
        """Forks now, between two batches; what is awaited is the child's end."""
        standing, begin = volume.standing, perf_counter()
        child = _fork()
        if not child:
            _in_the_child(lambda: self._write(partition, standing))
        self.held = perf_counter() - begin
        self._taken[partition] = standing.kept
        return self._awaited(child, begin, partition, volume, standing.kept)

    async def _awaited(self, child: int, begin: float, partition: int, volume: OnDisk, kept: int) -> None:
        _, status = await asyncio.to_thread(os.waitpid, child, 0)
        took = {"partition": partition, "seconds": round(perf_counter() - begin, 2)}
        if status:
            log.warning("a snapshot could not be taken: status %s", status, extra=took)
            return
        if not volume.closed:
            volume.forget_order(kept)
        log.info("a snapshot is taken", extra={**took, "held_ms": round(1_000 * self.held, 1)})

    def _write(self, partition: int, of: Standing) -> None:
        film = Film(of.born, of.kept, self._desk.snapshot(partition))
        write_film(self._path(partition), film, self._taken_of())

    def _path(self, partition: int) -> Path:
        return self._folder(partition) / "fold"

    def _taken_of(self) -> dict[str, Any]:
        return {"story_life": self._desk.settings.story_life, "lanes": self._desk.keeper.lanes}


def longest_tail(members: int) -> int:
    """How many records may have come since the last snapshot of so many members before another is taken."""
    return max(FEWEST, members // SHARE)


def _fork() -> int:
    with (
        warnings.catch_warnings()
    ):  # Python 3.12 warns where there are threads: the child asks for none of theirs
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _in_the_child(write: Callable[[], None]) -> None:
    """Never returns. What it has of its parent's goes: sockets, the lock of the folder, whom signals wake."""
    status = 1
    try:
        gc.disable()
        signal.set_wakeup_fd(-1)
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        os.nice(10)
        write()
        status = 0
    finally:
        os._exit(status)
