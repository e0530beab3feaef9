"""`slugline explain`: why two items are together or apart, and why a story's members are in it. Nothing is decided here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from replay.fold import Folded
from replay.options import received_option
from stream.cli.folding import folded, topic_options
from stream.cli.judgement import judgement_options, settings
from stream.core import policy_story
from stream.core.codec import decode, encode
from stream.core.desk import Decided
from stream.core.explain import Reading, explained, one_event
from stream.core.item import Item
from stream.core.messages import decision_json
from stream.core.story import Decision
from stream.reading.named import NotOne, meant
from stream.show.explained import pair_card, story_explained
from stream.show.screen import Screen


@dataclass(frozen=True, slots=True)
class Told:
    """An item, what was decided when it came, and where it stands at the end."""

    item: Item
    decision: Decision
    story: str
    family: str


@click.command("explain")
@click.argument("what", nargs=-1, metavar="[A B] [INPUT]...")
@click.option("--story", "story", metavar="ID", help="Explain every member of a story instead of a pair.")
@click.option("--json", "as_json", is_flag=True, envvar="SLUGLINE_JSON", help="JSON lines, for programs.")
@topic_options
@judgement_options
@received_option
def explain(
    what: tuple[str, ...],
    story: str | None,
    as_json: bool,
    topic: str | None,
    address: str | None,
    story_life: float,
    languages: tuple[str, ...],
    received: int | None,
    max_item_bytes: int,
) -> None:
    """Say why the items A and B are together or apart: every rule with all that it asks, and what was decided.

    A and B are item ids, or SOURCE:ID. The files INPUT (the two seed items where there is none), or a topic, are
    folded first. With --story: every member of a story and what brought it there.
    """
    if story is None and len(what) < 2:
        raise click.UsageError("name two items, or --story ID")
    names, inputs = ((), what) if story is not None else (what[:2], what[2:])
    judged_by = settings(story_life, languages, max_item_bytes)
    told = _told(folded(inputs, topic, address, judged_by, received or 0))
    try:
        lines, cards = _members(told, story) if story is not None else _pair(told, *names)
    except NotOne as error:
        refusal = click.ClickException(str(error))
        refusal.exit_code = 2
        raise refusal from error
    with Screen() as screen:
        screen.lines(map(encode, lines)) if as_json else screen.draw(*cards)


def _told(done: Folded) -> list[Told]:
    """In the order of their decisions."""
    ends = [decode(line) for line in done.assignments()]
    return [
        Told(line.record.item, line.record.decision, str(end["story"]), str(end["family"]))
        for line, end in zip(done.lines, ends, strict=True)
        if isinstance(line, Decided)
    ]


def _pair(told: list[Told], a: str, b: str) -> tuple[list[dict[str, Any]], list[Any]]:
    one, other = sorted((_named(told, a), _named(told, b)), key=told.index)
    readings = explained(other.item, one.item)
    line = {
        "a": _item_json(one),
        "b": _item_json(other),
        "one_story": one.story == other.story,
        "one_family": one.family == other.family,
        "rules": [_reading_json(reading) for reading in readings],
    }
    return [line], [pair_card(line)]


def _members(told: list[Told], story: str) -> tuple[list[dict[str, Any]], list[Any]]:
    which = meant(story, {one.story for one in told}, "story", "slugline fold --stories")
    lines = list(_lines([one for one in told if one.story == which], told))
    return lines, [story_explained(lines)]


def _lines(members: list[Told], told: list[Told]) -> Iterator[dict[str, Any]]:
    """Each with the rule that brought it, where it was held against a member, or against the story as it stood."""
    by_identity = {one.item.identity: one for one in told}
    for at, one in enumerate(members):
        line: dict[str, Any] = _item_json(one)
        to = by_identity.get(one.decision.to.identity) if one.decision.to else None
        before = [other.item for other in members[:at] if other.decision.story == one.decision.story]
        readings = _held(one, to.item, before) if to else ()
        line["rules"] = [_reading_json(r) for r in readings if r.rule == one.decision.rule]
        yield line


def _held(one: Told, to: Item, before: list[Item]) -> tuple[Reading, ...]:
    if one.decision.rule == policy_story.NAME:
        return (one_event(one.item, before or [to]),)
    return explained(one.item, to)


def _named(told: list[Told], name: str) -> Told:
    """The latest item with that id, or source and id."""
    source, _, item = name.rpartition(":")
    found = [one for one in told if one.item.id == name or (one.item.source, one.item.id) == (source, item)]
    if len({one.item.source for one in found}) > 1:
        raise NotOne(f"{name!r} is an id of {len(found)} sources: say SOURCE:ID")
    if not found:
        raise NotOne(f"no item {name!r} in the input: `slugline fold --assignments` names them")
    return found[-1]


def _item_json(one: Told) -> dict[str, Any]:
    return {
        "item": {"id": one.item.id, "source": one.item.source, "title": one.item.title},
        "story": one.story,
        "family": one.family,
        "decision": decision_json(one.decision),
    }


def _reading_json(reading: Reading) -> dict[str, Any]:
    asked = [
        {name: value for name, value in zip(one.__slots__, (getattr(one, n) for n in one.__slots__), strict=True)
         if value is not None}
        for one in reading.asked
    ]  # fmt: skip
    return {
        "rule": reading.rule,
        "why": reading.why,
        "holds": reading.holds,
        "score": reading.score,
        "threshold": reading.threshold,
        "asked": asked,
    }
