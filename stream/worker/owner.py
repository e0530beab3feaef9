"""How a partition's memory gets ready: where it stands already, from a snapshot, or from all records. No faust enters."""

import asyncio
import gc
import logging
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Protocol, TypeVar

from stream.core.recover import no_pause
from stream.worker.desk import Desk, Pause
from stream.worker.filming import Filming
from stream.worker.on_disk import OnDisk
from stream.worker.volume import Standing, Volume

T = TypeVar("T")

log = logging.getLogger("slugline.worker")


class Volumes(Protocol):
    """Of a worker's partitions."""

    @property
    def in_hand(self) -> frozenset[int]: ...
    def volume(self, partition: int) -> Volume | None: ...


class Owner:
    """Of the partitions in hand: a desk, and the records that it stands on."""

    def __init__(self, desk: Desk, table: Volumes, filming: Filming | None = None) -> None:
        self.desk, self._table, self._filming = desk, table, filming
        self._stands: dict[int, Standing] = {}  # of the memories in hand: what they are up to date with

    def only(self, partitions: Iterable[int]) -> None:
        """Nothing is left of other partitions."""
        for partition in self._stands.keys() - partitions:
            self.forget(partition)

    async def ready(self, partition: int, pause: Pause = no_pause) -> int:
        """The partition's memory is up to date with its volume; returns how many records were read. `pause` is called
        between two of them, in a thread."""
        volume, begin = self._table.volume(partition), perf_counter()
        assert volume is not None, f"the table has not read partition {partition}"
        read, how = await _in_a_thread(lambda: self._brought_up(partition, volume, pause))
        self._stands[partition] = volume.standing
        if how == "memory" and partition not in self._table.in_hand:
            return read
        gc.freeze()  # a full collection over 100,000 stories was seen to take 5.6 s: these stay
        took = {
            "partition": partition,
            "records": read,
            "kept": volume.standing.kept,
            "from": how,
            "seconds": round(perf_counter() - begin, 2),
        }
        log.info("recovered", extra=took)
        return read

    def _brought_up(self, partition: int, volume: Volume, pause: Pause) -> tuple[int, str]:
        gc.disable()  # nothing of what is made here is a cycle, and looking for them takes a third of the time
        try:
            stands = self._stands.get(partition)
            known = stands.kept if stands and stands.born == volume.standing.born else None
            if (read := self._followed(partition, volume, known, pause)) is not None:
                return read, "memory"
            if self._filming is not None and isinstance(volume, OnDisk):
                kept = self._filming.restore(partition, volume)
                if (read := self._followed(partition, volume, kept, pause)) is not None:
                    return read, "snapshot"
            records = (value for _, value in volume.records())
            return self.desk.recover(partition, records, pause), "records"
        finally:
            gc.enable()

    def _followed(self, partition: int, volume: Volume, kept: int | None, pause: Pause) -> int | None:
        tail = volume.since(kept) if kept is not None else None
        if tail is None:
            return None
        return self.desk.follow(partition, tail, lambda identity: volume.record(identity.encode()), pause)

    def kept(self, partitions: Iterable[int]) -> None:
        """Of these, more is kept, by the volumes and by the desk."""
        on_disk: list[tuple[int, OnDisk]] = []
        for partition in partitions:
            if (volume := self._table.volume(partition)) is None:
                continue
            self._stands[partition] = volume.standing
            if isinstance(volume, OnDisk):
                on_disk.append((partition, volume))
        if self._filming is not None:
            self._filming.after_batch(on_disk)

    def forget(self, partition: int) -> None:
        self._stands.pop(partition, None)
        self.desk.forget(partition)

    async def stop(self) -> None:
        """The worker ends: what would have to be followed before the next can decide is filmed."""
        if self._filming is not None:
            in_hand = self._stands.keys() & self._table.in_hand
            volumes = ((partition, self._table.volume(partition)) for partition in in_hand)
            await self._filming.at_the_end(
                [(p, volume) for p, volume in volumes if isinstance(volume, OnDisk)]
            )


async def _in_a_thread(work: Callable[[], T]) -> T:
    """Who cancels it waits for it to end: a thread cannot be stopped, and has the desk in hand."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        running.exception()  # nobody asks for it any more, and asyncio would log that
        raise
