"""Laws of an upgrade: a worker of another engine goes on where the one before was told to end, and changes nothing said."""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from bench.wire import wire
from stream.core.engine import engine
from tests.system.conftest import Start
from tests.system.processes import (
    BRISK,
    PATIENCE,
    ROOT,
    SMALL,
    replaying,
    run_dry,
    said,
    slugline,
    until,
    written,
)

# The same worker under rules of another name: the engine's id is a hash of them, and every decision carries it.
BEFORE = "from stream.core import engine; engine.RULES = 'before'; from stream.cli import main; main()"
ITEMS = 240


@contextmanager
def worker_before(broker: str) -> Iterator[subprocess.Popen[bytes]]:
    """The worker of the version before, gone when the block is left."""
    command = [sys.executable, "-c", BEFORE, "worker", "--broker", broker, *BRISK, *SMALL]
    process = subprocess.Popen([*command, "--raw-partitions", "1"], cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait(PATIENCE)


def test_the_next_version_goes_on_and_tells_what_was_told_as_it_was(start: Start, tmp_path: Path) -> None:
    """SIGTERM in mid-stream ends the one with 0; every item is told once, by the engine that decided it; all items sent
    again, the next one tells them all again, byte for byte, the other's decisions in the other's words."""
    news = written(tmp_path / "wire.jsonl", list(wire(91, ITEMS)))
    broker = start(1)
    with replaying(broker, news, "--rate", "8"), worker_before(broker) as process:
        until(lambda: len(events(broker)) > 20, "events by the version before")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    run_dry(broker, "--raw-partitions", "1")
    once = said(broker)  # which fails where an event was told with two contents
    by = Counter(decided_by(once.events).values())
    assert len(by) == 2
    assert 0 < by[engine()] < by.total() == ITEMS
    slugline("replay", news, broker=broker)
    before = Counter(event["id"] for event in events(broker))
    run_dry(broker, "--raw-partitions", "1")
    assert said(broker) == once
    after = Counter(event["id"] for event in events(broker))
    assert after.keys() == before.keys()
    assert all(after[event] > before[event] for event in before)


def events(broker: str) -> list[dict[str, Any]]:
    """All that lie on the topic, repeats too."""
    lines = slugline("tail", "--json", "--from-beginning", "--until-end", broker=broker).stdout
    return [orjson.loads(line) for line in lines.splitlines()]


def decided_by(events: bytes) -> dict[str, str]:
    """The engine that decided each item."""
    told = [orjson.loads(line)["data"] for line in events.splitlines()]
    return {one["item"]["identity"]: one["decision"]["engine"] for one in told if "decision" in one}
