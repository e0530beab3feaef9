"""An event for people, from its structured mode and nothing else: a card, or one line."""

from collections.abc import Mapping
from typing import Any

from rich.console import RenderableType

from stream.reading.events import kind_of
from stream.show.card import Card, Row, drawn, on_one_line
from stream.show.decisions import decided
from stream.show.disputes import disputed
from stream.show.edits import PREFIX, edited
from stream.show.plain import Names, moment, plain, quoted, short_names
from stream.show.story import TITLE
from stream.show.words import headline, told_by

QUOTE = 160
Structured = Mapping[str, Any]


def event_card(event: Structured) -> RenderableType:
    """What happened, to which story, by which item, and what is new."""
    carried = event["data"]
    kind = kind_of(event)
    title = f"{kind}: {headline(carried, TITLE - len(kind))}"
    aside = f"story {plain(event['subject'])[:PREFIX]}…  version {carried['version']}"
    summary = f"{moment(event['time'])} · {told_by(carried)}"
    return drawn(Card(title, aside, summary, _rows(carried)))


def event_line(event: Structured) -> str:
    """`2024-05-02 09:30:00 updated c4cb… v2 Kishida, Macron agree … | 001… revision of 000…: … | new "…"`."""
    carried = event["data"]
    head = (
        moment(event["time"]),
        f"{kind_of(event):<15}",
        plain(event["subject"]),
        f"v{carried['version']}",
        headline(carried, TITLE),
    )
    rows = on_one_line(_rows(carried))
    return "  ".join(head) + (f" | {rows}" if rows else "")


def _rows(carried: Mapping[str, Any]) -> tuple[Row, ...]:
    names = _names(carried)
    rows = (
        [Row("item", f"{plain(carried['item']['id'], 28)}{_why(carried, names)}")]
        if "item" in carried
        else []
    )
    rows += edited(carried, names)
    rows += _changed(carried.get("change", {}))
    rows += disputed([carried["conflict"]], names) if "conflict" in carried else []
    return tuple(rows)


def _why(carried: Mapping[str, Any], names: Names) -> str:
    return f"  {decided(carried['decision'], names)}" if "decision" in carried else ""


def _names(carried: Mapping[str, Any]) -> Names:
    """Every item that the event speaks of."""
    decision = carried.get("decision", {})
    readings = carried.get("conflict", {}).get("readings", ())
    items = [
        carried.get("item"),
        decision.get("to"),
        *decision.get("contains", ()),
        *(r["item"] for r in readings),
        carried.get("proof", {}).get("to"),
        *carried.get("members", ()),
    ]
    return short_names(item for item in items if item)


def _changed(change: Mapping[str, Any]) -> list[Row]:
    rows = [Row("new", quoted(text, QUOTE)) for text in change.get("added", ())]
    rows += [Row("caption", quoted(text, QUOTE)) for text in change.get("captions", ())]
    rows += [Row("reworded", _reworded(each)) for each in change.get("reworded", ())]
    return rows + [Row("left out", quoted(text, QUOTE)) for text in change.get("removed", ())]


def _reworded(each: Mapping[str, Any]) -> str:
    figures = each.get("figures")
    told = f" (figures {' '.join(figures['was']) or 'none'} → {' '.join(figures['now'])})" if figures else ""
    return f"{quoted(each.get('now', ''), QUOTE)} was {quoted(each.get('was', ''), QUOTE)}{told}"
