"""The events that one item causes in its story: what happened, with the item as evidence. Nothing is decided here."""

from typing import Any

from stream.core.change import Change
from stream.core.events import Event, Kind, event
from stream.core.item import Item
from stream.core.messages import change_json, conflict_json, decision_json, headline, item_json, origin_names
from stream.core.story import Decision, Story


def describe(
    before: Story | None, after: Story, item: Item, decision: Decision, change: Change
) -> tuple[Event, ...]:
    """One event for the item, then one for each field that became contested by it."""
    about = _about(after, item)
    told = {**about, "decision": decision_json(decision)}
    first = [
        (
            _kind(before, change),
            {**told, "material": before is None or change.material} | _change(before, change),
        )
    ]
    opened = {c.field for c in before.conflicts} if before else set()
    contested: list[tuple[Kind, dict[str, Any]]] = [
        ("conflict.opened", {**about, "conflict": conflict_json(c)})
        for c in after.conflicts
        if c.field not in opened
    ]
    return tuple(
        event(item.identity, kind, after.id, item.ts, after.version, ordinal, data)
        for ordinal, (kind, data) in enumerate([*first, *contested], start=1)
    )


def closed(story: Story, cause: Item, now: int) -> Event:
    """The event that ends a story's life: `cause` is the item whose decision moved the clock (`now`, ms) past it."""
    data = {
        "story": story.id,
        "version": story.version,
        "headline": headline(story),
        "members": story.count,
        "origins": origin_names(story),
    }
    return event(cause.identity, "closed", story.id, now, story.version, story.events, data)


def _kind(before: Story | None, change: Change) -> Kind:
    if before is None:
        return "created"
    return "echoed" if change.nothing else "updated"


def _change(before: Story | None, change: Change) -> dict[str, Any]:
    return {} if before is None else {"change": change_json(change)}


def _about(story: Story, item: Item) -> dict[str, Any]:
    return {
        "story": story.id,
        "version": story.version,
        "headline": headline(story),
        "members": story.count,
        "origins": origin_names(story),
        "item": item_json(item),
    }
