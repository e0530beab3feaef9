"""Laws 1 and 2 on brokers: the worker says what fold says, whatever is killed or refused on the way."""

import signal
from pathlib import Path
from typing import Any

import orjson
import pytest

from bench.wire import wire
from stream.broker.embedded import PRODUCE, EmbeddedBroker
from tests.laws.wires import brief, dealt
from tests.system.conftest import Start
from tests.system.processes import (
    PATIENCE,
    dead,
    folded,
    replaying,
    run_dry,
    said,
    slugline,
    until,
    worker,
    written,
)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three hundred items in three lanes, a third of them re-issues."""
    return written(tmp_path_factory.mktemp("wire") / "wire.jsonl", dealt(brief(71, 300), "en", "de", "fr"))


def test_the_worker_says_what_fold_says_and_a_second_replay_nothing_new(start: Start, news: str) -> None:
    """One raw partition: byte for byte, and no new event id for repeats."""
    broker = start(1)
    for _ in range(2):
        slugline("replay", news, broker=broker)
        run_dry(broker, "--raw-partitions", "1")
        assert said(broker) == folded(news)
    assert dead(broker) == []


@pytest.mark.parametrize("partitions", [3, 8])
def test_overtaken_items_are_told_in_the_recorded_order(start: Start, news: str, partitions: int) -> None:
    """Where raw items overtake each other, wire.items.v1 is the order: a fold of it says the same."""
    broker = start(partitions)
    slugline("replay", news, broker=broker)
    run_dry(broker, "--raw-partitions", str(partitions))
    assert said(broker) == folded("--topic", "wire.items.v1", broker=broker)


def test_killed_again_and_again_it_says_the_same(start: Start, tmp_path: Path) -> None:
    """kill -9 in mid-stream, three times: the same stories, the same distinct events, nothing lost."""
    count = 700
    news = written(tmp_path / "wire.jsonl", list(wire(72, count)))
    broker = start(1)
    with replaying(broker, news, "--rate", "30"):
        for least in (20, 90, 160):
            with worker(broker, "--raw-partitions", "1") as process:
                until(lambda least=least: told(broker) > least, f"{least} events told")  # type: ignore[misc]
                process.send_signal(signal.SIGKILL)
                process.wait(PATIENCE)
            assert told(broker) < count, "it was killed when all was done"
    run_dry(broker, "--raw-partitions", "1")
    assert said(broker) == folded(news)


def told(broker: str) -> int:
    """Events on the topic so far."""
    return slugline("tail", "--json", "--from-beginning", "--until-end", broker=broker).stdout.count(b"\n")


# Codes of the Kafka protocol: what a broker answers that is busy, and what it answers for good.
TRANSIENT = {"NOT_ENOUGH_REPLICAS": 19, "NOT_LEADER": 6, "REQUEST_TIMED_OUT": 7}
FATAL = {"CLUSTER_AUTHORIZATION_FAILED": 31, "UNKNOWN": -1}


@pytest.mark.parametrize("code", TRANSIENT.values(), ids=TRANSIENT)
def test_a_busy_broker_loses_nothing(news: str, code: int) -> None:
    """Errors that pass, on outputs and on the changelog: tried again until acknowledged."""
    with EmbeddedBroker(raw_partitions=1) as broker:
        slugline("replay", news, broker=broker.address)
        broker.push_errors(PRODUCE, *[code] * 6)
        run_dry(broker.address, "--raw-partitions", "1")
        assert said(broker.address) == folded(news)


@pytest.mark.parametrize("code", FATAL.values(), ids=FATAL)
@pytest.mark.parametrize("writes", [1, 3])
def test_a_write_refused_ends_the_process_before_anything_is_acknowledged(
    news: str, code: int, writes: int
) -> None:
    """The first or a later write fails for good: exit code 1, and the next worker says the same."""
    with EmbeddedBroker(raw_partitions=1) as broker:
        slugline("replay", news, broker=broker.address)
        broker.push_errors(PRODUCE, *[0] * (writes - 1), code)
        run_dry(broker.address, "--raw-partitions", "1", code=1)
        broker.clear_errors(PRODUCE)
        run_dry(broker.address, "--raw-partitions", "1")
        assert said(broker.address) == folded(news)


def test_every_item_is_in_one_story(start: Start, news: str) -> None:
    """Members over all stories are the items sent, and every item is told of once."""
    broker = start(4)
    slugline("replay", news, broker=broker)
    run_dry(broker)
    whole = said(broker)
    assert sum(state["members_count"] for state in lines(whole.stories)) == 300
    told = [event["data"]["item"]["id"] for event in lines(whole.events) if "decision" in event["data"]]
    assert len(told) == len(set(told)) == 300


def lines(raw: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in raw.splitlines()]
