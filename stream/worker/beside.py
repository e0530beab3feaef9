"""A run: both stages over a part of a topic, beside the live stream, into topics of the run's own. Faust may not enter.

The steps and the desk are the worker's; one process does it all, in one order, so that the same part says the same.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from aiokafka import AIOKafkaProducer

from stream.core.settings import Settings
from stream.reading.merged import Bounds, bounds, merged
from stream.reading.positions import Positions, positions
from stream.reading.span import WHOLE, Span
from stream.reading.topic import Message, Reader, reading
from stream.runs import SOURCES, Origin, group_of, named, within
from stream.topics import ITEMS, LANE_PARTITIONS, RAW, RECORDS
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.steps import Keeper
from stream.worker.writer import Write, write

AT_ONCE: Final = 200  # messages in a batch, as in the worker

Records: TypeAlias = dict[int, dict[str, bytes]]  # by partition and identity
Report = Callable[[str, int, int], None]  # the topic that is read, how many messages of how many


@dataclass(frozen=True, slots=True)
class Run:
    """`name` begins with no topic of the table: see stream/runs.py. `resume`: from where it stood, if it was begun."""

    address: str
    name: str
    origin: Origin
    settings: Settings
    span: Span = WHOLE
    resume: bool = False


@dataclass(slots=True)
class Told:
    """How many messages were read, and what they became."""

    read: int = 0
    written: dict[str, int] = field(default_factory=dict)

    def count(self, writes: Sequence[Write]) -> None:
        for one in writes:
            self.written[one.topic] = self.written.get(one.topic, 0) + 1


async def run_beside(run: Run, producer: AIOKafkaProducer, report: Report) -> Told:
    """All of it, acknowledged and kept. Raises BrokerError, KafkaError, KeeperMismatchError and writer.Refused."""
    told = Told()
    to = _Topics(run.name, producer, told)
    if run.origin == "items":
        await _decide(run, ITEMS, run.span, to, report)
    else:
        await _normalise(run, to, report)
        await _decide(run, within(run.name, ITEMS), WHOLE, to, report)
    return told


async def look_first(run: Run) -> None:
    """BrokerError where the span is not there: before a topic is made for it."""
    if run.span.offsets:
        async with reading(run.address, SOURCES[run.origin], "beginning") as reader:
            await bounds(reader, run.span)


@dataclass(frozen=True, slots=True)
class _Topics:
    """The run's, written under the names of the table."""

    run: str
    producer: AIOKafkaProducer
    told: Told

    async def write(self, writes: Sequence[Write]) -> None:
        ours = [replace(one, topic=named(self.run, one.topic)) for one in writes]
        await write(self.producer, ours)
        self.told.count(ours)


async def _normalise(run: Run, to: _Topics, report: Report) -> None:
    async with aclosing(_batches(run, RAW, run.span, report)) as batches:
        async for messages in batches:
            to.told.read += len(messages)
            await to.write([steps.normalised(event_of(message), run.settings) for message in messages])


async def _decide(run: Run, topic: str, span: Span, to: _Topics, report: Report) -> None:
    records = await records_of(run.address, run.name)
    desk = Desk(run.settings, Keeper())
    for partition, kept in records.items():
        desk.recover(partition, kept.values())
    async with aclosing(_batches(run, topic, span, report)) as batches:
        async for messages in batches:
            to.told.read += len(messages) if topic == ITEMS else 0
            await _decide_batch(desk, records, messages, to)


async def _decide_batch(desk: Desk, records: Records, messages: Sequence[Message], to: _Topics) -> None:
    """Read, decide, publish, keep: as the worker does."""
    reads = [steps.read(event_of(message)) for message in messages]
    work = desk.decide(reads, lambda partition, identity: records[partition].get(identity), {})
    await to.write([caused.write for caused in work.publish])
    await to.write([kept.write for kept in work.keep])
    for kept in work.keep:
        records[kept.partition][kept.identity] = kept.write.value or b""
    desk.keep(work, dict.fromkeys(message.partition for message in messages))


async def _batches(run: Run, topic: str, span: Span, report: Report) -> AsyncGenerator[list[Message], None]:
    """What is left of the span; a batch counts as done when the next is asked for."""
    async with (
        reading(run.address, topic, "beginning") as reader,
        positions(run.address, group_of(run.name), topic) as stood,
    ):
        left = await _left(run, reader, stood, span)
        total, done = sum(end - begin for begin, end in left.values()), 0
        async for messages in _chunks(merged(reader, left, span)):
            yield messages
            await stood.keep({message.partition: message.offset + 1 for message in messages})
            report(topic, done := done + len(messages), total)


async def _left(run: Run, reader: Reader, stood: Positions, span: Span) -> Bounds:
    whole = await bounds(reader, span)
    done = await stood.kept() if run.resume else {}
    return {
        partition: (max(begin, done.get(partition, begin)), end)
        for partition, (begin, end) in whole.items()
        if done.get(partition, begin) < end
    }


async def _chunks(messages: AsyncIterator[Message]) -> AsyncIterator[list[Message]]:
    some: list[Message] = []
    async for message in messages:
        some.append(message)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


async def records_of(address: str, run: str) -> Records:
    """What a run, or another generation, has kept so far, by partition and identity."""
    found: Records = {partition: {} for partition in range(LANE_PARTITIONS)}
    async with reading(address, named(run, RECORDS), "beginning") as reader:
        async for messages in reader.to_the_end():
            for message in messages:
                found[message.partition][message.key.decode()] = message.value
    return found


def event_of(message: Message) -> Event:
    """A message as the steps of the worker take it."""
    return Event(
        message.topic,
        message.partition,
        message.offset,
        message.key,
        message.value,
        list(message.headers),
        message.timestamp,
    )
