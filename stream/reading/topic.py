"""One topic read without a group, to its end or as messages come. What they mean may not enter."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal, TypeAlias

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from stream.broker.access import admitted
from stream.broker.connection import connection
from stream.broker.declare import mending
from stream.broker.door import nobody
from stream.broker.problem import BrokerError
from stream.rights import reads

SECONDS = 10.0  # for a broker to answer at all
SILENCE = 30.0  # for a broker that has more to give to give some of it
TURN_MS = 500  # how long one look for messages waits

Message: TypeAlias = (
    Any  # aiokafka's ConsumerRecord, which carries no types: partition, offset, key, value, headers
)
From = Literal["beginning", "now"]


class Reader:
    """A consumer of one whole topic, its positions fixed."""

    def __init__(self, consumer: AIOKafkaConsumer, partitions: list[TopicPartition], address: str) -> None:
        self._consumer, self._partitions, self._address = consumer, partitions, address

    async def to_the_end(self) -> AsyncIterator[list[Message]]:
        """What is there now, partition by partition in the order of offsets; what comes later is left out."""
        ends = await self._consumer.end_offsets(self._partitions)
        for place in self._partitions:
            while await self._consumer.position(place) < ends[place]:
                found = await self._next(place)
                yield [message for message in found if message.offset < ends[place]]

    async def edges(self) -> dict[int, tuple[int, int]]:
        """By partition, the first offset that is kept and the one that comes next."""
        firsts = await self._consumer.beginning_offsets(self._partitions)
        ends = await self._consumer.end_offsets(self._partitions)
        return {place.partition: (firsts[place], ends[place]) for place in self._partitions}

    async def first_at(self, partition: int, moment: int) -> int | None:
        """The first message that came at `moment` (the broker's time, ms) or later; the embedded broker never says."""
        place = TopicPartition(self._partitions[0].topic, partition)
        found = (await self._consumer.offsets_for_times({place: moment}))[place]
        return None if found is None else int(found.offset)

    def begin_at(self, begins: Mapping[int, int]) -> None:
        """The next messages are those from these offsets; of other partitions none is fetched."""
        for place in self._partitions:
            if place.partition in begins:
                self._consumer.seek(place, begins[place.partition])
                self._consumer.resume(place)
            else:
                self._consumer.pause(place)

    async def more_of(self, partition: int, end: int) -> list[Message]:
        """The next messages of one partition before `end`; empty where there are no more."""
        place = TopicPartition(self._partitions[0].topic, partition)
        while await self._consumer.position(place) < end:
            if found := [message for message in await self._next(place) if message.offset < end]:
                return found
        return []

    async def as_they_come(self) -> AsyncIterator[list[Message]]:
        """For ever; an empty list where nothing came for a moment, so that a caller can look around."""
        while True:
            found = await self._consumer.getmany(timeout_ms=TURN_MS)
            yield [message for messages in found.values() for message in messages]

    async def answers(self) -> bool:
        """Whether the broker is still there. A consumer tries for ever and says nothing."""
        try:
            async with asyncio.timeout(SECONDS):
                await self._consumer.topics()
        except (KafkaError, OSError, TimeoutError):
            return False
        return True

    async def _next(self, place: TopicPartition) -> list[Message]:
        before = await self._consumer.position(place)
        with suppress(TimeoutError):
            async with asyncio.timeout(SILENCE):
                # a compacted topic has gaps: the position may move where no message came
                while await self._consumer.position(place) == before:
                    found = await self._consumer.getmany(place, timeout_ms=TURN_MS)
                    if found:
                        return list(found[place])
                return []
        raise BrokerError(
            f"{self._address} stopped answering: {place.topic}[{place.partition}] was read to {before} only"
        )


@asynccontextmanager
async def reading(address: str, topic: str, begin: From) -> AsyncIterator[Reader]:
    """BrokerError, in one line, where nobody answers, or the topic is not there or not ours to read."""
    await admitted(address, reads(topic))
    consumer = AIOKafkaConsumer(
        **connection(address).aiokafka(),
        client_id="slugline-reader",
        enable_auto_commit=False,
        # A seek right after an assignment races with the reset: the policy is the position.
        auto_offset_reset="earliest" if begin == "beginning" else "latest",
    )
    try:
        partitions = await _place(consumer, address, topic)
        yield Reader(consumer, partitions, address)
    except KafkaError as error:
        raise BrokerError(f"{address}: {topic} cannot be read: {_said(error)}") from error
    finally:
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                await consumer.stop()


async def _place(consumer: AIOKafkaConsumer, address: str, topic: str) -> list[TopicPartition]:
    """The consumer on every partition of the topic, each at a position that is known."""
    try:
        async with asyncio.timeout(SECONDS):
            await consumer.start()
            cluster = await consumer._client.fetch_all_metadata()
            numbers = cluster.partitions_for_topic(topic) or set()
            partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
            consumer.assign(partitions)
            for place in partitions:
                await consumer.position(place)
    except (KafkaError, OSError, ValueError, TimeoutError) as error:
        raise BrokerError(nobody(address, _said(error))) from error
    if not partitions:
        raise BrokerError(f"topic missing on {address}: {topic}. Mend: {mending(address)}")
    return partitions


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__
