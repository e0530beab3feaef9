"""The events that one item causes in its story: what happened, with the item as evidence. Nothing is decided here."""

from typing import Any

from stream.core.change import Change
from stream.core.events import Event, Kind, event
from stream.core.item import Item
from stream.core.messages import about_json, change_json, conflict_json, decision_json, item_json, seen_json
from stream.core.story import Decision, Story


def describe(
    before: Story | None, after: Story, item: Item, decision: Decision, change: Change
) -> tuple[Event, ...]:
    """One event for the item, then one for each field that became contested by it."""
    about = {"story": after.id, **about_json(after), "item": item_json(item)}
    told = {**about, "decision": decision_json(decision), "material": before is None or change.material}
    first = [(_kind(before, change), told if before is None else {**told, "change": change_json(change)})]
    opened = {c.field for c in before.conflicts} if before else set()
    contested: list[tuple[Kind, dict[str, Any]]] = [
        ("conflict.opened", {**about, "material": False, "conflict": conflict_json(c)})
        for c in after.conflicts
        if c.field not in opened
    ]
    return tuple(
        [
            event(item.identity, kind, after.id, item.ts, after.version, ordinal, data)
            for ordinal, (kind, data) in enumerate([*first, *contested], start=1)
        ]
    )


def closed(story: Story, cause: Item, now: int) -> Event:
    """The event that ends a story's life: `cause` is the item whose decision moved the clock (`now`, ms) past it."""
    data = {"story": story.id, **about_json(story), "seen": seen_json(story), "material": False}
    return event(cause.identity, "closed", story.id, now, story.version, story.events, data)


def _kind(before: Story | None, change: Change) -> Kind:
    if before is None:
        return "created"
    return "echoed" if change.nothing else "updated"
