"""What a client may expect of either broker."""

import asyncio

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from stream.broker.connection import connection
from stream.broker.declare import check, require
from stream.topics import DEAD, ITEMS, RAW, Topic, table
from tests.conftest import Running

PATIENCE = 30.0
HEADLINES = [f"take {number}: Kishida, Macron agree on new pact".encode() for number in range(300)]


def producer(address: str, **settings: object) -> AIOKafkaProducer:
    return AIOKafkaProducer(**connection(address).aiokafka(), **settings)


def consumer(address: str, *topics: str, group: str | None = None) -> AIOKafkaConsumer:
    return AIOKafkaConsumer(
        *topics,
        **connection(address).aiokafka(),
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        # On the embedded broker a group that had a member before waits its session timeout, less a second.
        session_timeout_ms=2_000,
        heartbeat_interval_ms=500,
    )


async def read(reader: AIOKafkaConsumer, count: int) -> list[bytes]:
    async with asyncio.timeout(PATIENCE):
        return [(await reader.getone()).value for _ in range(count)]


def test_starts_as_the_table_says(broker: Running) -> None:
    """Every topic of the table is there from the start, changelogs included."""
    assert check(broker.address) == ()
    require(broker.address)


async def test_what_was_acknowledged_is_read_in_order(broker: Running) -> None:
    """A partition gives back every acknowledged message, with key and headers, in the order of writing."""
    headers = [("source", b"file"), ("received", b"2024-05-02T00:00:00Z")]
    async with producer(broker.address, linger_ms=5) as writer:
        sent = [
            await writer.send(ITEMS, value, key=b"en", partition=2, headers=headers) for value in HEADLINES
        ]
        await asyncio.gather(*sent)
    async with consumer(broker.address) as reader:
        reader.assign([TopicPartition(ITEMS, 2)])
        async with asyncio.timeout(PATIENCE):
            found = [await reader.getone() for _ in HEADLINES]
    assert [message.value for message in found] == HEADLINES
    assert {message.key for message in found} == {b"en"}
    assert {message.headers for message in found} == {tuple(headers)}


async def test_a_group_goes_on_where_it_committed(broker: Running) -> None:
    """The next member of a group begins after what the one before committed, not after what it read."""
    async with producer(broker.address) as writer:
        for value in HEADLINES[:10]:
            await writer.send_and_wait(DEAD, value)
    async with consumer(broker.address, DEAD, group="desk") as first:
        assert await read(first, 6) == HEADLINES[:6]
        await first.commit({TopicPartition(DEAD, 0): 4})
    async with consumer(broker.address, DEAD, group="desk") as second:
        assert await read(second, 6) == HEADLINES[4:10]


@pytest.mark.parametrize("topic", table(), ids=lambda topic: topic.name)
async def test_the_largest_message_passes(broker: Running, topic: Topic) -> None:
    """A message as large as the table allows, but for the frame of its batch, is taken and read whole."""
    whole = b"\0" * (topic.max_message_bytes - 200)
    async with producer(broker.address, max_request_size=2 * topic.max_message_bytes) as writer:
        await writer.send_and_wait(topic.name, whole, key=b"en", partition=0)
    async with consumer(broker.address, topic.name) as reader:
        assert await read(reader, 1) == [whole]


async def test_a_client_sees_every_partition_of_raw(broker: Running) -> None:
    """A client spreads keyless items over all partitions of the raw topic."""
    async with producer(broker.address) as writer:
        assert await writer.partitions_for(RAW) == {0, 1, 2, 3}
