"""What is told when stories turn out to be one: an event on each key, either half enough. Nothing is decided here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stream.core.events import Event, event
from stream.core.item import Item
from stream.core.messages import about_json, headline, item_json, proof_json
from stream.core.story import Decision, Merge, Story


def merged(
    losers: Sequence[Story], story: Story, item: Item, decision: Decision, ordinal: int
) -> tuple[tuple[Story, ...], tuple[Event, ...]]:
    """The redirects that the losers become, and two events for each: on the story's key, counted from `ordinal`, and on
    the loser's own."""
    redirects = tuple(redirect(loser, story.id) for loser in losers)
    proofs: dict[str, Merge] = {merge.story: merge for merge in decision.merges}
    told = tuple(
        half
        for place, gone in enumerate(redirects, start=ordinal)
        for half in _halves(gone, story, item, proofs[gone.id], place)
    )
    return redirects, told


def redirect(story: Story, into: str) -> Story:
    """The last version of a story that goes on in another: as it stood, and where it is now."""
    return replace(story, version=story.version + 1, closed=True, into=into, events=1)


def side_json(story: Story) -> dict[str, Any]:
    """A story as the other half of an event needs it."""
    name = headline(story)
    told = {"story": story.id, "version": story.version, "members_count": story.count}
    return {**told, "headline": name} if name else told


def _halves(gone: Story, story: Story, item: Item, proof: Merge, ordinal: int) -> tuple[Event, Event]:
    both = {
        "from": side_json(gone),
        "into": side_json(story),
        "by": "text",
        "item": item_json(item),
        "proof": proof_json(proof),
        "material": False,
    }
    return _half(story, item, ordinal, both), _half(gone, item, 1, both)


def _half(story: Story, item: Item, ordinal: int, both: dict[str, Any]) -> Event:
    told = {"story": story.id, **about_json(story), **both}
    return event(item.identity, "merged", story.id, item.ts, story.version, ordinal, told)
