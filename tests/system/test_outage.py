"""A broker that refuses writes or goes away for a while: the worker waits, says so, and goes on; nothing is lost."""

import subprocess
import time
from pathlib import Path

import pytest

from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.broker.kafka import LocalKafka
from tests.laws.wires import brief, dealt
from tests.system.processes import folded, replaying, said, slugline, until, worker, written
from tests.system.test_watching import free_port, samples
from tests.system.test_worker_and_fold import told

NOT_ENOUGH_REPLICAS = 19
COUNT = 60


def blocked(port: int) -> float:
    """Of whichever stage waits longest."""
    return max(
        (value for (name, _), value in samples(port).items() if name == "slugline_blocked_seconds"), default=0
    )


def test_refused_writes_are_waited_for(tmp_path: Path) -> None:
    """Too few replicas are in sync, for longer than a write is tried for: told on /metrics, nothing more is read, and the
    same process goes on."""
    news, port = written(tmp_path / "wire.jsonl", brief(81, COUNT)), free_port()
    with EmbeddedBroker() as running:
        slugline("replay", news, broker=running.address)
        running.push_errors(PRODUCE, *[NOT_ENOUGH_REPLICAS] * 10_000)
        with worker(running.address, "--watch-port", str(port)) as process:
            until(lambda: blocked(port) > 0, "a write that waits")
            assert told(running.address) == 0
            running.clear_errors(PRODUCE)
            _all_told(running.address, process)
            until(lambda: blocked(port) == 0, "the end of the waiting")


def test_an_embedded_broker_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    """In mid-stream, for longer than a session lasts: the same process tells the rest."""
    news = written(tmp_path / "wire.jsonl", brief(82, COUNT))
    with EmbeddedBroker() as running:
        slugline("replay", news, broker=running.address)
        with worker(running.address) as process:
            until(lambda: told(running.address) >= 1, "the first event")
            running.broker_down()
            time.sleep(12)  # longer than a write is tried for, and six sessions
            running.broker_up()
            _all_told(running.address, process)


@pytest.mark.kafka
def test_a_kafka_that_is_killed_and_comes_back(tmp_path: Path) -> None:
    """The only node, kill -9, for longer than a session lasts: the same worker tells the rest."""
    news = written(tmp_path / "wire.jsonl", brief(83, COUNT))
    with LocalKafka() as running, worker(running.address) as process:
        with replaying(running.address, news, "--rate", "20"):
            until(lambda: told(running.address) >= 5, "the first events")
        [node] = running.nodes
        node.kill()
        time.sleep(8)  # four sessions
        node.start()
        node.wait_until_ready()
        slugline("replay", news, broker=running.address)
        _all_told(running.address, process)


@pytest.mark.kafka
def test_one_broker_of_three_is_lost_in_mid_stream(tmp_path: Path) -> None:
    """kill -9 of each in turn, the group's and the lanes' leaders among them: nothing is lost, and no worker ends."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(84, 4 * COUNT), "en", "de", "fr"))
    with LocalKafka(3) as running, worker(running.address) as process:
        with replaying(running.address, news, "--rate", "10"):
            for number, node in enumerate(running.nodes):
                until(lambda least=20 * (number + 1): told(running.address) >= least, "events")  # type: ignore[misc]
                node.kill()
                node.start()
                node.wait_until_ready()
        until(lambda: told(running.address) >= 4 * COUNT, "every item told")
        _all_told(running.address, process)


def _all_told(address: str, process: "subprocess.Popen[bytes]") -> None:
    until(lambda: told(address) >= COUNT, "every item told")
    until(lambda: said(address) == folded("--topic", "wire.items.v1", broker=address), "what fold says")
    assert process.poll() is None
