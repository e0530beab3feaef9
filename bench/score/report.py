"""The figures as one table for people, or as one JSON object. Nothing is judged here."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from bench.measure.report import machine
from bench.score.figures import Figures
from bench.score.running import SLUGLINE, Scored
from stream.core.engine import engine

Row = tuple[str, ...]  # the set, the measure, a cell for each judge
HEAD = "set", "measure", SLUGLINE
LEGEND = "three figures: precision, recall, F1; two: how many, and their share; links are to be few"


def as_json(found: Sequence[Scored], left_out: Mapping[str, str], missing: Sequence[str]) -> dict[str, Any]:
    """`left_out` are baselines with the reason, `missing` the sets that are not there."""
    return {
        "engine": engine(),
        "machine": machine(),
        "sets": {one.name: _as_json(one) for one in found},
        "left_out": dict(left_out),
        "missing": list(missing),
    }


def as_table(
    found: Sequence[Scored], left_out: Mapping[str, str], missing: Sequence[str], out: TextIO
) -> None:
    """Rich on a terminal; elsewhere columns of plain text."""
    columns = (*HEAD, *(name for name in found[0].by if name != SLUGLINE))
    blocks = [list(_rows(one, columns[len(HEAD) :])) for one in found]
    if out.isatty():
        Console(file=out).print(_rich(columns, blocks))
    else:
        _plain(columns, blocks, out)
    print(LEGEND, file=out)
    for name, why in left_out.items():
        print(f"{name} is left out: {why}", file=out)
    if missing:
        print(f"not there: {', '.join(missing)}", file=out)


def heading() -> str:
    return f"engine {engine()}; the baselines were computed in the same run"


def _rows(one: Scored, baselines: Row) -> Iterator[Row]:
    """What is known first, under our own name: it is what there was to find. A baseline that was not asked is blank."""
    for measure, figure in one.known.items():
        yield one.name, measure, figure.cell(), *("" for _ in baselines)
    for measure in one.by[SLUGLINE]:
        yield one.name, measure, *(_cell(one.by.get(name, {}), measure) for name in (SLUGLINE, *baselines))


def _cell(figures: Figures, measure: str) -> str:
    return figures[measure].cell() if measure in figures else ""


def _plain(columns: Row, blocks: Sequence[Sequence[Row]], out: TextIO) -> None:
    rows = [columns, *(row for block in blocks for row in block)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(heading(), file=out)
    for row in rows:
        cells = (
            cell.ljust(w) if at < 2 else cell.rjust(w)
            for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join(cells).rstrip(), file=out)


def _rich(columns: Row, blocks: Sequence[Sequence[Row]]) -> Table:
    table = Table(title=heading(), header_style="bold")
    for at, name in enumerate(columns):
        table.add_column(name, justify="left" if at < 2 else "right")
    for block in blocks:
        for row in block:
            table.add_row(*row)
        table.add_section()
    return table


def _as_json(one: Scored) -> dict[str, Any]:
    return {"known": _told(one.known), "by": {name: _told(figures) for name, figures in one.by.items()}}


def _told(figures: Figures) -> dict[str, Any]:
    return {measure: figure.as_json() for measure, figure in figures.items()}
