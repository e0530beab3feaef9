"""Law 1 on brokers under hostile inputs and refused writes: the worker lives, and everything is accounted for."""

from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from aiokafka import AIOKafkaProducer

from bench.hostile import hostile
from bench.wire import wire
from stream.broker.connection import connection
from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.topics import MAX_ITEM_BYTES, RAW
from stream.worker import steps
from stream.worker.writer import write
from tests.laws.shore import folded as fold_items
from tests.laws.shore import items_of
from tests.laws.wires import brief
from tests.system.conftest import Start
from tests.system.processes import dead, folded, run_dry, said, slugline, written

Sent = tuple[bytes, list[tuple[str, bytes]]]


async def put(broker: str, inputs: Sequence[Sent]) -> None:
    """On wire.raw.v1 as any client would, in order."""
    producer = AIOKafkaProducer(**connection(broker).aiokafka(), acks="all", compression_type="gzip")
    await producer.start()
    try:
        for raw, headers in inputs:
            await producer.send(RAW, raw, headers=headers, partition=0)
        await producer.flush()
    finally:
        await producer.stop()


def lines(raw: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in raw.splitlines()]


async def test_the_worker_lives_and_no_ordinary_decision_changes(start: Start, tmp_path: Any) -> None:
    """Three hostile inputs before each ordinary one: items told, the rest dead letters, each once."""
    news = list(wire(84, 100))
    bad = [one for one in hostile(85, 300) if len(one.raw) <= MAX_ITEM_BYTES]
    mixed: list[Sent] = []
    for number, one in enumerate(news):
        for evil in bad[3 * number : 3 * number + 3]:
            mixed.append((evil.raw, [(name, value.encode()) for name, value in evil.headers.items()]))
        mixed.append((orjson.dumps(one), [("content-type", b"application/json")]))
    broker = start(1)
    await put(broker, mixed)
    run_dry(broker, "--raw-partitions", "1")

    whole = said(broker)
    assert len(dead(broker)) == sum(one.fate == "dead" for one in bad)
    assert sum(state["members_count"] for state in lines(whole.stories)) == 100 + sum(
        one.fate == "item" for one in bad
    )
    alone = folded(written(tmp_path / "wire.jsonl", news))
    ids = {str(one["id"]) for one in news}
    assert decisions(whole.events, ids) == decisions(alone.events, ids)


def decisions(events: bytes, ids: set[str]) -> dict[str, Any]:
    """By item: what was decided about it, and why."""
    told = (event["data"] for event in lines(events) if "decision" in event["data"])
    return {data["item"]["id"]: data["decision"] for data in told if data["item"]["id"] in ids}


MESSAGE_TOO_LARGE, INVALID_TIMESTAMP = 10, 32


@pytest.mark.parametrize("code", [MESSAGE_TOO_LARGE, INVALID_TIMESTAMP])
def test_a_write_that_can_never_succeed_buries_its_item_alone(tmp_path: Any, code: int) -> None:
    """The broker refuses the batch, then its first message alone: that item is dead-lettered, the others go on."""
    news = brief(86, 40)
    with EmbeddedBroker(raw_partitions=1) as broker:
        slugline("replay", written(tmp_path / "wire.jsonl", news), broker=broker.address)
        broker.push_errors(PRODUCE, code, code)
        run_dry(broker.address, "--raw-partitions", "1")
        [letter] = dead(broker.address)
        assert (letter["stage"], letter["attempt"]) == ("normalise", "0")
        assert said(broker.address) == folded(written(tmp_path / "rest.jsonl", news[1:]))
        slugline("dead", "retry", "--all", broker=broker.address)
        run_dry(broker.address, "--raw-partitions", "1")
        stories = lines(said(broker.address).stories)
        assert sum(state["members_count"] for state in stories) == len(news)


@pytest.mark.parametrize("code", [MESSAGE_TOO_LARGE, INVALID_TIMESTAMP])
async def test_refused_at_the_desk_the_batch_is_decided_again_without_those_items(
    tmp_path: Any, code: int
) -> None:
    """Events, states or records refused for good: their items are dead-lettered, and the rest is as if they never were."""
    news = items_of(brief(88, 40))
    with EmbeddedBroker(raw_partitions=1) as broker:
        producer = AIOKafkaProducer(**connection(broker.address).aiokafka(), acks="all")
        await producer.start()
        await write(producer, [steps.item_write(item) for item in news])
        await producer.stop()
        broker.push_errors(PRODUCE, code, code)
        run_dry(broker.address, "--raw-partitions", "1")
        letters = dead(broker.address)
        assert letters and {letter["stage"] for letter in letters} == {"desk"}
        buried = {int(letter["offset"]) for letter in letters}
        left = [item for number, item in enumerate(news) if number not in buried]
        whole = said(broker.address)
        expected = fold_items(left)
        assert whole.stories.splitlines() == [expected.states[story] for story in sorted(expected.states)]
        assert set(expected.events.values()) <= set(whole.events.splitlines())
