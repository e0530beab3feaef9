"""Laws of runs: a topic replayed beside the live stream says what fold says of the same part, and touches nothing live."""

import asyncio
import json
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from bench.wire import wire
from replay.fold import fold_messages
from stream.broker.admin import Admin
from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.core.settings import Settings
from stream.core.times import write_time
from stream.reading.topic import reading
from stream.runs import within
from stream.topics import ITEMS, table
from tests.conftest import Running
from tests.laws.wires import brief, dealt
from tests.system.conftest import Start
from tests.system.processes import (
    PATIENCE,
    ROOT,
    SLUGLINE,
    Said,
    dead,
    folded,
    run_dry,
    said,
    slugline,
    until,
    written,
)
from tests.worker.running import lying_on

FATAL = 31  # CLUSTER_AUTHORIZATION_FAILED: a write that is refused for good


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two hundred items in three lanes, a third of them re-issues, and a line that is no item."""
    path = tmp_path_factory.mktemp("wire") / "wire.jsonl"
    news = written(path, dealt(brief(81, 200), "en", "de", "fr"))
    with path.open("ab") as more:
        more.write(b'{"broken": \n')
    return news


def replayed(broker: str, origin: str, run: str, *arguments: str) -> dict[str, Any]:
    done = slugline("replay", "--from-topic", origin, "--run", run, *arguments, "--json", broker=broker)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def said_by(broker: str, run: str) -> Said:
    """What a run said, by its topics."""
    events = slugline(
        "tail", "--run", run, "--json", "--from-beginning", "--until-end", "--canonical", broker=broker
    )
    return Said(events.stdout, slugline("stories", "--run", run, "--json", broker=broker).stdout)


def ends(broker: str) -> dict[str, dict[int, tuple[int, int]]]:
    """How far every live topic goes."""

    async def edges(topic: str) -> dict[int, tuple[int, int]]:
        async with reading(broker, topic, "now") as reader:
            return await reader.edges()

    return {topic.name: asyncio.run(edges(topic.name)) for topic in table()}


def test_the_items_again_say_what_the_worker_said_and_nothing_live_is_written(
    start: Start, news: str
) -> None:
    """Whatever the run is called: the bytes of the live stream, on topics of its own."""
    broker = start(4)
    slugline("replay", news, broker=broker)
    run_dry(broker)
    before, live = ends(broker), said(broker)
    for run in ("one", "another-2"):
        told = replayed(broker, "items", run)
        assert told["read"] == 200
        assert said_by(broker, run) == live
    assert ends(broker) == before


def test_the_deliveries_again_are_items_in_an_order_of_their_own(start: Start, news: str) -> None:
    """In the order in which they came, which is the same for every run; what is no item is a dead letter of the run."""
    broker = start(3)
    slugline("replay", news, broker=broker)
    before = ends(broker)
    runs = [replayed(broker, "raw", run) for run in ("one", "two")]
    assert [told["read"] for told in runs] == [201, 201]
    assert runs[0]["written"][within("one", "wire.dead.v1")] == 1
    own = folded("--topic", within("one", ITEMS), broker=broker)
    assert said_by(broker, "one") == said_by(broker, "two") == own
    assert ends(broker) == before
    assert dead(broker) == []


async def test_between_offsets_and_between_times(broker: Running, news: str) -> None:
    """What fold says of those messages alone, each partition from where the span begins."""
    moments = []
    for _ in range(2):
        moments.append(time.time_ns() // 1_000_000)
        slugline("replay", news, broker=broker.address)
        time.sleep(0.01)
        news = "tests/system/processes.py"  # another item
    run_dry(broker.address)
    moments.append(time.time_ns() // 1_000_000)
    lying = [await lying_on(broker.address, ITEMS, partition) for partition in range(4)]
    since, until_, end = map(write_time, moments)

    told = replayed(broker.address, "items", "all", "--since", since, "--until", end)
    assert told["read"] == sum(map(len, lying)) == 201
    told = replayed(broker.address, "items", "late", "--since", until_)
    assert told["read"] == 1
    told = replayed(broker.address, "items", "early", "--until", until_)
    assert told["read"] == 200
    assert said_by(broker.address, "early") == fold_of([m for m in flat(lying) if m.timestamp < moments[1]])
    [busy] = [
        partition for partition, messages in enumerate(lying) if messages and messages is max(lying, key=len)
    ]
    told = replayed(broker.address, "items", "part", "--offsets", f"{busy}:10-40")
    assert told["read"] == 30
    assert said_by(broker.address, "part") == fold_of(lying[busy][10:40])


def flat(lying: list[list[Any]]) -> list[Any]:
    return [message for messages in lying for message in messages]


def fold_of(messages: list[Any]) -> Said:
    values = ((f"{m.partition}:{m.offset}", m.value) for m in messages)
    whole = fold_messages(values, Settings())
    return Said(
        *(b"".join(line + b"\n" for line in lines) for lines in (whole.distinct_events(), whole.stories()))
    )


@pytest.mark.parametrize("writes", [1, 2, 4])
def test_a_run_that_ended_early_goes_on_where_it_stood(news: str, writes: int) -> None:
    """A write is refused, this one or a later one: one line, exit code 1, and with --resume the same as without."""
    with EmbeddedBroker() as running:
        slugline("replay", news, broker=running.address)
        running.push_errors(PRODUCE, *[0] * (writes - 1), FATAL)
        asked = ("replay", "--from-topic", "raw", "--run", "r", "--json")
        failed = slugline(*asked, broker=running.address, code=1)
        assert failed.stderr.decode().count("\n") == 1
        running.clear_errors(PRODUCE)
        slugline(*asked, broker=running.address, code=1)
        slugline(*asked, "--resume", broker=running.address)
        slugline(*asked, "--resume", broker=running.address)
        slugline("replay", "--from-topic", "raw", "--run", "whole", broker=running.address)
        assert said_by(running.address, "r") == said_by(running.address, "whole")


@pytest.mark.kafka
def test_killed_it_goes_on_and_later_it_follows(kafka: Running, tmp_path: Path) -> None:
    """kill -9 in mid-run; later, --resume takes in what came meanwhile."""
    news = written(tmp_path / "wire.jsonl", list(wire(82, 3_000)))
    slugline("replay", news, broker=kafka.address)
    asked = ("replay", "--from-topic", "raw", "--run", "night")
    process = subprocess.Popen(
        [*SLUGLINE, *asked, "--broker", kafka.address], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    until(lambda: told_of(kafka.address, "night") > 200, "events of the run")
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    so_far = told_of(kafka.address, "night")
    slugline(*asked, "--resume", broker=kafka.address)
    assert told_of(kafka.address, "night") > so_far, "it was killed when all was done"
    assert said_by(kafka.address, "night") == folded("--topic", within("night", ITEMS), broker=kafka.address)
    slugline("replay", broker=kafka.address)
    told = replayed(kafka.address, "raw", "night", "--resume")
    assert told["read"] == 2
    assert said_by(kafka.address, "night") == folded("--topic", within("night", ITEMS), broker=kafka.address)


def told_of(broker: str, run: str) -> int:
    """Events of the run so far."""
    if run not in slugline("runs", "list", broker=broker).stdout.decode():
        return 0
    done = subprocess.run(
        [*SLUGLINE, "tail", "--run", run, "--json", "--from-beginning", "--until-end", "--broker", broker],
        cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    return done.stdout.count(b"\n")


@pytest.mark.kafka
def test_a_run_is_listed_until_it_is_forgotten(kafka: Running) -> None:
    """Its topics are as the table has them; forgotten, the name is free, and nothing is remembered of it."""
    slugline("replay", broker=kafka.address)
    for _ in range(2):
        assert replayed(kafka.address, "raw", "brief")["read"] == 2
        [run] = map(json.loads, slugline("runs", "list", "--json", broker=kafka.address).stdout.splitlines())
        assert run["run"] == "brief"
        configs = Admin(kafka.address).configs(run["topics"])
        told = {topic.name: topic for topic in table()}
        for name in run["topics"]:
            topic = told[name.removeprefix("replay.brief.")]
            assert configs[name]["cleanup.policy"] == topic.cleanup
            assert int(configs[name]["max.message.bytes"]) == topic.max_message_bytes
        slugline("runs", "forget", "brief", broker=kafka.address)
        assert slugline("runs", "list", "--json", broker=kafka.address).stdout == b""
    slugline("topics", "check", broker=kafka.address)
    slugline("runs", "forget", "brief", broker=kafka.address, code=1)


WRONG = [
    (("--from-topic", "raw"), "--run"),
    (("--run", "x"), "--from-topic"),
    (("--from-topic", "raw", "--run", "a.b"), "a.b"),
    (("--from-topic", "raw", "--run", "x", "--rate", "5/s"), "--rate"),
    (("--from-topic", "raw", "--run", "x", "a.jsonl"), "INPUT"),
    (("--from-topic", "raw", "--run", "x", "--offsets", "0:9-3"), "0:9-3"),
    (("--from-topic", "raw", "--run", "x", "--offsets", "all"), "all"),
    (("--from-topic", "raw", "--run", "x", "--offsets", "0:1-", "--since", "2024-05-02"), "--offsets"),
    (("--from-topic", "raw", "--run", "x", "--since", "2024-05-02", "--until", "2024-05-01"), "--until"),
    (("--from-topic", "raw", "--run", "x", "--since", "yesterday"), "yesterday"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=[" ".join(one) for one, _ in WRONG])
def test_what_is_asked_wrongly_is_said_in_a_line(arguments: tuple[str, ...], named: str) -> None:
    """Exit code 2, the option that is wrong, and nothing is asked of a broker."""
    done = slugline("replay", *arguments, broker="127.0.0.1:1", code=2)
    [line] = done.stderr.decode().splitlines()
    assert named in line


def test_what_is_not_there_is_said_in_a_line(embedded: EmbeddedBroker) -> None:
    """Offsets that are not kept, a partition that is none: exit code 1, and no run is begun."""
    asked = ("replay", "--from-topic", "raw", "--run", "x")
    for offsets in ("0:5-9", "7:0-"):
        [line] = (
            slugline(*asked, "--offsets", offsets, broker=embedded.address, code=1)
            .stderr.decode()
            .splitlines()
        )
        assert "partition" in line
    slugline("runs", "forget", "x", broker=embedded.address, code=1)
