"""A command that is kept running as a supervisor would, until it is meant to stop. What it does is not known here."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.checks.ground import ROOT

LOOK = 0.2  # seconds between two looks
AGAIN = 1.0  # seconds after which a supervisor starts again what ended by itself
PATIENCE = 30.0  # seconds that a process has to end after SIGTERM
LAST, QUOTED = 100_000, 500  # bytes of a log that are looked through, and of a line that are quoted

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Accident:
    """A process that ended by itself: which, with what code, its last words, and whether these were the log of an error of
    ours; else it was started where no broker answered, and said so."""

    name: str
    code: int
    words: str
    ours: bool = False


@dataclass
class Kept:
    """Started by `start`, and again whenever it ends with anything but 0 while it is wanted.

    `command` is asked for at every start, as what is left to do may have changed.
    """

    name: str
    command: Callable[[], Sequence[str]]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    output: Path | None = None
    accidents: list[Accident] = field(default_factory=list)
    starts: int = 0
    wanted: bool = False
    _process: "subprocess.Popen[bytes] | None" = None
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _ended: float | None = None

    def start(self) -> None:
        with self._lock:
            self.wanted, self._ended = True, None
            self.starts += 1
            with self.log.open("ab") as log, (self.output or Path(os.devnull)).open("ab") as out:
                self._process = subprocess.Popen(
                    list(self.command()),
                    cwd=ROOT,
                    env={**os.environ, **self.environment},
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=log,
                )

    def kill(self) -> None:
        """kill −9, and nobody starts it again but `start`."""
        with self._lock:
            self.wanted = False
            if self._process is not None:
                self._process.kill()
                self._process.wait(PATIENCE)

    def stop(self) -> int:
        """SIGTERM; the code with which it ended, -9 where it had to be killed."""
        with self._lock:
            self.wanted = False
            if self._process is None:
                return 0
            self._process.terminate()
            try:
                return self._process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                return self._process.wait(PATIENCE)

    def pause(self) -> None:
        self._signal(signal.SIGSTOP)

    def wake(self) -> None:
        self._signal(signal.SIGCONT)

    @property
    def done(self) -> bool:
        """It ended by itself with 0."""
        with self._lock:
            return self._process is not None and self._process.poll() == 0

    def look(self, say: Say) -> None:
        """What ended by itself is told, and after a moment started again."""
        with self._lock:
            code = self._process.poll() if self._process and self.wanted else None
            if not code:
                return
            if self._ended is None:
                self._ended = time.monotonic()
                self.accidents.append(Accident(self.name, code, *self._words()))
                say(f"{self.name} ended by itself with {code}: {self.accidents[-1].words}")
            if time.monotonic() - self._ended >= AGAIN:
                self.start()

    def _signal(self, number: signal.Signals) -> None:
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._process.send_signal(number)

    def _words(self) -> tuple[str, bool]:
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - LAST))
            lines = log.read().decode("utf-8", "replace").strip().splitlines() or ["nothing"]
        worst = [line for line in lines if '"level":"critical"' in line]
        return (worst or lines)[-1][:QUOTED], bool(worst)


class Supervisor:
    """Looks after processes from a thread of its own, until it is left."""

    def __init__(self, processes: Callable[[], Sequence[Kept]], say: Say) -> None:
        self._processes, self._say = processes, say
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Supervisor":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(PATIENCE)
        for process in self._processes():
            process.wake()  # a paused one does not die of SIGTERM, and is not left behind
            process.kill()

    def _watch(self) -> None:
        while not self._over.wait(LOOK):
            for process in self._processes():
                process.look(self._say)
