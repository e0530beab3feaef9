"""Laws of writing: what returned has landed, in order; what never can is named; the rest is raised."""

import pytest
from aiokafka.errors import TopicAuthorizationFailedError
from aiokafka.record.default_records import DefaultRecordBatchBuilder
from confluent_kafka import Message, Producer
from hypothesis import given
from hypothesis import strategies as st

from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.topics import DEAD, EVENTS, ITEMS
from stream.worker.writer import LIMITS, Refused, Write, partition_of, refusal, size_of, write
from tests.worker.running import lying_on, producer_on

NOT_LEADER, TIMED_OUT, TOO_LARGE, UNAUTHORISED, FINE = 6, 7, 10, 29, 0
SMALL = 2_000  # bytes of a batch, so that a few items fill one

headlines = st.sampled_from(
    ["EU: summit ends without accord", "Взрыв в порту", "東京 - 首相が訪仏", "", "UPDATE 2-" * 40]
)
names = st.sampled_from(["source", "id", "received", "erreur", "Ursache-größe"])


def items(count: int, length: int = 300, topic: str = ITEMS, partition: int | None = 1) -> list[Write]:
    return [
        Write(topic, b"en", b"%05d" % n + b"x" * (n * 7 % length), partition=partition) for n in range(count)
    ]


async def landed(broker: EmbeddedBroker, topic: str = ITEMS, partition: int = 1) -> list[bytes]:
    return [message.value for message in await lying_on(broker.address, topic, partition)]


async def test_what_returned_has_landed_in_order(broker: EmbeddedBroker) -> None:
    """However many batches the writes of one partition fill, they lie on it in their order."""
    writes = items(500)
    async with producer_on(broker.address, max_batch_size=SMALL) as producer:
        last = await write(producer, writes)
    assert last == {(ITEMS, 1): 499}
    assert await landed(broker) == [one.value for one in writes]


async def test_headers_and_tombstones_land_as_they_are(broker: EmbeddedBroker) -> None:
    """A name may stand twice in the headers, and a write without value deletes its key."""
    one = Write(EVENTS, b"story", None, [("error", b"1"), ("error", b"2")], partition=0)
    async with producer_on(broker.address) as producer:
        await write(producer, [one])
    [message] = await lying_on(broker.address, EVENTS, 0)
    assert (message.key, message.value, list(message.headers)) == (b"story", None, one.headers)


async def test_retriable_errors_lose_nothing_and_keep_the_order(broker: EmbeddedBroker) -> None:
    """A broker that answers `not the leader` or `timed out` for a while is tried until it takes the batch."""
    writes = items(100)
    async with producer_on(broker.address, max_batch_size=SMALL) as producer:
        broker.push_errors(PRODUCE, NOT_LEADER, FINE, TIMED_OUT, NOT_LEADER, FINE, FINE, TIMED_OUT)
        await write(producer, writes)
    assert await landed(broker) == [one.value for one in writes]


async def test_a_fatal_error_is_raised_and_nothing_follows_it(broker: EmbeddedBroker) -> None:
    """What stands behind a batch that failed is not written: no partition holds a later write without it."""
    writes = items(100)
    async with producer_on(broker.address, max_batch_size=SMALL) as producer:
        broker.push_errors(PRODUCE, FINE, FINE, UNAUTHORISED)
        with pytest.raises(TopicAuthorizationFailedError):
            await write(producer, writes)
    values = await landed(broker)
    assert 0 < len(values) < 100
    assert values == [one.value for one in writes][: len(values)]


async def test_a_write_above_the_limit_is_named_and_the_others_land(broker: EmbeddedBroker) -> None:
    """Refused carries the very write, and its neighbours on the same partition are acknowledged."""
    big = Write(ITEMS, b"en", b"x" * LIMITS[ITEMS], partition=1)
    writes = items(10)
    async with producer_on(broker.address) as producer:
        with pytest.raises(Refused, match=r"wire\.items\.v1 takes 2097152") as refused:
            await write(producer, [*writes[:5], big, *writes[5:]])
    assert [one.write for one in refused.value.refusals] == [big]
    assert await landed(broker) == [one.value for one in writes]


async def test_the_culprit_of_a_refused_batch_is_found(broker: EmbeddedBroker) -> None:
    """A broker refuses a batch whole; tried one by one, in order, only the culprit stays out."""
    writes = items(4)
    async with producer_on(broker.address) as producer:
        broker.push_errors(PRODUCE, TOO_LARGE, FINE, TOO_LARGE, FINE, FINE)
        with pytest.raises(Refused, match="refused by the broker") as refused:
            await write(producer, writes)
    assert [one.write for one in refused.value.refusals] == [writes[1]]
    assert await landed(broker) == [one.value for one in writes if one is not writes[1]]


async def test_a_message_larger_than_a_batch_goes_alone(broker: EmbeddedBroker) -> None:
    """The size of a batch is no limit on one message: five million bytes land, between small ones."""
    writes = [*items(3, topic=DEAD, partition=0), Write(DEAD, None, b"x" * 4_000_000, partition=0)]
    async with producer_on(broker.address, max_batch_size=SMALL) as producer:
        await write(producer, writes)
    assert await landed(broker, DEAD, 0) == [one.value for one in writes]


async def test_the_partition_of_a_key_is_every_clients(broker: EmbeddedBroker) -> None:
    """librdkafka with Java's partitioner puts each key where we put it."""
    keys = [word.encode() for word in ("en", "de", "fr", "ja", "zh-hant", "5b1e" * 8, "reuters:urn:1", "")]
    theirs: dict[bytes, int] = {}

    def delivered(error: object, message: Message) -> None:
        assert error is None
        theirs[message.key() or b""] = message.partition() or 0

    other = Producer({"bootstrap.servers": broker.address, "partitioner": "murmur2"})
    for key in keys:
        other.produce(EVENTS, key=key, value=b"-", on_delivery=delivered)
    assert other.flush(30) == 0
    async with producer_on(broker.address) as producer:
        assert {key: await partition_of(producer, EVENTS, key) for key in keys} == theirs


@given(headlines, st.lists(st.tuples(names, headlines.map(str.encode)), max_size=5), st.integers(0, 5_000))
def test_a_write_never_takes_more_than_its_size(
    key: str, headers: list[tuple[str, bytes]], length: int
) -> None:
    """What size_of allows, the broker's limit allows too: the batch is not larger, and hardly smaller."""
    one = Write(ITEMS, key.encode(), b"x" * length, headers)
    builder = DefaultRecordBatchBuilder(
        2, 0, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=0, batch_size=1_000_000
    )
    builder.append(0, None, key=one.key, value=one.value, headers=headers)
    assert 0 <= size_of(one) - len(builder.build()) <= 30 + 10 * len(headers)


def test_a_write_of_nothing_is_refused() -> None:
    """Without key and value there is nothing to write, and the reason says so."""
    assert refusal(Write(ITEMS, None, None)) == "neither key nor value"
    assert refusal(Write(ITEMS, None, b"")) is None
