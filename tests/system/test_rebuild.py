"""Laws of a rebuild on brokers: stories made again beside the live ones, the switch to them, back, and to them again."""

import asyncio
import json
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
import pytest

from bench.wire import wire
from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.core.succession import last
from stream.reading.topic import reading
from stream.runs import within
from stream.topics import EVENTS, GENERATION, ITEMS, STATE
from tests.conftest import Running, wipe
from tests.contracts.validate import assert_valid_on
from tests.laws.doubles import doubles
from tests.laws.subscriber import Subscriber
from tests.system.conftest import Start
from tests.system.processes import (
    PATIENCE,
    ROOT,
    SLUGLINE,
    dead,
    folded,
    run_dry,
    said,
    slugline,
    until,
    worker,
    written,
)
from tests.worker.running import lying_on

FATAL = 31  # CLUSTER_AUTHORIZATION_FAILED: a write that is refused for good
HOUR = ("--story-life", "0.04")  # days: what makes the other stories
RUN = ("rebuild", "--run", "hourly", *HOUR)
States = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """A wire with doubles of which stories merge, in four parts."""
    folder, whole = tmp_path_factory.mktemp("wire"), doubles(5, 12)
    size = len(whole) // 4 + 1
    return tuple(written(folder / f"{n}.jsonl", whole[n * size : (n + 1) * size]) for n in range(4))


def states(broker: str) -> States:
    lines = slugline("stories", "--json", broker=broker).stdout.splitlines()
    return {state["id"]: state for state in map(orjson.loads, lines)}


def fed(broker: str, part: str, *life: str) -> None:
    """More of the wire, and a worker until it is idle."""
    slugline("replay", part, broker=broker)
    run_dry(broker, "--raw-partitions", "1", *life)


def normalised(broker: str, before: str, part: str) -> None:
    """More of the wire, as items that the desk has not come to."""
    slugline("replay", part, broker=broker)
    total = sum(Path(one).read_bytes().count(b"\n") for one in (before, part))
    with worker(broker, "--raw-partitions", "1", "--stage", "normalise") as process:
        until(lambda: asyncio.run(items_on(broker)) == total, f"{total} items")
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


async def items_on(broker: str) -> int:
    async with reading(broker, ITEMS, "now") as reader:
        return sum(end for _, end in (await reader.edges()).values())


def fold_of(broker: str, *life: str) -> States:
    lines = folded("--topic", ITEMS, *life, broker=broker).stories.splitlines()
    return {state["id"]: state for state in map(orjson.loads, lines)}


async def resolves(broker: str, own: States) -> None:
    """The stories of this generation stand there, every id leads to a story, and events say the same of it."""
    public, told = states(broker), Subscriber()
    assert {story: public[story] for story in own} == own
    for story in public:
        end = public[last(public, story)]
        assert "merged_into" not in end
        assert end["id"] in own or end["status"] == "closed"
    lying = [message for partition in range(4) for message in await lying_on(broker, EVENTS, partition)]
    for message in lying:
        assert_valid_on(EVENTS, message.key, message.value, message.headers)
    for line in slugline(
        "tail", "--json", "--from-beginning", "--until-end", broker=broker
    ).stdout.splitlines():
        told.take(orjson.loads(line))
    for story in told.versions:
        assert told.story(story) in public


@pytest.mark.kafka
async def test_there_and_back_and_there_again(kafka: Running, parts: tuple[str, ...]) -> None:
    """The live stories while it is made; then its own, as fold has them; then those of before, with all that came
    meanwhile; then its own again. No item is told by both."""
    broker = kafka.address
    wipe(broker, 1)
    fed(broker, parts[0])
    slugline(*RUN, "--from", "items", broker=broker)
    assert states(broker) == fold_of(broker)
    fed(broker, parts[1])
    switched = json.loads(slugline(*RUN, "--switch", "--json", broker=broker).stdout)
    assert (switched["live"], switched["before"]) == ("hourly", "first")
    await resolves(broker, fold_of(broker, *HOUR))
    fed(broker, parts[2], *HOUR)
    await resolves(broker, fold_of(broker, *HOUR))
    slugline("rebuild", "--run", "hourly", "--back", broker=broker)
    await resolves(broker, fold_of(broker))
    fed(broker, parts[3])
    await resolves(broker, fold_of(broker))
    slugline(*RUN, "--switch", broker=broker)
    await resolves(broker, fold_of(broker, *HOUR))
    await each_is_told_once(broker)
    assert dead(broker) == []
    for partition in range(4):
        for message in await lying_on(broker, STATE, partition):
            assert_valid_on(STATE, message.key, message.value, message.headers)
    for message in await lying_on(broker, GENERATION, 0):
        assert_valid_on(GENERATION, message.key, message.value, message.headers)


async def each_is_told_once(broker: str) -> None:
    """Of every item on wire.items.v1 one distinct event tells how it was decided."""
    told = [orjson.loads(line)["data"] for line in said(broker).events.splitlines()]
    lying = [message for partition in range(4) for message in await lying_on(broker, ITEMS, partition)]
    items = {orjson.loads(message.value)["identity"] for message in lying}
    assert sorted(one["item"]["identity"] for one in told if "decision" in one) == sorted(items)


@pytest.mark.parametrize("writes", [2, 4, 7])
async def test_a_switch_that_ended_early_goes_on_when_it_is_asked_for_again(
    parts: tuple[str, ...], writes: int
) -> None:
    """This write is refused, or a later one: meanwhile no worker starts; asked for again it ends as undisturbed."""
    with EmbeddedBroker(raw_partitions=1) as running:
        broker = running.address
        fed(broker, parts[0])
        slugline(*RUN, "--from", "items", broker=broker)
        await asyncio.to_thread(normalised, broker, *parts[:2])
        running.push_errors(PRODUCE, *[0] * (writes - 1), FATAL)
        slugline(*RUN, "--switch", broker=broker, code=1)
        running.clear_errors(PRODUCE)
        refused = slugline("worker", "--raw-partitions", "1", broker=broker, code=1).stderr.decode()
        assert "under way" in refused
        assert refused.count("\n") == 1
        slugline(*RUN, "--switch", broker=broker)
        await resolves(broker, fold_of(broker, *HOUR))
        fed(broker, parts[2], *HOUR)
        await resolves(broker, fold_of(broker, *HOUR))
        await each_is_told_once(broker)


@pytest.mark.kafka
async def test_killed_again_and_again_it_ends_as_undisturbed(kafka: Running, parts: tuple[str, ...]) -> None:
    """kill -9 of the switch, later and later."""
    broker = kafka.address
    wipe(broker, 1)
    fed(broker, parts[0])
    slugline(*RUN, "--from", "items", broker=broker)
    await asyncio.to_thread(normalised, broker, *parts[:2])
    killed = 0
    for tenths in range(10, 60, 5):
        process = subprocess.Popen(
            [*SLUGLINE, *RUN, "--switch", "--broker", broker], cwd=ROOT, stderr=subprocess.DEVNULL
        )
        with suppress(subprocess.TimeoutExpired):
            process.wait(tenths / 10)
            break
        process.kill()
        process.wait(PATIENCE)
        killed += 1
    assert killed
    done = json.loads(slugline(*RUN, "--switch", "--json", broker=broker).stdout)
    assert (done["live"], done["before"]) == ("hourly", "first")
    await resolves(broker, fold_of(broker, *HOUR))
    fed(broker, parts[2], *HOUR)
    await resolves(broker, fold_of(broker, *HOUR))
    await each_is_told_once(broker)


async def test_from_raw_the_items_are_made_again_too(start: Start, parts: tuple[str, ...]) -> None:
    """In an order of their own; what the live stream has beside them are repeats."""
    broker = start(1)
    fed(broker, parts[0])
    slugline("rebuild", "--run", "new", "--from", "raw", broker=broker)
    fed(broker, parts[1])
    slugline("rebuild", "--run", "new", "--from", "raw", broker=broker)
    slugline("rebuild", "--run", "new", "--switch", broker=broker)
    own = folded("--topic", within("new", ITEMS), broker=broker).stories.splitlines()
    await resolves(broker, {state["id"]: state for state in map(orjson.loads, own)})
    fed(broker, parts[2])
    await each_is_told_once(broker)


@pytest.mark.kafka
def test_while_a_worker_runs_nothing_is_switched(kafka: Running, tmp_path: Path) -> None:
    """One line, exit code 1, and the worker goes on as if nobody had asked."""
    wipe(kafka.address, 1)
    fed(kafka.address, written(tmp_path / "wire.jsonl", list(wire(4, 20))))
    slugline("rebuild", "--run", "new", "--from", "items", broker=kafka.address)
    with worker(kafka.address, "--raw-partitions", "1") as process:
        time.sleep(10)  # it joins the group
        refused = slugline("rebuild", "--run", "new", "--switch", broker=kafka.address, code=1)
        assert "SIGTERM" in refused.stderr.decode()
        assert process.poll() is None


def test_a_run_of_a_part_takes_no_place(tmp_path: Path) -> None:
    """Its stories are some of them: one line, exit code 1, and the generation that was live is; the rest is no matter."""
    with EmbeddedBroker(raw_partitions=1) as embedded:
        fed(embedded.address, written(tmp_path / "wire.jsonl", list(wire(4, 20))))
        again = ("replay", "--from-topic", "items", "--run")
        held = {partition for (topic, partition), _ in embedded.held.items() if topic == ITEMS}
        for run, begin in (("tail", 5), ("head", 0)):
            offsets = (word for partition in held for word in ("--offsets", f"{partition}:{begin}-9"))
            slugline(*again, run, *offsets, broker=embedded.address)
        refused = slugline("rebuild", "--run", "tail", "--switch", broker=embedded.address, code=1)
        [line] = refused.stderr.decode().splitlines()
        assert "a part of" in line
        slugline("rebuild", "--run", "head", "--switch", broker=embedded.address)


WRONG = [
    (("--run", "x"), 2, "--switch"),
    (("--run", "first", "--switch"), 2, "first"),
    (("--run", "x", "--from", "raw", "--back"), 2, "--switch"),
    (("--run", "x", "--switch"), 1, "no run x"),
    (("--run", "x", "--back"), 1, "not the generation"),
]


@pytest.mark.parametrize(("arguments", "code", "named"), WRONG)
def test_what_cannot_be_is_said_in_a_line(
    embedded: EmbeddedBroker, arguments: tuple[str, ...], code: int, named: str
) -> None:
    """And nothing is written."""
    [line] = slugline("rebuild", *arguments, broker=embedded.address, code=code).stderr.decode().splitlines()
    assert named in line
    assert not [topic for (topic, _), _held in embedded.held.items() if topic == GENERATION]
