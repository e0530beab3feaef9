"""Two named workers on three brokers, a window decided and a steady flow: where silences are measured. No fault enters."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from confluent_kafka import Consumer

from bench.checks.commands import SLUGLINE
from bench.checks.outcome import Wrong
from bench.torture.course import SECONDS, lag
from bench.torture.process import Kept, Say, Supervisor
from bench.torture.subscriber import Subscriber
from bench.torture.wire import LANES
from bench.wire import wire
from stream.broker.connection import connection
from stream.broker.kafka import LocalKafka
from stream.core.codec import encode
from stream.core.rehearsal import rehearse
from stream.core.settings import Settings
from stream.topics import GROUP

MEMBERS = ("a", "b")
BUILT = 3_600.0  # seconds for the window to be decided
MISSED, STEADY = (
    10,
    4.0,
)  # every lane was heard no longer ago than ten of its items take to come, for so many seconds
SETTLED = 180.0  # seconds for that after a fault
FLOW = 3_600  # seconds that the flow lasts


@dataclass(frozen=True, slots=True)
class Setting:
    """`session` in seconds, `rate` in items/s; `more` are further options of `slugline worker`, {name} in them being its name."""

    window: int
    rate: float
    session: float
    more: tuple[str, ...] = ()


@dataclass
class Stage:
    """What faults are done to while it is listened to."""

    kafka: LocalKafka
    workers: dict[str, Kept]
    subscriber: Subscriber
    setting: Setting


def until_steady(on: Stage, least: float = 0.0) -> None:
    """Every lane is heard, and was for a moment."""
    subscriber, lately = on.subscriber, MISSED * len(LANES) / on.setting.rate
    began = steady = time.monotonic()
    while time.monotonic() - steady < STEADY or time.monotonic() - began < least:
        now = time.monotonic()
        lanes = subscriber.lanes()
        if len(lanes) < len(LANES) or any(now - subscriber.last(lane) > lately for lane in lanes):
            steady = now
        if now - began > SETTLED:
            raise Wrong(
                f"not every lane was heard again in {SETTLED:.0f} s: a lower --rate, or a quieter machine, would do"
            )
        time.sleep(0.1)


@contextmanager
def staged(folder: Path, setting: Setting, say: Say) -> Iterator[Stage]:
    """All that runs, when the window is decided and every lane is heard."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    rehearse(Settings())
    before, flow = _written(folder, setting.window, int(setting.rate * FLOW))
    with LocalKafka(3) as kafka, Subscriber(kafka.address) as subscriber:
        at = kafka.address
        workers = {name: _worker(name, at, folder, setting) for name in MEMBERS}
        feed = [*SLUGLINE, "replay", "--broker", at, "--json"]
        first = Kept("window", lambda: [*feed, str(before)], folder / "window.log")
        flowing = Kept("flow", lambda: [*feed, str(flow), "--rate", f"{setting.rate:g}"], folder / "flow.log")
        with Supervisor(lambda: [*workers.values(), first, flowing], say):
            for process in (*workers.values(), first):
                process.start()
            _until_decided(at, first, say)
            flowing.start()
            stage = Stage(kafka, workers, subscriber, setting)
            until_steady(stage, 10.0)
            yield stage


def _worker(name: str, address: str, folder: Path, setting: Setting) -> Kept:
    command = [
        *SLUGLINE,
        "worker",
        "--broker",
        address,
        "--instance",
        name,
        "--session-timeout",
        f"{setting.session:g}",
    ]
    command += [word.format(name=name) for word in setting.more]
    return Kept(name, lambda: command, folder / f"{name}.log")


def _written(folder: Path, window: int, more: int) -> tuple[Path, Path]:
    """One made-up wire dealt to the lanes, a whole story in one; what comes before the faults, and what flows."""
    items = ({**one, "lang": _lane(one["parent"] or one["id"])} for one in wire(51, window + more))
    paths = folder / "window.jsonl", folder / "flow.jsonl"
    for path, count in zip(paths, (window, more), strict=True):
        with path.open("wb") as file:
            file.writelines(encode(one) + b"\n" for one in islice(items, count))
    return paths


def _lane(root: str) -> str:
    return LANES[int(root.rpartition("-")[2]) % len(LANES)]


def _until_decided(address: str, first: Kept, say: Say) -> None:
    client = Consumer({**connection(address).confluent(), "group.id": GROUP, "enable.auto.commit": False})
    deadline, told = time.monotonic() + BUILT, 0.0
    while not first.done or (left := lag(client)):
        if (now := time.monotonic()) > deadline:
            raise Wrong(f"the window was not decided in {BUILT:.0f} s")
        if first.done and now - told > SECONDS:
            told = now
            say(f"the window: {left:,} messages are not done")
        time.sleep(0.5)
    client.close()
