"""The beats of the wire, read from beats/*.txt: what their headlines, ledes and paragraphs may look like."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.wire.grammar import Maker, Template, compile_line
from bench.wire.names import HERE, maker


@dataclass(frozen=True, slots=True)
class Beat:
    """One field of news. `table` is empty but for company results."""

    name: str
    makers: Mapping[str, Maker]
    titles: tuple[Template, ...]
    ledes: tuple[Template, ...]
    details: tuple[Template, ...]
    table: tuple[Template, ...]


def _sections(path: Path) -> dict[str, list[str]]:
    """`@name` lines, each followed by its lines."""
    found: dict[str, list[str]] = {}
    for block in ("\n" + path.read_text(encoding="utf-8")).split("\n@")[1:]:
        name, *lines = block.splitlines()
        found[name] = [line for line in lines if line]
    return found


def _makers(lines: list[str]) -> dict[str, Maker]:
    cast = (line.partition(" ") for line in lines)
    return {label: maker(kind) for label, _, kind in cast}


def _templates(lines: list[str]) -> tuple[Template, ...]:
    return tuple(compile_line(line, maker) for line in lines)


COMMON = _sections(HERE / "beats" / "common.txt")
QUOTES = _templates(COMMON["quote"])
BACKGROUNDS = _templates(COMMON["background"])


def _beat(path: Path) -> Beat:
    found = _sections(path)
    return Beat(
        name=path.stem,
        makers=_makers(COMMON["cast"]) | _makers(found["cast"]),
        titles=_templates(found["title"]),
        ledes=_templates(found["lede"]),
        details=_templates(found["detail"]),
        table=_templates(found.get("table", [])),
    )


BEATS = tuple(_beat(path) for path in sorted((HERE / "beats").glob("*.txt")) if path.stem != "common")
