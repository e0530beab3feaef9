"""The table of records: a faust table that reads and writes its changelog itself, by partition. No policy may enter."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeAlias

import faust
from faust.types import TP

from stream.runs import plain
from stream.topics import LANE_PARTITIONS, RECORDS
from stream.worker.changelog import Changelog
from stream.worker.consumer import hold_flow
from stream.worker.faust_app import broker_of
from stream.worker.volume import InMemory, Pair, Volume
from stream.worker.writer import Write

Hook: TypeAlias = Callable[[frozenset[int]], Awaitable[None]]
Open: TypeAlias = Callable[[int], Volume]  # the volume of a partition


def in_memory(_partition: int) -> Volume:
    return InMemory()


class Records(faust.Table[bytes, bytes]):
    """What each partition keeps, in a volume of its own, and on the changelog topic for the next worker.

    faust deals its partitions out with those of the lanes and recovers nothing (consumer.py tells it that there is
    nothing): of all that it calls here, a volume is brought up to date by changelog.py. faust's own writes (`table[key] =
    value`), which are neither awaited nor possible in a batch, are not used.
    """

    _ready: Hook | None = None
    _revoked: Hook | None = None

    def __init__(
        self,
        app: faust.App,
        *,
        opened: Open = in_memory,
        others_too: bool = False,
        **settings: Any,
    ) -> None:
        """`others_too`: the volumes of partitions that are not in hand stay, for who reads them."""
        super().__init__(app, **settings)
        self._open, self._others_too = opened, others_too
        self.in_hand: frozenset[int] = frozenset()
        self._volumes: dict[int, Volume] = {}
        self._locks: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._coming: asyncio.Task[None] | None = None
        revocation: Any = app.on_partitions_revoked
        revocation.connect(self._on_revoked, weak=False)

    def clone(self, **settings: Any) -> Any:
        return self  # faust clones a table to bind it to a stream; there is one memory

    def hooks(self, *, on_ready: Hook | None = None, on_revoked: Hook | None = None) -> None:
        """`on_ready(partitions)` is awaited when these are up to date, before their first event is handed out;
        `on_revoked(partitions)` when they were taken away, after the batch in hand, if it ended in time."""
        self._ready, self._revoked = on_ready, on_revoked

    def changelog_write(self, partition: int, key: bytes, value: bytes | None) -> Write:
        """The changelog record from which recovery reads this back; a value of None deletes."""
        return Write(self.changelog_topic_name, key, value, partition=partition)

    def keep(self, partition: int, pairs: Sequence[Pair], last: int) -> None:
        """Keeps what changelog_write has put on the topic: call it when that is acknowledged, `last` being the offset of the
        last of them."""
        if (volume := self._volumes.get(partition)) is not None:
            volume.keep(pairs, last)

    def record(self, partition: int, key: bytes) -> bytes | None:
        volume = self._volumes.get(partition)
        return None if volume is None else volume.record(key)

    def volume(self, partition: int) -> Volume | None:
        """None where nothing is kept of the partition here."""
        return self._volumes.get(partition)

    @asynccontextmanager
    async def alone(self, partitions: Iterable[int]) -> AsyncIterator[None]:
        """Nobody else reads these, or makes a memory of them, meanwhile."""
        async with AsyncExitStack() as held:
            for partition in sorted(partitions):
                await held.enter_async_context(self._locks[partition])
            yield

    async def read(self, partitions: Collection[int], through: Changelog) -> None:
        """Brings the volumes of these up to date; call it `alone`."""
        for partition in partitions:
            if partition not in self._volumes:
                self._volumes[partition] = self._open(partition)
        if volumes := {partition: self._volumes[partition] for partition in partitions}:
            await through.catch_up(volumes)

    def records_of(self, partitions: Iterable[int]) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values of these partitions, in no order that means anything."""
        for partition in partitions:
            if partition in self._volumes:
                yield from self._volumes[partition].records()

    def close(self) -> None:
        """No volume is open any more."""
        while self._volumes:
            self._volumes.popitem()[1].close()

    # what faust calls

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """What the rebalance before was still reading is left; volumes stay open until it is known whose they are."""
        await self._leave_off()
        await super().on_rebalance(assigned, revoked, newly_assigned, generation_id)

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        """Nothing was recovered by faust: here it is."""
        hold_flow(self.app)
        await super().on_recovery_completed(active_tps, standby_tps)
        await self._leave_off()
        coming = self._coming = asyncio.ensure_future(self._come(self._partitions(active_tps)))
        await asyncio.wait([coming])
        if not coming.cancelled():
            coming.result()

    async def _come(self, partitions: frozenset[int]) -> None:
        self.in_hand = partitions
        async with self.alone(partitions):
            await self._call(self._caught_up, partitions)
            await self._call(self._ready, partitions)

    async def _caught_up(self, partitions: frozenset[int]) -> None:
        if not self._others_too:
            for partition in self._volumes.keys() - partitions:
                self._volumes.pop(partition).close()
        changelog = self.changelog()
        try:
            await self.read(partitions, changelog)
        finally:
            await changelog.close()

    def changelog(self) -> Changelog:
        """One more reader of it."""
        return Changelog(broker_of(self.app), self.changelog_topic_name)

    async def _leave_off(self) -> None:
        if self._coming is not None and not self._coming.done():
            self._coming.cancel()
            await asyncio.wait([self._coming])

    async def _on_revoked(self, _app: faust.App, revoked: set[TP], **_: Any) -> None:
        await self._call(self._revoked, self._partitions(revoked))

    def _partitions(self, tps: set[TP]) -> frozenset[int]:
        return frozenset(tp.partition for tp in tps if tp.topic == self.changelog_topic_name)

    async def _call(self, hook: Hook | None, partitions: frozenset[int]) -> None:
        if hook is None:
            return
        try:
            await hook(partitions)
        except Exception as error:
            # faust drops what a recovery callback raises, and would hand out events to a desk half filled
            await self.app.crash(error)
            raise


def records_table(
    app: faust.App,
    name: str = "records",
    partitions: int = LANE_PARTITIONS,
    opened: Open = in_memory,
    others_too: bool = False,
) -> Records:
    """The app's table of records; its changelog is `<app id>-<name>-changelog`, which topics.py must know."""
    table = Records(
        app,
        opened=opened,
        others_too=others_too,
        name=name,
        partitions=partitions,
        key_type=bytes,
        value_type=bytes,
        beacon=app.tables.beacon,
    )
    app.tables.add(table)
    if name == "records" and plain(table.changelog_topic_name) != RECORDS:
        raise ValueError(
            f"the changelog is called {table.changelog_topic_name}, the table of topics says {RECORDS}"
        )
    return table
