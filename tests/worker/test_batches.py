"""Laws of reading: every event once, in order, and nothing committed before its batch is acked."""

import asyncio
import inspect
from pathlib import Path
from typing import Any

import pytest
from faust import Stream
from faust.transport.drivers.aiokafka import Consumer
from faust.types.tuples import Message
from mode.utils.queues import ThrowableQueue

from stream.broker.embedded import EmbeddedBroker
from stream.topics import EVENTS, ITEMS, LANE_PARTITIONS
from stream.worker.batches import Batch, Event, batches
from stream.worker.consumer import FETCH_WAIT_MS, Brisk, Steady
from stream.worker.faust_app import producer_of, source
from stream.worker.writer import Write, write
from tests.worker.running import app_on, line_of, put, read_with, running, soon, victim

HEARTBEAT, UNKNOWN_MEMBER = 12, 25


def items(count: int, first: int = 0) -> list[Write]:
    return [
        Write(ITEMS, b"en", b"%d" % n, partition=n % LANE_PARTITIONS) for n in range(first, first + count)
    ]


class Reader:
    """Takes every batch, notes its events, and acks it where `acks` says so."""

    def __init__(self, count: int, *, acks: bool = True) -> None:
        self.batches: list[Batch] = []
        self.events: list[Event] = []
        self.full = asyncio.Event()
        self._count, self._acks = count, acks

    async def __call__(self, batch: Batch) -> None:
        self.batches.append(batch)
        self.events.extend(batch.events)
        if self._acks:
            batch.ack()
        if len(self.events) >= self._count:
            self.full.set()


async def read(broker: EmbeddedBroker, folder: Path, count: int, **settings: Any) -> Reader:
    """A worker's life: it starts, reads `count` events, acks them and stops."""
    app, reader = app_on(broker.address, folder, **settings), Reader(count)
    read_with(app, ITEMS, reader)
    async with running(app):
        await soon(reader.full)
    return reader


async def test_every_event_comes_once_and_in_order(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """However the queue was drained, each partition's events are those that lie on it, in their order.

    What arrived while one batch was being written is the next batch, up to the most that was asked for.
    """
    await put(broker.address, items(3_000))
    app, reader = app_on(broker.address, tmp_path), Reader(3_000)

    async def handle(batch: Batch) -> None:
        await write(producer_of(app), [Write(EVENTS, event.key, event.value) for event in batch.events])
        await reader(batch)

    read_with(app, ITEMS, handle, most=40)
    async with running(app):
        await soon(reader.full)
    for partition in range(LANE_PARTITIONS):
        offsets = [event.offset for event in reader.events if event.partition == partition]
        assert offsets == list(range(750))
    assert 1 < max(len(batch.events) for batch in reader.batches) <= 40


async def test_a_small_buffer_fills_and_empties(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Partitions paused because the buffer was full are fetched again: draining tells faust of the room."""
    await put(broker.address, items(500))
    reader = await read(broker, tmp_path, 500, buffer=20)
    assert sorted(int(event.value or b"") for event in reader.events) == list(range(500))


async def test_what_was_acked_does_not_come_again(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """The next worker starts behind the last acked event."""
    await put(broker.address, items(100))
    await read(broker, tmp_path, 100)
    await put(broker.address, items(1, first=100))
    reader = await read(broker, tmp_path, 1)
    assert [event.value for event in reader.events] == [b"100"]


async def test_nothing_is_committed_before_ack(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Killed with a batch in hand, a worker leaves every event of it to the next."""
    await put(broker.address, items(100))
    with victim(broker.address, str(tmp_path), "hold") as process:
        assert int(await line_of(process)) > 0
    reader = await read(broker, tmp_path, 100)
    assert sorted(int(event.value or b"") for event in reader.events) == list(range(100))


async def test_a_batch_of_a_lost_generation_is_revoked(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Thrown out of its group, the worker knows that its batch is not its own, and gets the events again."""
    await put(broker.address, items(8))
    app, again = app_on(broker.address, tmp_path), asyncio.Event()
    reader = Reader(0, acks=False)
    told: list[bool] = []

    async def handle(batch: Batch) -> None:
        told.append(batch.revoked(0))
        await reader(batch)
        if len(told) == 1:
            broker.push_errors(HEARTBEAT, UNKNOWN_MEMBER)
            while not batch.revoked(0):
                await asyncio.sleep(0.05)
        batch.ack()
        if {event.value for one in reader.batches[1:] for event in one.events} == values:
            again.set()

    values = {one.value for one in items(8)}
    read_with(app, ITEMS, handle)
    async with running(app):
        await soon(again)
    assert not any(told)


async def test_headers_and_tombstones_come_as_they_lie(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Repeated header names, a message without value and one without key reach the agent unchanged, with Kafka's time."""
    headers, at = [("error", b"1"), ("error", b"2")], 1_795_333_287_584
    await put(
        broker.address,
        [
            Write(ITEMS, b"en", None, headers, partition=0, timestamp=at),
            Write(ITEMS, None, b"\xff{", partition=0, timestamp=at + 1),
        ],
    )
    reader = await read(broker, tmp_path, 2)
    assert reader.events == [
        Event(ITEMS, 0, 0, b"en", None, headers, at),
        Event(ITEMS, 0, 1, None, b"\xff{", [], at + 1),
    ]


async def test_a_batch_left_without_ack_is_an_error(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Asking for the next batch with the last one open would keep its events uncommitted for ever."""
    await put(broker.address, items(1))
    app = app_on(broker.address, tmp_path)
    reader, left = Reader(1, acks=False), asyncio.Event()
    reader_raises: list[str] = []

    async def agent(stream: Any) -> None:
        try:
            async for batch in batches(stream):
                await reader(batch)
                await put(broker.address, items(1))
        except RuntimeError as error:
            reader_raises.append(str(error))
            left.set()
            await asyncio.Event().wait()

    app.agent(source(app, ITEMS))(agent)
    async with running(app):
        await soon(left)
    assert "was left without ack" in reader_raises[0]


BOOKKEEPING = (
    "not self.app.flow_control.is_active()",
    "message.generation_id != self.app.consumer_generation_id",
    "if topic in acking_topics and not message.tracked",
    "message.tracked = True",
    "add_unacked(message)",
)


@pytest.mark.parametrize("line", BOOKKEEPING)
def test_faust_keeps_the_books_that_we_keep(line: str) -> None:
    """What the drain does for each event is what the stream's own iterator does: read both if this fails."""
    assert line in inspect.getsource(Stream._py_aiter), f"faust's stream no longer says: {line}"


async def test_faust_has_the_names_that_we_lean_on(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Every name inside faust and aiokafka that the worker's modules use stands on a running app."""
    app, reader = app_on(broker.address, tmp_path), Reader(1)
    read_with(app, ITEMS, reader)
    await put(broker.address, items(1))
    async with running(app):
        await soon(reader.full)
        inside: Any = app
        assert isinstance(inside.consumer._thread._consumer._coordinator.generation, int)
        assert inside.consumer._thread._consumer._coordinator.generation == inside.consumer_generation_id
        assert ITEMS in inside.topics.acking_topics
        assert inside.consumer.unacked is inside.consumer._unacked_messages
        assert inside.monitor.stream_inbound_time
        assert hasattr(inside.producer._ensure_producer(), "create_batch")
        assert callable(inside.tables.recovery.revoke)
        client: Any = inside.consumer._thread._consumer
        assert client._fetch_max_wait_ms == FETCH_WAIT_MS
        assert isinstance(inside.consumer, Steady)
        assert isinstance(inside.consumer._thread, Brisk)
        assert {tp.topic for tp in inside.topics._tp_index} >= {ITEMS}
    assert {"_getmany", "_drain_messages", "seek_to_committed", "_add_gap"} <= set(dir(Consumer))
    assert {"tracked", "generation_id", "acked"} <= set(Message.__slots__)
    assert callable(ThrowableQueue.get_nowait) and callable(ThrowableQueue.qsize)
    assert callable(Stream.noack) and callable(Stream.events) and callable(Consumer.ack)
