"""Drained batches: many events for one turn of the event loop. Only here is faust's inside leaned on."""

from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from faust.types import EventT


@dataclass(frozen=True, slots=True)
class Event:
    """One message as it lies on its topic."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: list[tuple[str, bytes]]
    timestamp: int | None = None  # Kafka's, ms: when the feed wrote the raw message; never news time


@dataclass(slots=True)
class Batch:
    """What one turn reads. Nothing of it is committed before `ack`, which comes last."""

    events: list[Event]
    _app: Any
    _taken: list[EventT[Any]]
    _generation: int | None
    _settled: bool = field(default=False)

    def revoked(self, partition: int) -> bool:
        """Whether another worker may own the partition by now: what was read of it is not ours to decide.

        Every rebalance takes every partition away (the protocol is the eager one), so the generation tells.
        """
        return _generation(self._app) != self._generation

    def ack(self) -> None:
        """Lets faust commit every event. After a rebalance it does nothing: the events come again."""
        if self.revoked(self.events[0].partition):
            self.drop()
            return
        for event in self._taken:
            event.ack()
        self._settle()

    def drop(self) -> None:
        """Gives the batch up: no rebalance waits for it, and the events come again to whoever owns them."""
        unacked = self._app.consumer.unacked
        for event in self._taken:
            unacked.discard(event.message)
        self._settle()

    def _settle(self) -> None:
        self._settled = True
        self._taken = []


async def batches(stream: Any, *, most: int = 500) -> AsyncIterator[Batch]:
    """Batches of 1 to `most` events: the first is awaited, the others are those already in the queue.

    Each batch must be acked before the next is asked for; one left alone is given up if a rebalance has
    taken its partitions, and is a RuntimeError if not, as its events would never be committed.
    """
    noack = stream.noack()
    async with aclosing(noack.events()) as events:
        async for first in events:
            batch = _batch(noack, first, most)
            yield batch
            if not batch._settled:
                _leave(batch)


def _leave(batch: Batch) -> None:
    event = batch.events[0]
    revoked = batch.revoked(event.partition)
    batch.drop()
    if not revoked:
        raise RuntimeError(
            f"a batch from {event.topic}[{event.partition}] at {event.offset} was left without ack: "
            "call batch.ack() when its writes are acknowledged, or end the process"
        )


def _batch(stream: Any, first: EventT[Any], most: int) -> Batch:
    taken = [first, *_drain(stream, most - 1)]
    _show_progress(stream.app, taken)
    return Batch([_event(one) for one in taken], stream.app, taken, first.message.generation_id)


def _drain(stream: Any, most: int) -> Iterator[EventT[Any]]:
    """What the stream's own iterator does for each event, without a turn of the event loop between them."""
    app, queue = stream.app, stream.channel.queue
    unacked, acking = app.consumer.unacked, app.topics.acking_topics
    while most > 0 and queue.qsize():
        event = queue.get_nowait()  # also what lets a paused partition be fetched again
        message = event.message
        if message.generation_id != app.consumer_generation_id or not app.flow_control.is_active():
            continue  # as the stream does; a rebalance is on, and the event comes again after it
        if message.topic in acking and not message.tracked:
            message.tracked = True
            unacked.add(message)
        most -= 1
        yield event


def _event(event: EventT[Any]) -> Event:
    message = event.message
    # event.headers is a dict: it would lose repeated names
    return Event(
        message.topic,
        message.partition,
        message.offset,
        message.key,
        message.value,
        _pairs(message.headers),
        _milliseconds(message.timestamp),
    )


def _milliseconds(seconds: float | None) -> int | None:
    """faust has Kafka's milliseconds as seconds; below 0 where the message has none."""
    return round(seconds * 1_000) if seconds is not None and seconds >= 0 else None


def _pairs(headers: Any) -> list[tuple[str, bytes]]:
    return list(headers or ())


def _show_progress(app: Any, taken: list[EventT[Any]]) -> None:
    """faust reports a partition as stalled when its monitor hears nothing of it; it hears of first events."""
    now = monotonic()
    for tp in {event.message.tp for event in taken}:
        app.monitor.stream_inbound_time[tp] = now


def _generation(app: Any) -> int:
    """The group's generation as the client knows it: -1 as soon as the group has thrown this worker out.

    app.consumer_generation_id is told only when the next assignment has arrived, too late for a batch
    that was long in deciding.
    """
    return int(app.consumer._thread._consumer._coordinator.generation)
