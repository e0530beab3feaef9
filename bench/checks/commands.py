"""`slugline` as it is run: commands to their end, a worker to be watched or killed. No process outlives its block."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import orjson

from bench.checks.ground import ROOT
from bench.checks.outcome import Wrong

SLUGLINE = (sys.executable, "-m", "stream")
PATIENCE = 300.0  # seconds for any one command
SESSION = 3.0  # seconds until a killed worker's partitions are given to the next
IDLE = 0.5  # seconds without anything to do, after which a worker ends
LAST_WORDS = ("critical", "error")


def slugline(*arguments: str | Path) -> bytes:
    """Its standard output; Wrong with its last line on standard error where it did not end with 0."""
    try:
        done = subprocess.run(
            [*SLUGLINE, *map(str, arguments)], capture_output=True, cwd=ROOT, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Wrong(f"slugline {arguments[0]} took more than {PATIENCE:.0f} s") from error
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise Wrong(f"slugline {arguments[0]} ended with {done.returncode}: {''.join(last)}")
    return done.stdout


def feed(path: Path, broker: str) -> None:
    """All items of a file to wire.raw, as fast as the broker takes them."""
    slugline("replay", path, "--broker", broker, "--json")


class Worker:
    """`slugline worker` in a process of its own. It compresses what it writes, so that more fits in memory."""

    def __init__(self, broker: str, raw_partitions: int, folder: Path, *, until_idle: bool = True) -> None:
        options = ["--broker", broker, "--raw-partitions", str(raw_partitions), "--compression", "gzip"]
        options += ["--session-timeout", str(SESSION)]
        self._command = [*SLUGLINE, "worker", *options, *(["--until-idle", str(IDLE)] if until_idle else [])]
        self._log = folder / "worker.log"

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.began = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def running(self) -> bool:
        """Wrong, with its last words, where it ended by itself and not with 0."""
        code = self._process.poll()
        if code:
            raise Wrong(f"the worker ended with {code}: {self._last_words()}")
        if time.monotonic() > self.began + PATIENCE:
            raise Wrong(f"the worker was not done in {PATIENCE:.0f} s: {self._last_words()}")
        return code is None

    def kill(self) -> None:
        """kill −9: nothing of it is told beforehand."""
        self._process.kill()
        self._process.wait()

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["nothing"]
        return next((line for line in reversed(lines) if _level(line) in LAST_WORDS), lines[-1])[:500]


def _level(line: str) -> str:
    try:
        return str(orjson.loads(line)["level"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ""
