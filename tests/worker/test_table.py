"""Laws of the table of records: what was kept is there again, whole, before the first event is handed out."""

import asyncio
from pathlib import Path

import faust
import pytest

from stream.broker.embedded import EmbeddedBroker
from stream.topics import ITEMS, LANE_PARTITIONS, RECORDS
from stream.worker.batches import Batch
from stream.worker.table import Records, records_table
from stream.worker.writer import Write
from tests.worker.running import app_on, line_of, put, read_with, running, soon, victim

HEARTBEAT, UNKNOWN_MEMBER = 12, 25
EVERY = frozenset(range(LANE_PARTITIONS))


class Desk:
    """Notes, in order, what it was told: recovered records, revocations, events."""

    def __init__(self, app: faust.App, table: Records, count: int) -> None:
        self.told: list[tuple[str, object]] = []
        self.recovered: dict[bytes, bytes] = {}
        self.full = asyncio.Event()
        self._table, self._left = table, count
        table.hooks(on_ready=self.ready, on_revoked=self.revoked)
        read_with(app, ITEMS, self.events)

    async def ready(self, partitions: frozenset[int]) -> None:
        self.told.append(("ready", partitions))
        self.recovered = dict(self._table.records_of(partitions))

    async def revoked(self, partitions: frozenset[int]) -> None:
        self.told.append(("revoked", partitions))

    async def events(self, batch: Batch) -> None:
        self.told.append(("events", len(batch.events)))
        self._left -= len(batch.events)
        batch.ack()
        if self._left <= 0:
            self.full.set()

    def names(self) -> list[str]:
        return [name for name, _ in self.told]


def records(count: int) -> list[Write]:
    return [Write(RECORDS, b"id-%d" % n, b"%d" % n, partition=n % LANE_PARTITIONS) for n in range(count)]


def item(value: bytes = b"item") -> Write:
    return Write(ITEMS, b"en", value, partition=1)


def desk_on(broker: EmbeddedBroker, folder: Path, count: int = 1) -> tuple[faust.App, Records, Desk]:
    app = app_on(broker.address, folder)
    table = records_table(app)
    return app, table, Desk(app, table, count)


async def test_records_are_whole_before_the_first_event(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """A thousand records and an item lie there: on_ready sees exactly the thousand, then comes the item."""
    kept = records(1_000)
    await put(broker.address, [*kept, item()])
    app, _, desk = desk_on(broker, tmp_path)
    async with running(app):
        await soon(desk.full)
    assert desk.recovered == {one.key: one.value for one in kept}
    assert [one for one in desk.told if one[0] != "revoked"] == [("ready", EVERY), ("events", 1)]


async def test_a_killed_workers_records_stand_and_its_events_come_again(
    broker: EmbeddedBroker, tmp_path: Path
) -> None:
    """Killed between keeping and acking: the next finds the records, and gets the same events once more."""
    await put(broker.address, [item(b"%d" % n) for n in range(50)])
    with victim(broker.address, str(tmp_path), "hold") as process:
        kept = int(await line_of(process))
    app, _, desk = desk_on(broker, tmp_path, 50)
    async with running(app):
        await soon(desk.full)
    assert desk.recovered == {b"1-%d" % n: b"%d" % n for n in range(kept)}
    assert sum(count for name, count in desk.told if name == "events" and isinstance(count, int)) == 50


async def test_a_write_without_value_deletes(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """A key deleted on the changelog is not recovered; one written again after that is."""
    app, table, _ = desk_on(broker, tmp_path)
    life = [
        table.changelog_write(0, b"gone", b"1"),
        table.changelog_write(0, b"back", b"1"),
        table.changelog_write(0, b"gone", None),
        table.changelog_write(0, b"back", None),
        table.changelog_write(0, b"back", b"2"),
    ]
    await put(broker.address, [*life, item()])
    app, table, desk = desk_on(broker, tmp_path)
    async with running(app):
        await soon(desk.full)
    assert desk.recovered == {b"back": b"2"}
    assert table.record(0, b"gone") is None


async def test_after_a_rebalance_the_records_are_whole_again(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Thrown out and back: what it recovered, what it kept itself and what another wrote are all there."""
    await put(broker.address, [*records(100), item()])
    app, table, desk = desk_on(broker, tmp_path)
    async with running(app):
        await soon(desk.full)
        own = table.changelog_write(1, b"own", b"1")
        other = Write(RECORDS, b"other", b"2", partition=2)
        await put(broker.address, [own, other])
        table.keep(1, [(b"own", b"1")], 25)
        desk.full.clear()
        broker.push_errors(HEARTBEAT, UNKNOWN_MEMBER)
        while desk.names().count("ready") < 2:
            await asyncio.sleep(0.05)
        await put(broker.address, [item()])
        await soon(desk.full)
    assert desk.recovered == {one.key: one.value for one in [*records(100), own, other]}
    assert [one for one in desk.told if one[0] != "events"][-2:] == [("revoked", EVERY), ("ready", EVERY)]
    assert desk.names()[-1] == "events"


async def test_a_rebalance_in_the_middle_of_getting_ready_begins_it_again(
    broker: EmbeddedBroker, tmp_path: Path
) -> None:
    """What was getting ready is left before it begins anew: there is never one at work under the other, and events wait."""
    await put(broker.address, [item()])
    app, table, desk = desk_on(broker, tmp_path)
    told: list[str] = []

    async def ready(_: frozenset[int]) -> None:
        told.append("begun")
        try:
            if told.count("begun") == 1:
                broker.push_errors(HEARTBEAT, UNKNOWN_MEMBER)
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            told.append("left")
            raise
        assert "events" not in desk.names()
        told.append("ready")

    table.hooks(on_ready=ready)
    async with running(app):
        await soon(desk.full)
    assert told == ["begun", "left", "begun", "ready"]


async def test_a_desk_that_cannot_get_ready_gets_no_event(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """When on_ready raises, the app has crashed with that error, and no event was handed out."""
    await put(broker.address, [item()])
    app, table, desk = desk_on(broker, tmp_path)

    async def broken(partitions: frozenset[int]) -> None:
        raise ValueError("records of another engine")

    table.hooks(on_ready=broken)
    async with running(app):
        await asyncio.wait_for(app._crashed.wait(), 30)
    assert isinstance(app.crash_reason, ValueError)
    assert "events" not in desk.names()


async def test_the_changelogs_name_is_the_table_of_topics(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """faust derives the changelog's name from app and table; topics.py says the same, or nothing starts."""
    assert records_table(app_on(broker.address, tmp_path)).changelog_topic_name == RECORDS
    with pytest.raises(ValueError, match="another-records-changelog"):
        records_table(app_on(broker.address, tmp_path, app_id="another"))
