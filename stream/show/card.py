"""A card: a title, what stands beside it, labelled rows; and how it is drawn. No meaning is here."""

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

LABEL = 8  # characters of the longest label
STYLES = {
    "original": "green",
    "created": "bold green",
    "new": "bold",
    "caption": "bold",
    "updated": "bold cyan",
    "conflict": "bold yellow",
    "dates": "yellow",
    "merged": "bold magenta",
    "split": "bold magenta",
    "closed": "dim",
    "echoed": "dim",
    "same": "dim",
}


@dataclass(frozen=True, slots=True)
class Row:
    """`text` may have several lines; an empty label goes on with the row above."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """What people see of a story or an event; every word of it comes from a topic."""

    title: str
    aside: str
    summary: str
    rows: tuple[Row, ...]


def drawn(card: Card) -> RenderableType:
    """Wrapped lines hang under their row's text, not under its label."""
    title = Text.assemble((card.title, "bold"), "   ", (card.aside, "dim"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(min_width=LABEL, no_wrap=True)
    grid.add_column(overflow="fold")
    for row in card.rows:
        grid.add_row(Text(row.label, STYLES.get(row.label, "")), Text(row.text))
    return Group(title, Padding(Text(card.summary), (0, 0, 0, 2)), Padding(grid, (0, 0, 0, 2)))


def on_one_line(rows: tuple[Row, ...]) -> str:
    """`updated …; new "…"`, for one line an event."""
    return " | ".join(f"{row.label} {row.text}".strip() for row in rows)
