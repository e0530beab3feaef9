"""All that runs in a torture: three brokers, workers, an alerting service, a replayer, a subscriber. No fault enters."""

import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bench.checks.commands import SLUGLINE
from bench.checks.ground import ROOT
from bench.torture.process import Accident, Kept, Say, Supervisor
from bench.torture.replayer import Replayer
from bench.torture.subscriber import Subscriber
from bench.torture.wire import Wire
from stream.broker.connection import connection
from stream.broker.kafka import LocalKafka
from stream.broker.node import Node

NAMED = ("w1", "w2")  # static members of the group
UNNAMED = ("w3",)
EXTRA = "w4"  # comes and goes
ON_DISK = ("w1", "w2")  # with a state folder
STANDING_BY = ("w2", "w3")  # follow the partitions of the others


@dataclass(frozen=True, slots=True)
class Options:
    """`session` in seconds; `more` are further options of `slugline worker`, {name} in them being the worker's."""

    session: float = 6.0
    more: tuple[str, ...] = ()
    rate: float | None = None


@dataclass
class Scene:
    """What faults are done to."""

    kafka: LocalKafka
    folder: Path
    options: Options
    rng: Random
    say: Say
    workers: dict[str, Kept]
    alerting: Kept
    replayer: Replayer
    subscriber: Subscriber
    over: threading.Event = field(default_factory=threading.Event)
    badly: list[str] = field(default_factory=list)  # what was asked to end and did not end well

    @property
    def address(self) -> str:
        return self.kafka.address

    @property
    def ledger(self) -> Path:
        return self.folder / "alerts.sqlite"

    def any_worker(self, *names: str) -> Kept:
        return self.workers[self.rng.choice(names or (*NAMED, *UNNAMED))]

    def any_nodes(self, count: int) -> list[Node]:
        return self.rng.sample(self.kafka.nodes, count)

    def between(self, least: float, most: float) -> float:
        """Waits that many seconds, and says how many."""
        seconds = self.rng.uniform(least, most)
        self.wait(seconds)
        return seconds

    def wait(self, seconds: float) -> None:
        if self.over.wait(seconds):
            raise KeyboardInterrupt

    def processes(self) -> list[Kept]:
        return [*self.workers.values(), self.alerting, self.replayer.process]

    def accidents(self) -> list[Accident]:
        return [one for process in self.processes() for one in process.accidents]

    def stop(self, process: Kept) -> None:
        """By SIGTERM, and what ends otherwise than with 0 is noted; or by it, where it was still being loaded."""
        if (code := process.stop()) not in (0, -signal.SIGTERM):
            self.badly.append(f"{process.name} ended with {code} on SIGTERM")
            self.say(self.badly[-1])


@contextmanager
def scene(wire: Wire, folder: Path, options: Options, rng: Random, say: Say) -> Iterator[Scene]:
    """Everything started, and everything gone at the end."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # of brokers that are away it has much to say
    with LocalKafka(3) as kafka, Subscriber(kafka.address) as subscriber:
        at = kafka.address
        workers = {name: _worker(name, at, folder, options) for name in (*NAMED, *UNNAMED, EXTRA)}
        replayer = Replayer(at, wire, folder, options.rate)
        made = Scene(kafka, folder, options, rng, say, workers, _alerting(at, folder), replayer, subscriber)
        with Supervisor(made.processes, say):
            for name in (*NAMED, *UNNAMED):
                workers[name].start()
            made.alerting.start()
            yield made


def _worker(name: str, address: str, folder: Path, options: Options) -> Kept:
    command = [*SLUGLINE, "worker", "--broker", address, "--session-timeout", f"{options.session:g}"]
    command += ["--instance", name] if name in NAMED else []
    command += ["--state", str(folder / f"{name}.state")] if name in ON_DISK else []
    command += ["--standby"] if name in STANDING_BY else []
    command += [word.format(name=name) for word in options.more]
    return Kept(name, lambda: command, folder / f"{name}.log")


def _alerting(address: str, folder: Path) -> Kept:
    assert not connection(address).sasl, "the torture's brokers know no users"
    command: Sequence[str] = [sys.executable, str(ROOT / "examples" / "alerting_service.py")]
    environment = {"SLUGLINE_BROKER": address, "ALERT_LEDGER": str(folder / "alerts.sqlite")}
    said = folder / "alerts.jsonl"
    return Kept("alerting", lambda: command, folder / "alerting.log", environment, said)
