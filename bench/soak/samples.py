"""What a worker and its broker take at one moment: memory, lag, stories, files. Nothing is judged here."""

import os
import re
import urllib.request
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LINE = re.compile(r"^(slugline_\w+?)(?:_total)?(?:\{.*\})? ([0-9.e+-]+)$", re.MULTILINE)
PATIENCE = 10.0
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """`at` in seconds since the feed began, sizes in MiB; `sent` items, `handled` by both stages and counted as two."""

    at: float
    sent: int
    handled: int
    memory: float
    lag: int
    open_stories: int
    dead: int
    state: float  # the worker's own folder
    files: int  # in it
    broker: float  # the logs of all topics
    load: float


def sample(at: float, sent: int, pid: int, metrics: str, state: Path, broker: Path) -> Sample:
    """`metrics` is the address of the worker's /metrics."""
    text = _read(metrics)
    told, kept = _sums(text), _sizes(state)
    dead = sum(
        float(line.rpartition(" ")[2])
        for line in text.splitlines()
        if line.startswith("slugline_items_total{") and 'outcome="dead"' in line
    )
    return Sample(
        at=round(at, 1),
        sent=sent,
        handled=int(told["slugline_items"]),
        memory=round(_resident(pid) / MIB, 1),
        lag=int(told["slugline_lag_messages"]),
        open_stories=int(told["slugline_open_stories"]),
        dead=int(dead),
        state=round(sum(kept) / MIB, 2),
        files=len(kept),
        broker=round(sum(_sizes(broker)) / MIB, 1),
        load=round(os.getloadavg()[0], 1),
    )


def _read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def _sums(text: str) -> Mapping[str, float]:
    """Of every metric, over its labels."""
    told: Counter[str] = Counter()
    for name, value in LINE.findall(text):
        told[name] += float(value)  # type: ignore[assignment]  # a gauge need not be whole
    return told


def _sizes(folder: Path) -> list[int]:
    """Of every file below it, as the disk has it; one that goes meanwhile is none."""
    found = []
    for file in folder.rglob("*"):
        try:
            if file.is_file():
                found.append(file.stat().st_blocks * 512)  # Kafka sets its indexes up longer than they are
        except OSError:
            continue
    return found


def _resident(pid: int) -> int:
    pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
