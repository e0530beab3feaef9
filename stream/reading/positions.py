"""How far a group that nobody joins has come on a topic: asked and kept. What was done up to there may not enter."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from stream.broker.connection import connection
from stream.broker.problem import BrokerError


class Positions:
    """Of one group on one topic: by partition, the next offset."""

    def __init__(self, consumer: AIOKafkaConsumer, places: list[TopicPartition]) -> None:
        self._consumer, self._places = consumer, places

    async def kept(self) -> dict[int, int]:
        """Partitions of which nothing is kept are absent."""
        found = {place.partition: await self._consumer.committed(place) for place in self._places}
        return {partition: offset for partition, offset in found.items() if offset is not None}

    async def keep(self, offsets: Mapping[int, int]) -> None:
        await self._consumer.commit(
            {place: offsets[place.partition] for place in self._places if place.partition in offsets}
        )


@asynccontextmanager
async def positions(address: str, group: str, topic: str) -> AsyncIterator[Positions]:
    """BrokerError where nobody answers. The group must have no members: a commit beside theirs is refused."""
    consumer = AIOKafkaConsumer(
        group_id=group, enable_auto_commit=False, client_id="slugline-run", **connection(address).aiokafka()
    )
    try:
        await consumer.start()
        numbers = (await consumer._client.fetch_all_metadata()).partitions_for_topic(topic)
        places = [TopicPartition(topic, number) for number in sorted(numbers or ())]
        consumer.assign(places)
        consumer.pause(*places)  # it reads nothing
        yield Positions(consumer, places)
    except KafkaError as error:
        raise BrokerError(
            f"{address}: the group {group} cannot be asked how far it has come: {error}"
        ) from error
    finally:
        with suppress(KafkaError):
            await consumer.stop()
