"""A topic read from its beginning to its end, as any subscriber would."""

from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from stream.topics import table


async def messages(address: str, topic: str) -> list[Any]:
    """Everything on the topic now, partition by partition."""
    partitions = [
        TopicPartition(topic, n) for each in table() if each.name == topic for n in range(each.partitions)
    ]
    found: list[Any] = []
    async with AIOKafkaConsumer(bootstrap_servers=address, auto_offset_reset="earliest") as consumer:
        consumer.assign(partitions)
        for partition, end in (await consumer.end_offsets(partitions)).items():
            while await consumer.position(partition) < end:
                found += (await consumer.getmany(partition, timeout_ms=1_000)).get(partition, [])
    return found
