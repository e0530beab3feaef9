"""The wire itself: reports and re-issues as they come, made one by one as they are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from bench.wire.agencies import AGENCIES, Agency
from bench.wire.edits import EDITS, Desk
from bench.wire.story import Copy, Story, any_beat, compose, headline, new_scene

DAY = 86_400.0
FLASHES = 0.03  # of all new reports: a headline and nothing under it
LATE = 0.05  # of all items: they reach the wire some seconds behind the time they bear
KINDS = tuple(EDITS)
FEWEST = 3  # stories before the first re-issue: a wrap-up needs as many


@dataclass(slots=True)
class Newsroom:
    """What the wire remembers: the last `reach` stories, and the time. Nothing else grows with it."""

    rng: Random
    clock: float
    reach: int
    life: float
    recent: list[Story] = field(default_factory=list)
    written: int = 0

    def remember(self, story: Story) -> None:
        if len(self.recent) < self.reach:
            self.recent.append(story)
        else:
            self.recent[self.written % self.reach] = story
        self.written += 1

    def parent(self) -> Story | None:
        """A story of late that is still running."""
        if len(self.recent) < FEWEST:
            return None
        story = self.recent[int(self.rng.random() * len(self.recent))]
        return story if self.clock - story.at <= self.life else None


def wire(
    seed: int,
    items: int,
    *,
    reissues: float = 0.33,
    start: str = "2026-01-05T00:00:00Z",
    per_minute: float = 4.0,
    life_days: float = 2.0,
    reach: int = 600,
) -> Iterator[dict[str, Any]]:
    """Items of a news wire as JSON-able objects; a seed gives the same items, however many are asked for.

    `reissues` is the share of items that issue again one of the last `reach` stories, not older than
    `life_days`. Beside the fields of an item each has gold: `parent` (an id, or None), `kind` (`base`, or
    one of `EDITS`), and for a wrap-up `contains` (the ids of the three whose text it carries).
    """
    room = Newsroom(Random(seed), datetime.fromisoformat(start).timestamp(), reach, life_days * DAY)
    for count in range(items):
        room.clock += room.rng.expovariate(per_minute / 60)
        parent = room.parent() if room.rng.random() < reissues else None
        name = f"w{seed}-{count}"
        yield _reissue(room, name, parent) if parent else _first(room, name)


def _agency(rng: Random) -> Agency:
    return AGENCIES[int(rng.random() * len(AGENCIES))]


def _first(room: Newsroom, name: str) -> dict[str, Any]:
    rng, at = room.rng, datetime.fromtimestamp(room.clock, UTC)
    agency, beat = _agency(rng), any_beat(rng)
    scene = new_scene(rng, beat, at)
    if rng.random() < FLASHES:
        return _flash(room, name, agency, headline(agency, beat, scene))
    copy = compose(agency, beat, scene, at)
    room.remember(Story(name, room.clock, agency, beat, scene, copy))
    return _item(room, name, agency, copy, agency.apart) | {"parent": None, "kind": "base"}


def _flash(room: Newsroom, name: str, agency: Agency, title: str) -> dict[str, Any]:
    text = {} if room.rng.random() < 0.5 else {"text": ""}
    head = {"id": name, "ts": _stamp(room), "source": agency.source, "title": title}
    return {**head, **text, "priority": "flash", "parent": None, "kind": "base"}


def _reissue(room: Newsroom, name: str, parent: Story) -> dict[str, Any]:
    rng = room.rng
    agency, kind = _agency(rng), KINDS[int(rng.random() * len(KINDS))]
    copy = EDITS[kind](Desk(rng, agency, datetime.fromtimestamp(room.clock, UTC), room.recent), parent)
    apart = agency.apart if copy.head != parent.copy.head else parent.agency.apart
    item = _item(room, name, agency, copy, apart) | {"parent": parent.id, "kind": kind}
    return item | {"contains": list(copy.contains)} if copy.contains else item


def _item(room: Newsroom, name: str, agency: Agency, copy: Copy, apart: bool) -> dict[str, Any]:
    """`apart`: the dateline has a field of its own."""
    body = agency.gap.join([" ".join(paragraph) for paragraph in copy.paragraphs])
    item: dict[str, Any] = {"id": name, "ts": _stamp(room), "source": agency.source, "title": copy.title}
    item["text"] = f"{body}{copy.closing}" if apart else f"{copy.head}{body}{copy.closing}"
    if apart:
        item["dateline"] = copy.head
    if agency.slugs:
        item["slug"] = "-".join(copy.title.upper().split()[:4])
    if agency.priorities:
        item["priority"] = "u" if copy.title.startswith("URGENT") else "r"
    if agency.lang:
        item["lang"] = agency.lang
    if copy.title.startswith("UPDATE "):
        item["version"] = str(int(copy.title[7]) + 1)
    return item


def _stamp(room: Newsroom) -> str:
    late = room.rng.random() * 90 if room.rng.random() < LATE else 0.0
    return f"{datetime.fromtimestamp(room.clock - late, UTC):%Y-%m-%dT%H:%M:%SZ}"
