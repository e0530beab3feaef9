"""One node of a local Apache Kafka: its settings, its process, its log. Topics are declared elsewhere."""

import contextlib
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from stream.broker import leash
from stream.broker.problem import BrokerError
from stream.broker.secured import LISTENER, Secured

HOST = "127.0.0.1"
CLUSTER = "c2x1Z2xpbmUtLWxvY2FsLQ"  # any 16 bytes in base64 would do; these read `slugline--local-`
READY = "Kafka Server started"
PATIENCE = 90.0  # seconds to be ready; 3.4 measured on a quiet machine
LOGGING = """status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d %p %m (%c)%n
rootLogger.level = INFO
rootLogger.appenderRef.out.ref = out
"""


@dataclass(frozen=True, slots=True)
class Ports:
    broker: int
    controller: int


def properties(number: int, ports: tuple[Ports, ...], folder: Path, secured: Secured | None = None) -> str:
    """server.properties of node `number`, counted from 0, of as many as there are ports."""
    own, copies = ports[number], min(3, len(ports))
    listener = f"{LISTENER if secured else 'PLAINTEXT'}://{HOST}:{own.broker}"
    voters = ",".join(f"{at}@{HOST}:{each.controller}" for at, each in enumerate(ports))
    settings: dict[str, object] = {
        "process.roles": "broker,controller",
        "node.id": number,
        "controller.quorum.voters": voters,
        "listeners": f"{listener},CONTROLLER://{HOST}:{own.controller}",
        "advertised.listeners": listener,
        "controller.listener.names": "CONTROLLER",
        "log.dirs": folder / "log",
        "auto.create.topics.enable": "false",
        "default.replication.factor": copies,
        "min.insync.replicas": min(2, copies),
        "group.initial.rebalance.delay.ms": 0,
        "group.min.session.timeout.ms": 1_000,  # tests kill members and wait for it; 6 s by default
        "offsets.topic.num.partitions": 3,
        "transaction.state.log.num.partitions": 3,
        "log.cleaner.dedupe.buffer.size": 32 * 1_024 * 1_024,  # or 512 MB of heap is short
    }
    for topic in ("offsets.topic", "transaction.state.log", "share.coordinator.state.topic"):
        settings[f"{topic}.replication.factor"] = copies
    for log in ("transaction.state.log", "share.coordinator.state.topic"):
        settings[f"{log}.min.isr"] = min(2, copies)
    settings |= secured.settings() if secured else {}
    return "".join(f"{name}={value}\n" for name, value in settings.items())


class Node:
    """Made ready by `format`; runs from `start` to `stop`, and never longer than this process."""

    def __init__(
        self,
        java: str,
        libs: Path,
        whole: Path,
        number: int,
        ports: tuple[Ports, ...],
        secured: Secured | None = None,
    ) -> None:
        """`whole` is the folder of the whole cluster, which goes with it, and which others cannot read."""
        self._java, self._libs, self._whole = java, libs, whole
        self._process: subprocess.Popen[bytes] | None = None
        folder = whole / f"{number}-{ports[number].controller}"
        folder.mkdir()
        self.properties = folder / "server.properties"
        self.properties.write_text(properties(number, ports, folder, secured), encoding="utf-8")
        self._logging = folder / "log4j2.properties"
        self._logging.write_text(LOGGING, encoding="utf-8")
        self._log = folder / "server.log"

    def format(self) -> None:
        format_ = ["kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", str(self.properties)]
        done = subprocess.run(self._command("64m", *format_), capture_output=True, text=True)
        if done.returncode:
            raise BrokerError(
                f"Kafka could not format {self.properties.parent}: {_last(done.stdout + done.stderr)}"
            )

    def start(self) -> None:
        command = [sys.executable, "-I", leash.__file__, str(self._whole), str(self._log)]
        command += self._command("256m", "kafka.Kafka", str(self.properties))
        self._log.write_bytes(b"")  # or it would still say that it is ready
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while READY not in (said := self._log.read_text(encoding="utf-8", errors="replace")):
            if not self.running:
                raise BrokerError(f"Kafka ended while starting: {_last(said)}")
            if time.monotonic() > deadline:
                raise BrokerError(f"Kafka was not ready in {PATIENCE:.0f} s: {_last(said)}")
            time.sleep(0.05)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def let_go(self) -> None:
        """Asks it to end; `stop` waits for that."""
        self._order(leash.IN_ORDER)

    def _order(self, order: bytes) -> None:
        if self._process and self._process.stdin and not self._process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.write(order)
                self._process.stdin.close()

    def kill(self) -> None:
        """kill -9 of the broker, its folder left as it is: `start` goes on from there."""
        assert self._process is not None
        self._order(leash.AT_ONCE)
        self._process.wait(leash.GRACE)

    def stop(self) -> None:
        self.let_go()
        if self._process:
            self._process.wait(leash.GRACE + 10)

    def _command(self, least: str, *program: str) -> list[str]:
        logging = f"-Dlog4j2.configurationFile={self._logging}"
        return [self._java, f"-Xms{least}", "-Xmx512m", logging, "-cp", f"{self._libs}/*", *program]


def _last(said: str) -> str:
    """The line of a log that most likely tells why."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["it said nothing"]
    return next((line for line in lines if " ERROR " in line or " FATAL " in line), lines[-1])
