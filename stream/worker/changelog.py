"""Reads what a changelog has more than the volumes, in large fetches, and not by faust. Nothing is written to a broker.

faust reads a changelog one event for a turn of the loop. aiokafka's own getmany hands out thousands.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError, KafkaTimeoutError

from stream.broker.connection import connection
from stream.worker.volume import Volume, checksum

FETCHED = 16 << 20  # bytes asked for at a time
AT_ONCE = 1_000  # messages between two turns of the loop
WAIT_MS = 50  # a broker may hold a fetch that finds nothing
PAUSE = 0.5  # seconds; a broker may be away for a moment

log = logging.getLogger("slugline.worker")


class Changelog:
    """A topic of records, read again and again; one caller at a time."""

    def __init__(self, broker: str, topic: str) -> None:
        self._broker, self._topic = broker, topic
        self._consumer: AIOKafkaConsumer | None = None

    async def catch_up(self, volumes: Mapping[int, Volume]) -> dict[int, int]:
        """Reads each partition to its end, as that was when it was asked; returns how many messages were read.

        Tries again for as long as the broker is away; raises KafkaError where that is no use.
        """
        places = {TopicPartition(self._topic, partition): one for partition, one in volumes.items()}
        while True:
            try:
                return await _read(await self._started(), places)
            except KafkaError as error:
                await self.close()
                if not (error.retriable or isinstance(error, KafkaTimeoutError)):
                    raise
                log.warning("the changelog cannot be read yet: %s", error)
                await asyncio.sleep(PAUSE)

    async def close(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            await consumer.stop()

    async def _started(self) -> AIOKafkaConsumer:
        if self._consumer is None:
            self._consumer = AIOKafkaConsumer(
                enable_auto_commit=False,
                auto_offset_reset="earliest",
                fetch_max_bytes=FETCHED,
                max_partition_fetch_bytes=FETCHED,
                fetch_max_wait_ms=WAIT_MS,
                **connection(self._broker).aiokafka(),
            )
            await self._consumer.start()
        return self._consumer


async def catch_up(broker: str, topic: str, volumes: Mapping[int, Volume]) -> dict[int, int]:
    """As Changelog, once."""
    changelog = Changelog(broker, topic)
    try:
        return await changelog.catch_up(volumes)
    finally:
        await changelog.close()


async def _read(consumer: AIOKafkaConsumer, volumes: Mapping[TopicPartition, Volume]) -> dict[int, int]:
    _ask_for(consumer, volumes.keys())
    begins, ends = await consumer.beginning_offsets(volumes), await consumer.end_offsets(volumes)
    for place, volume in volumes.items():
        _begin(consumer, place, volume, begins[place], ends[place])
    read = {place.partition: 0 for place in volumes}
    while left := [place for place in volumes if await consumer.position(place) < ends[place]]:
        consumer.pause(*(place for place in volumes if place not in left))
        got = await consumer.getmany(*left, timeout_ms=1_000, max_records=AT_ONCE)
        for place, messages in got.items():
            read[place.partition] += _take(consumer, place, volumes[place], messages, begins[place])
        await asyncio.sleep(0)
    consumer.pause(*volumes)  # until it is asked again, nothing is fetched
    return read


def _ask_for(consumer: AIOKafkaConsumer, places: Collection[TopicPartition]) -> None:
    if consumer.assignment() != set(places):
        consumer.assign(list(places))
    consumer.resume(*places)


def _begin(consumer: AIOKafkaConsumer, place: TopicPartition, volume: Volume, begin: int, end: int) -> None:
    """At the last message that the volume has, to see whether it is the same."""
    if not begin <= volume.standing.next <= end:
        _start_over(place, volume)
    consumer.seek(place, max(begin, volume.standing.next - 1))


def _take(
    consumer: AIOKafkaConsumer, place: TopicPartition, volume: Volume, messages: list[Any], begin: int
) -> int:
    """Compaction leaves gaps among the offsets: the last message that the volume has may be gone, for a later one."""
    known = volume.standing.next
    if messages[0].offset < known:
        same = checksum((messages[0].key, messages[0].value)) == volume.standing.seen
        if messages[0].offset == known - 1 and not same:
            _start_over(place, volume)
            consumer.seek(place, begin)
            return 0
        messages = [one for one in messages if one.offset >= known]
    if messages:
        volume.take([(one.key, one.value) for one in messages], messages[-1].offset + 1)
    return len(messages)


def _start_over(place: TopicPartition, volume: Volume) -> None:
    if volume.standing.next:
        log.warning(
            "the records kept here are not those of the changelog, which is read from its start",
            extra={"topic": place.topic, "partition": place.partition},
        )
    volume.wipe()
