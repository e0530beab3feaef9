"""What the embedded broker promises beyond the protocol: it never drops, and it fails when told to."""

import asyncio

import pytest
from aiokafka.errors import MessageSizeTooLargeError, PolicyViolationError

from stream.broker.admin import Admin
from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.broker.ledger import MAX_BYTES, Full
from stream.broker.problem import BrokerError
from stream.topics import DEAD, EVENTS, RAW, Topic, table
from tests.broker.test_both import consumer, producer, read
from tests.conftest import PATIENCE

PARAGRAPH = b"PARIS, May 2 (Kyodo) - the leaders agreed to begin talks. " * 1_000


async def fill(address: str, topic: str) -> int:
    """Writes one partition until the broker refuses; how many writes it acknowledged."""
    async with producer(address) as writer:
        for taken in range(2 * MAX_BYTES // len(PARAGRAPH)):
            try:
                await writer.send_and_wait(topic, PARAGRAPH, partition=0)
            except PolicyViolationError:
                return taken
    pytest.fail("twice the limit was taken")


@pytest.mark.parametrize("topic", table(), ids=lambda topic: topic.name)
async def test_full_before_anything_is_dropped(topic: Topic) -> None:
    """On every topic, changelogs included, all that was acknowledged is there and a write too many is not."""
    told: list[Full] = []
    with pytest.raises(BrokerError, match="is full"), EmbeddedBroker(on_full=told.append) as broker:
        taken = await fill(broker.address, topic.name)
        assert [(full.topic, full.partition) for full in told] == [(topic.name, 0)]
        assert taken == MAX_BYTES // (len(PARAGRAPH) + 80)
        async with consumer(broker.address, topic.name) as reader:
            assert await read(reader, taken) == [PARAGRAPH] * taken
        assert Admin(broker.address).first_offsets([(topic.name, 0)]) == {(topic.name, 0): 0}


async def test_full_takes_nothing_more() -> None:
    """A full broker refuses every partition: a run that goes on half would be a lie."""
    with pytest.raises(BrokerError, match="is full"), EmbeddedBroker() as broker:
        await fill(broker.address, RAW)
        held = broker.held
        async with producer(broker.address) as writer:
            with pytest.raises(PolicyViolationError):
                await writer.send_and_wait(EVENTS, b"{}", partition=1)
        assert broker.held == held
        async with consumer(broker.address, EVENTS) as reader:
            ends = await reader.end_offsets(reader.assignment())
        assert set(ends.values()) == {0}


async def test_compressed_counts_as_stored(embedded: EmbeddedBroker) -> None:
    """Four times the limit fits where compression makes it small."""
    async with producer(embedded.address, compression_type="gzip", max_batch_size=1_000_000) as writer:
        sends = [
            await writer.send(RAW, PARAGRAPH, partition=0) for _ in range(4 * MAX_BYTES // len(PARAGRAPH))
        ]
        await asyncio.gather(*sends)
    assert sum(len(PARAGRAPH) for _ in sends) > 3 * MAX_BYTES
    assert 0 < embedded.held[RAW, 0].size < MAX_BYTES // 10
    embedded.must_hold_all()


class Ungated(EmbeddedBroker):
    """The broker as it is without its gate's count."""

    def _admit(self, request: bytes) -> None:
        """Everything passes."""


async def test_a_drop_is_noticed() -> None:
    """Without the count the broker drops, and `must_hold_all` says where."""
    with Ungated() as broker:
        broker.must_hold_all()
        async with producer(broker.address) as writer:
            for _ in range(2 * MAX_BYTES // len(PARAGRAPH)):
                await writer.send_and_wait(DEAD, PARAGRAPH)
        with pytest.raises(BrokerError, match=r"DROPPED.*wire\.dead\.v1\[0\]"):
            broker.must_hold_all()


async def test_an_injected_error_reaches_the_producer(embedded: EmbeddedBroker) -> None:
    """A fatal error fails the send and stores nothing; the next send is taken."""
    async with producer(embedded.address) as writer:
        embedded.push_errors(PRODUCE, MessageSizeTooLargeError.errno)
        with pytest.raises(MessageSizeTooLargeError):
            await writer.send_and_wait(DEAD, b"first")
        assert (await writer.send_and_wait(DEAD, b"second")).offset == 0


async def test_a_passing_error_is_tried_again(embedded: EmbeddedBroker) -> None:
    """Errors that pass delay a send, and it lands once."""
    async with producer(embedded.address) as writer:
        embedded.push_errors(PRODUCE, 7, 7, 7)  # REQUEST_TIMED_OUT
        assert (await writer.send_and_wait(DEAD, b"only")).offset == 0
        assert (await writer.send_and_wait(DEAD, b"next")).offset == 1


async def test_a_broker_that_comes_back_has_everything(embedded: EmbeddedBroker) -> None:
    """What was acknowledged before the broker went down is there after, and what waited arrives."""
    async with producer(embedded.address) as writer:
        await writer.send_and_wait(DEAD, b"before")
        embedded.broker_down()
        waiting = await writer.send(DEAD, b"during")
        embedded.broker_up()
        async with asyncio.timeout(PATIENCE):
            assert (await waiting).offset == 1
    async with consumer(embedded.address, DEAD) as reader:
        assert await read(reader, 2) == [b"before", b"during"]


def test_side_by_side() -> None:
    """Two brokers share nothing, and an end frees what a beginning took."""
    with EmbeddedBroker(raw_partitions=1) as one, EmbeddedBroker(raw_partitions=7) as other:
        assert Admin(one.address).look()[0][RAW] == 1
        assert Admin(other.address).look()[0][RAW] == 7
    port = int(one.address.partition(":")[2])
    with EmbeddedBroker(port=port) as again:
        assert again.address == one.address


def test_a_port_in_use_is_said(embedded: EmbeddedBroker) -> None:
    """A taken port ends in one line that names it."""
    with pytest.raises(BrokerError, match=embedded.address):
        EmbeddedBroker(port=int(embedded.address.partition(":")[2]))
