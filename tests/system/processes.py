"""The commands as processes of their own, as an operator runs them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).parents[2]
SLUGLINE = (sys.executable, "-m", "stream")
PATIENCE = 120.0
BRISK = ("--session-timeout", "2")  # a group waits that long for a worker that was killed
SMALL = ("--compression", "gzip")  # an embedded broker holds 5 MiB a partition


def slugline(*arguments: str, broker: str = "", code: int = 0) -> subprocess.CompletedProcess[bytes]:
    """A command that must end with `code`."""
    where = ["--broker", broker] if broker else []
    done = subprocess.run(
        [*SLUGLINE, *arguments, *where], cwd=ROOT, capture_output=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == code, done.stderr.decode()[-3_000:]
    return done


@contextmanager
def worker(broker: str, *arguments: str, log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A worker that is gone when the block is left. Its log goes to a file or nowhere: a full pipe would hold it."""
    command = [*SLUGLINE, "worker", "--broker", broker, *BRISK, *SMALL, *arguments]
    with (log or Path(os.devnull)).open("ab") as told:
        process = subprocess.Popen(command, cwd=ROOT, stderr=told)
        try:
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE)


@contextmanager
def replaying(broker: str, *arguments: str) -> Iterator[None]:
    """A replay beside what the block does; it has sent everything when the block is left."""
    process = subprocess.Popen([*SLUGLINE, "replay", *arguments, "--broker", broker, "--json"], cwd=ROOT)
    try:
        yield
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)


def run_dry(broker: str, *arguments: str, code: int = 0) -> None:
    """A worker that ends when there is nothing left to do."""
    slugline("worker", *BRISK, *SMALL, "--until-idle", "1", *arguments, broker=broker, code=code)


@dataclass(frozen=True, slots=True)
class Said:
    """What a run said, in the form in which runs are compared."""

    events: bytes
    stories: bytes


def said(broker: str) -> Said:
    """By the topics."""
    events = slugline("tail", "--json", "--from-beginning", "--until-end", "--canonical", broker=broker)
    return Said(events.stdout, slugline("stories", "--json", broker=broker).stdout)


def folded(*arguments: str, broker: str = "") -> Said:
    """By fold, of the inputs or of the topic."""
    each = (slugline("fold", *arguments, shown, broker=broker).stdout for shown in ("--events", "--stories"))
    return Said(*each)


def dead(broker: str) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in slugline("dead", "list", "--json", broker=broker).stdout.splitlines()
    ]


def written(path: Path, objects: Sequence[dict[str, Any]]) -> str:
    """The objects as a .jsonl file."""
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in objects))
    return str(path)


def until(true: Callable[[], bool], what: str) -> None:
    """Looks again and again; a guard against hanging, not a measurement."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"never came: {what}"
        time.sleep(0.05)
