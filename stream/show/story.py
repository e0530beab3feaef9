"""A story for people, from its state on story.state.v1 and nothing else: the card, and the table of many."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from stream.show.card import Card, Row, drawn
from stream.show.decisions import decided
from stream.show.disputes import disputed
from stream.show.edits import PREFIX, bonds, standing
from stream.show.plain import Names, day, moment, name_of, plain, quoted, short_names
from stream.show.words import headline, origin_names, told_by

TITLE, QUOTE, ID = 84, 160, 28  # characters on a card
MOST_NEW = 8  # sentences quoted on a card

State = Mapping[str, Any]


def story_card(state: State, *, whole: bool = False) -> RenderableType:
    """What the story is, who tells it, what each has that no other has, what is contested.

    `whole` leaves nothing out: titles and quotes uncut, times, lane and engine.
    """
    return drawn(card_of(state, whole=whole))


def card_of(state: State, *, whole: bool = False) -> Card:
    """The card before it is drawn."""
    names = short_names(state["members"])
    rows = [
        *bonds(state),
        *_members(state, names),
        *_only(state, names, 0 if whole else QUOTE),
        *_same(state),
        *disputed(state["conflicts"], names),
        *(_about(state) if whole else ()),
    ]
    title = headline(state, 0 if whole else TITLE)
    aside = f"story {plain(state['id'])[:PREFIX]}…  version {state['version']}"
    return Card(title, aside, _summary(state), tuple(rows))


def _summary(state: State) -> str:
    """`2 members · 1 origin: Kyodo · PARIS · 2 May 2024`."""
    closed = "" if state["status"] == "open" else standing(state)
    place, about = plain(state.get("place", "")), day(state.get("day", ""))
    return " · ".join(part for part in (told_by(state), place, about, closed) if part)


def _members(state: State, names: Names) -> list[Row]:
    """By authorship, the original first; what was decided at arrival stands under the later of two."""
    rows = []
    for member in state["members"]:
        lines = [f"{plain(member['id'], ID)}  {plain(member['role_reason'])}"]
        if member["decision"].get("to"):
            lines.append(decided(member["decision"], names))
        rows.append(Row(plain(member["role"]), "\n".join(lines)))
    beyond = state["members_count"] - len(state["members"])
    return [*rows, Row("", f"… and {beyond:,} earlier")] if beyond else rows


def _only(state: State, names: Names, most: int) -> list[Row]:
    """A member alone has everything to itself, which says nothing."""
    if state["members_count"] == 1:
        return []
    said = [
        f"in {names[name_of(member)]}: {quoted(text, most)}{note}"
        for member in state["members"]
        for texts, note in ((member["only"], ""), (member["only_captions"], " (caption)"))
        for text in texts
    ]
    if most and len(said) > MOST_NEW:
        said = [*said[:MOST_NEW], f"… and {len(said) - MOST_NEW:,} more"]
    return [Row("new" if n == 0 else "", line) for n, line in enumerate(said)]


def _same(state: State) -> list[Row]:
    """Said where it is known: every member is listed, and at most one has something to itself."""
    members = state["members"]
    apart = [member for member in members if member["only"] or member["only_captions"]]
    if not len(members) == state["members_count"] > 1 or len(apart) > 1:
        return []
    every = "every other sentence" if apart else "every sentence"
    shared = "" if len(members) == 2 else " is in two or more"
    return [Row("same", f"{every}{shared}; spelling, commas and joins are not news")]


def _about(state: State) -> list[Row]:
    seen = state["seen"]
    times = f"first {moment(seen['first'])} · last {moment(seen['last'])} · news {moment(seen['material'])}"
    engines = ", ".join(sorted({plain(member["decision"]["engine"]) for member in state["members"]}))
    return [
        Row("seen", times),
        Row(
            "id", f"{plain(state['id'])} · lane {plain(state['lane'])} · {state['status']} · engine {engines}"
        ),
    ]


def story_table(states: Iterable[State]) -> RenderableType:
    """One line a story, in the order given."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    for heading, width in (("last seen", 19), ("story", PREFIX), ("version", 7), ("members", 7)):
        right = heading in ("version", "members")
        table.add_column(heading, width=width, justify="right" if right else "left", no_wrap=True)
    table.add_column("origins", width=16, no_wrap=True, overflow="ellipsis")
    table.add_column("status", width=10, no_wrap=True, overflow="ellipsis")
    table.add_column("headline", no_wrap=True, overflow="ellipsis", ratio=1)
    for state in states:
        table.add_row(*_line(state))
    return table


def _line(state: State) -> list[Text]:
    contested = ", ".join(f"{plain(conflict['field'])}?" for conflict in state["conflicts"])
    cells = (
        moment(state["seen"]["last"]),
        plain(state["id"])[:PREFIX],
        str(state["version"]),
        f"{state['members_count']:,}",
        origin_names(state),
        " ".join(filter(None, (standing(state), contested))),
        headline(state),
    )
    styles = ("dim", "", "", "", "", "yellow" if contested else "", "bold")
    return [Text(cell, style) for cell, style in zip(cells, styles, strict=True)]
