"""The table of records: a faust table, by partition, whose changelog we write. No policy may enter."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, TypeAlias

import faust
from faust.types import TP, EventT

from stream.runs import plain
from stream.topics import LANE_PARTITIONS, RECORDS
from stream.worker.consumer import hold_flow
from stream.worker.writer import Write

Hook: TypeAlias = Callable[[frozenset[int]], Awaitable[None]]


class Records(faust.Table[bytes, bytes]):
    """What each partition keeps, in memory, and on the changelog topic for the next worker.

    faust recovers it from the changelog; its own writes (`table[key] = value`), which are neither awaited nor
    possible in a batch, are not used. `faust.Table` keeps one dictionary for all partitions: here each has
    its own, so that a partition can be read and dropped whole.
    """

    _ready: Hook | None = None
    _revoked: Hook | None = None

    def __init__(self, app: faust.App, **settings: Any) -> None:
        super().__init__(app, **settings)
        self._parts: dict[int, dict[bytes, bytes]] = {}
        revocation: Any = app.on_partitions_revoked
        revocation.connect(self._on_revoked, weak=False)

    def clone(self, **settings: Any) -> Any:
        return self  # faust clones a table to bind it to a stream; there is one memory

    def hooks(self, *, on_ready: Hook | None = None, on_revoked: Hook | None = None) -> None:
        """`on_ready(partitions)` is awaited when these are recovered, before their first event is handed out;
        `on_revoked(partitions)` when they were taken away, after the batch in hand, if it ended in time."""
        self._ready, self._revoked = on_ready, on_revoked

    def changelog_write(self, partition: int, key: bytes, value: bytes | None) -> Write:
        """The changelog record from which recovery reads this back; a value of None deletes."""
        return Write(self.changelog_topic_name, key, value, partition=partition)

    def keep(self, partition: int, key: bytes, value: bytes | None) -> None:
        """Puts into memory what changelog_write has put on the topic: call it when that is acknowledged."""
        part = self._parts.setdefault(partition, {})
        if value is None:
            part.pop(key, None)
        else:
            part[key] = value

    def record(self, partition: int, key: bytes) -> bytes | None:
        return self._parts.get(partition, {}).get(key)

    def records_of(self, partitions: Iterable[int]) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values of these partitions, in no order that means anything."""
        for partition in partitions:
            yield from self._parts.get(partition, {}).items()

    # what faust calls

    def apply_changelog_batch(self, batch: Iterable[EventT[Any]]) -> None:
        for event in batch:
            message: Any = event.message
            self.keep(message.partition, message.key, message.value)

    async def on_rebalance(
        self, assigned: set[TP], revoked: set[TP], newly_assigned: set[TP], generation_id: int = 0
    ) -> None:
        """Drops what goes and what comes, and has it read again from the start; what stays is kept.

        faust forgets how far it had read only when its recovery sees the same generation: after two
        rebalances at once it would read the rest only. `revoke` makes it forget with us.
        """
        tables: Any = self.app.tables
        for tp in revoked | newly_assigned:
            if tp.topic == self.changelog_topic_name:
                self._parts.pop(tp.partition, None)
                tables.recovery.revoke(tp)
        await super().on_rebalance(assigned, revoked, newly_assigned, generation_id)

    async def on_recovery_completed(self, active_tps: set[TP], standby_tps: set[TP]) -> None:
        hold_flow(self.app)
        await super().on_recovery_completed(active_tps, standby_tps)
        held = {tp.partition for tp in active_tps | standby_tps}
        self._parts = {partition: part for partition, part in self._parts.items() if partition in held}
        await self._call(self._ready, active_tps)

    async def _on_revoked(self, _app: faust.App, revoked: set[TP], **_: Any) -> None:
        await self._call(self._revoked, revoked)

    async def _call(self, hook: Hook | None, tps: set[TP]) -> None:
        partitions = frozenset(tp.partition for tp in tps if tp.topic == self.changelog_topic_name)
        if hook is None:
            return
        try:
            await hook(partitions)
        except Exception as error:
            # faust drops what a recovery callback raises, and would hand out events to a desk half filled
            await self.app.crash(error)
            raise


def records_table(app: faust.App, name: str = "records", partitions: int = LANE_PARTITIONS) -> Records:
    """The app's table of records; its changelog is `<app id>-<name>-changelog`, which topics.py must know."""
    table = Records(
        app, name=name, partitions=partitions, key_type=bytes, value_type=bytes, beacon=app.tables.beacon
    )
    app.tables.add(table)
    if name == "records" and plain(table.changelog_topic_name) != RECORDS:
        raise ValueError(
            f"the changelog is called {table.changelog_topic_name}, the table of topics says {RECORDS}"
        )
    return table
