"""Who owned a partition before writes nothing over what its successor wrote; the owners of one worker write at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiokafka import AIOKafkaProducer

from stream.topics import MAX_STORY, STATE
from stream.worker.fenced import Producers
from stream.worker.metrics import Metrics
from stream.worker.owned import write_each
from stream.worker.patience import GivenUp, Patience
from stream.worker.steps import Caused
from stream.worker.writer import Refused, Write
from tests.conftest import Running
from tests.worker.running import lying_on


@asynccontextmanager
async def owner(address: str) -> AsyncIterator[Producers]:
    def make(name: str) -> AIOKafkaProducer:
        return AIOKafkaProducer(bootstrap_servers=address, transactional_id=name)

    producers = Producers(make)
    try:
        await producers.own([3])
        yield producers
    finally:
        await producers.close()


async def put(producers: Producers, value: bytes) -> None:
    await Patience(Metrics(), "desk", lambda: False).write(
        producers.of(3), [Write(STATE, b"story", value, partition=1)]
    )


async def told(address: str) -> list[bytes]:
    return [message.value for message in await lying_on(address, STATE, 1)]


@pytest.mark.kafka
async def test_what_an_owner_before_writes_late_is_refused(kafka: Running) -> None:
    """It had written, it was paused, another took over and wrote: its next write gives up, and lies nowhere."""
    async with owner(kafka.address) as before:
        await put(before, b"version 1")
        async with owner(kafka.address) as now:
            await put(now, b"version 2")
            with pytest.raises(GivenUp):
                await put(before, b"version 1 again")
            await put(now, b"version 3")
    assert (await told(kafka.address))[-2:] == [b"version 2", b"version 3"]


async def test_a_partition_that_is_not_in_hand_is_not_written_to(broker: Running) -> None:
    """Let go, and then asked to: the write gives up, and what was under way still lands."""
    async with owner(broker.address) as producers:
        await put(producers, b"version 1")
        producers.let_go([3])
        with pytest.raises(GivenUp):
            await put(producers, b"version 2")
    assert await told(broker.address) == [b"version 1"]


def patience() -> Patience:
    return Patience(Metrics(), "desk", lambda: False)


def caused(partition: int, value: bytes) -> Caused:
    return Caused(f"of {partition}", Write(STATE, b"story", value, partition=1), partition)


async def test_what_several_owners_may_not_write_is_told_together(broker: Running) -> None:
    """Of two partitions each has one message too large: both are named, and the others have landed."""
    huge = b"x" * (MAX_STORY + 1)
    async with owner(broker.address) as producers:
        await producers.own([1])
        writes = [caused(1, huge), caused(3, huge), caused(1, b"one"), caused(3, b"three")]
        with pytest.raises(Refused) as refused:
            await write_each(producers, writes, patience)
    assert {id(one.write) for one in refused.value.refusals} == {id(one.write) for one in writes[:2]}
    assert sorted(await told(broker.address)) == [b"one", b"three"]


async def test_one_owner_that_is_shut_out_gives_the_whole_up(broker: Running) -> None:
    """When nothing is under way any more: what another partition's owner wrote has landed."""
    async with owner(broker.address) as producers:
        with pytest.raises(GivenUp):
            await write_each(producers, [caused(2, b"two"), caused(3, b"three")], patience)
    assert await told(broker.address) == [b"three"]
