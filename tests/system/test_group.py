"""Several workers in one group on Apache Kafka: stages apart, members that come and go, members that are known by name."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient

from stream.broker.connection import connection
from stream.broker.kafka import LocalKafka
from stream.topics import ITEMS, RAW
from stream.worker.faust_app import APP_ID
from tests.conftest import Running
from tests.laws.wires import brief, dealt
from tests.system.processes import PATIENCE, folded, replaying, said, slugline, until, worker, written
from tests.system.test_watching import free_port, samples
from tests.system.test_worker_and_fold import told

pytestmark = pytest.mark.kafka
LANES = ("en", "de", "fr", "it", "es", "pt")
NEVER = ("--session-timeout", "60")  # longer than any of these tests lasts


def owners(address: str) -> dict[tuple[str, int], str]:
    """Which instance reads which partition of the two sources; by its id where it has no name. Nobody reads any before
    there is a group."""
    client = AdminClient(connection(address).confluent())
    if APP_ID not in {group.group_id for group in client.list_consumer_groups().result(30).valid}:
        return {}
    [group] = client.describe_consumer_groups([APP_ID]).values()
    return {
        (place.topic, place.partition): member.group_instance_id or member.member_id
        for member in group.result(30).members
        for place in member.assignment.topic_partitions
        if place.topic in (RAW, ITEMS)
    }


def all_owned(address: str, topic: str = ITEMS) -> Callable[[], bool]:
    return lambda: len([place for place in owners(address) if place[0] == topic]) == 4


def test_stages_apart_say_what_one_worker_says(kafka: Running, tmp_path: Path) -> None:
    """One member normalises, one decides; neither is given what it does not do, and the fold agrees."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(91, 200), *LANES))
    normalising, deciding = free_port(), free_port()
    with (
        worker(kafka.address, "--stage", "normalise", "--watch-port", str(normalising)),
        worker(kafka.address, "--stage", "desk", "--watch-port", str(deciding)),
    ):
        slugline("replay", news, broker=kafka.address)
        until(lambda: told(kafka.address) >= 200, "every item told")
        until(lambda: said(kafka.address) == folded("--topic", ITEMS, broker=kafka.address), "the fold")
        did = {port: {name[1][1] for name in samples(port) if name[0] == "slugline_items_total"} for port in
               (normalising, deciding)}  # fmt: skip
    assert did == {normalising: {"normalise"}, deciding: {"desk"}}


def test_members_that_come_and_go_lose_nothing(kafka: Running, tmp_path: Path) -> None:
    """Up to four workers in mid-stream; one is killed, one is stopped: the same stories as of one, byte for byte."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(92, 400), *LANES))
    with ExitStack() as stack, replaying(kafka.address, news, "--rate", "25"):
        first, second = (stack.enter_context(worker(kafka.address)) for _ in range(2))
        until(lambda: told(kafka.address) > 40, "40 events")
        for _ in range(2):
            stack.enter_context(worker(kafka.address))
        until(lambda: told(kafka.address) > 120, "120 events")
        first.kill()
        until(lambda: told(kafka.address) > 200, "200 events")
        second.send_signal(signal.SIGTERM)
        assert second.wait(PATIENCE) == 0
        until(lambda: told(kafka.address) >= 400, "every item told")
        until(lambda: said(kafka.address) == folded("--topic", ITEMS, broker=kafka.address), "the fold")


@pytest.fixture
def alone() -> Iterator[Running]:
    """A Kafka of its own: a named member outlives its test by a session."""
    with LocalKafka() as running:
        yield Running(running.address)


def test_a_named_member_that_is_restarted_moves_nothing(alone: Running, tmp_path: Path) -> None:
    """kill -9 and again under the same name: every partition has the owner that it had, and the stream goes on."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(93, 120), *LANES))
    with worker(alone.address, "--instance", "a", *NEVER):
        with worker(alone.address, "--instance", "b", *NEVER) as process:
            until(lambda: len(set(owners(alone.address).values())) == 2, "two members")
            until(all_owned(alone.address), "every lane dealt out")
            before = owners(alone.address)
            process.kill()
            process.wait(PATIENCE)
        with worker(alone.address, "--instance", "b", *NEVER):
            slugline("replay", news, broker=alone.address)
            until(lambda: told(alone.address) >= 120, "every item told")
            assert owners(alone.address) == before


def test_a_named_member_that_leaves_gives_its_partitions_up_at_once(alone: Running, tmp_path: Path) -> None:
    """Long before its session ends; and who is not there cannot leave."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(94, 60), *LANES))
    with worker(alone.address, "--instance", "a", *NEVER):
        with worker(alone.address, "--instance", "b", *NEVER) as process:
            until(lambda: len(set(owners(alone.address).values())) == 2, "two members")
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        slugline("worker", "--leave", "--instance", "b", broker=alone.address)
        slugline("replay", news, broker=alone.address)
        until(lambda: told(alone.address) >= 60, "every item told")
        assert set(owners(alone.address).values()) == {"a"}
    missing = slugline("worker", "--leave", "--instance", "b", broker=alone.address, code=1)
    assert missing.stderr.count(b"\n") == 1 and b"no instance b is in the group" in missing.stderr


def test_a_worker_that_was_paused_past_its_session_says_nothing_old(kafka: Running, tmp_path: Path) -> None:
    """SIGSTOP in mid-stream, another takes over, SIGCONT: the last states and the distinct events are those of the fold."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(95, 500), *LANES))
    with worker(kafka.address) as one, worker(kafka.address) as other:
        until(all_owned(kafka.address), "every lane dealt out")
        with replaying(kafka.address, news, "--rate", "30"):
            for number, paused in enumerate((one, other, one)):
                until(lambda least=60 * (number + 1): told(kafka.address) > least, "events")  # type: ignore[misc]
                paused.send_signal(signal.SIGSTOP)
                time.sleep(4)  # two sessions
                paused.send_signal(signal.SIGCONT)
        until(lambda: told(kafka.address) >= 500, "every item told")
        until(lambda: said(kafka.address) == folded("--topic", ITEMS, broker=kafka.address), "the fold")
        assert one.poll() is None and other.poll() is None
