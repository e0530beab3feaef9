"""What is told of an editor's edit: an event on each key, either half enough. Nothing is decided here."""

from collections.abc import Sequence
from typing import Any

from stream.core.cut import MOST_LISTED
from stream.core.describe_merge import redirect, side_json
from stream.core.edit import Edit
from stream.core.events import Event, Kind, event
from stream.core.messages import about_json, ref_json
from stream.core.story import Ref, Story
from stream.core.times import write_time


def merged_by(
    edit: Edit, losers: Sequence[Story], story: Story, now: int
) -> tuple[tuple[Story, ...], tuple[Event, ...]]:
    """The redirects that the losers become, and two events for each. `now` is the lane's clock (ms)."""
    redirects = tuple(redirect(loser, story.id) for loser in losers)
    told: list[Event] = []
    for place, gone in enumerate(redirects, start=1):
        both = {**_both(gone, story), "edit": edit_json(edit)}
        told += [_half(edit, "merged", one, now, n, both) for one, n in ((story, place), (gone, 1))]
    return redirects, tuple(told)


def split_by(edit: Edit, left: Story, begun: Story, gone: Sequence[Ref], now: int) -> tuple[Event, Event]:
    """On the key of the story that was parted, and on that of the one that began by it; the newest that left it."""
    members = [ref_json(ref) for ref in gone[:MOST_LISTED]]
    both = {**_both(left, begun), "edit": edit_json(edit), "members": members}
    return _half(edit, "split", left, now, 1, both), _half(edit, "split", begun, now, 1, both)


def edit_json(edit: Edit) -> dict[str, Any]:
    """The edit as events name it."""
    said = {"identity": edit.identity, "at": write_time(edit.at)}
    return said | {name: words for name in ("editor", "note") if (words := getattr(edit, name))}


def _both(gone: Story, into: Story) -> dict[str, Any]:
    return {"from": side_json(gone), "into": side_json(into), "by": "editor", "material": False}


def _half(edit: Edit, kind: Kind, story: Story, now: int, ordinal: int, both: dict[str, Any]) -> Event:
    told = {"story": story.id, **about_json(story), **both}
    return event(edit.identity, kind, story.id, now, story.version, ordinal, told)
