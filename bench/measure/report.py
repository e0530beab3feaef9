"""The figures as one table for people, or as one JSON object. Nothing is measured here."""

import platform
from collections.abc import Sequence
from dataclasses import asdict
from os import cpu_count, getloadavg
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table

from bench.measure.figures import Figure
from stream.core.engine import engine


def as_json(figures: Sequence[Figure], quick: bool) -> dict[str, Any]:
    """`missed` names the lines whose target was missed; with `quick` no figure means anything."""
    return {
        "quick": quick,
        "engine": engine(),
        "machine": machine(),
        "figures": [asdict(figure) for figure in figures],
        "missed": [f"{figure.section}: {figure.what}" for figure in figures if figure.met is False],
    }


def machine() -> dict[str, Any]:
    """The load is that of the last minute, by the system's own count: near 1 nothing else ran."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": cpu_count(),
        "load": round(getloadavg()[0], 1),
    }


def heading() -> str:
    told = machine()
    clock = "times are the processor's, end to end the wall's"
    return f"engine {engine()}, Python {told['python']}, {told['processors']} processors, load {told['load']}; {clock}"


def as_table(figures: Sequence[Figure], out: TextIO) -> None:
    """Rich on a terminal; elsewhere columns of plain text."""
    if out.isatty():
        Console(file=out).print(_rich(figures))
        return
    print(heading(), file=out)
    rows = [_cells(figure) for figure in figures]
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    for row in rows:
        padded = (
            cell.rjust(w) if at == 2 else cell.ljust(w)
            for at, (cell, w) in enumerate(zip(row, widths, strict=False))
        )
        print("  ".join((*padded, row[5])).rstrip(), file=out)


def _rich(figures: Sequence[Figure]) -> Table:
    table = Table(title=heading(), header_style="bold")
    for name in ("section", "what", "value", "", "target", "of"):
        table.add_column(name, justify="right" if name == "value" else "left")
    section = ""
    for figure in figures:
        if section and figure.section != section:
            table.add_section()
        section = figure.section
        table.add_row(*_cells(figure), style="red" if figure.met is False else None)
    return table


def _cells(figure: Figure) -> tuple[str, str, str, str, str, str]:
    verdict = {True: " met", False: " MISSED", None: ""}[figure.met]
    return (
        figure.section,
        figure.what,
        number(figure.value),
        figure.unit,
        figure.target + verdict,
        figure.note,
    )


def number(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value < 10 else f"{value:.1f}"
