"""A file of items as `fold` judges it: one stream, with the listed fields and random ids alone. No gold may enter."""

import io
from collections.abc import Sequence
from pathlib import Path

from bench.checks.fields import Line
from bench.score.said import Entry, Said
from replay.fold import fold
from replay.inputs import read
from stream.core.codec import decode
from stream.core.settings import Settings

SETTINGS = Settings()


def entries(stripped: Path) -> list[Entry]:
    """What the baselines are given: the same file."""
    lines = map(decode, stripped.read_bytes().splitlines())
    times = (one.ts or 0 for one in read([str(stripped)], io.BytesIO()))
    return [_entry(line, ts) for line, ts in zip(lines, times, strict=True)]


def folded(stripped: Path) -> Said:
    """In the order of the file, told at its end, as `slugline fold --assignments` prints it."""
    told = fold(read([str(stripped)], io.BytesIO()), SETTINGS)
    return said([decode(line) for line in told.assignments()])


def said(lines: Sequence[Line]) -> Said:
    """A refused item stands alone."""
    positions = {line["item"]: at for at, line in enumerate(lines) if line["item"]}
    named = {
        at: frozenset(positions[name] for name in line["contains"])
        for at, line in enumerate(lines)
        if line.get("contains")
    }
    return Said(
        family=[line.get("family") or f"refused {at}" for at, line in enumerate(lines)],
        story=[line.get("story") or f"refused {at}" for at, line in enumerate(lines)],
        to=[positions.get(line.get("to")) for line in lines],
        contains=named,
        why=[_why(line) for line in lines],
        refused=sum(line["item"] is None for line in lines),
    )


def _why(line: Line) -> str:
    return str(line["reason"] if line["item"] else line["error"])


def _entry(line: Line, ts: int) -> Entry:
    return Entry(str(line["id"]), ts, line.get("title") or "", line.get("text") or line.get("body") or "")
