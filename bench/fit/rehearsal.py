"""One wire through the morgue alone: told what is true, to see what it sees; or by weights, to see what comes of them."""

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np

from bench.fit.wires import SETTINGS, Wire
from stream.core import policy
from stream.core.kinship import Kin, one_story
from stream.core.morgue import Morgue, Near

Scorer = Callable[
    [int, Any], Any
]  # an item, measures of stories, a row each -> log of odds that it belongs, each


@dataclass(frozen=True, slots=True)
class Seen:
    """One choice: the measures of the stories near an item, and which of them are its own."""

    at: int
    measures: Any
    own: Any


@dataclass
class Rehearsal:
    """Stories by the position of their first item; `into` are those that became part of another."""

    wire: Wire
    scorer: Scorer | None = None  # None: told what is true
    morgue: Morgue = field(default_factory=Morgue)
    story: list[str] = field(default_factory=list)
    until: dict[str, int] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[int]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    _due: list[tuple[int, str]] = field(default_factory=list)

    def run(self) -> "Rehearsal":
        for at in range(self.wire.count):
            self._close(self.wire.times[at])
            family = self.wire.family[at]
            story = self._living(self.story[family]) if family is not None else None
            near = [] if story else self._near(at)
            story = story or self._choose(at, near) or f"story {at}"
            self._file(at, story)
            self._merge(at, story, near)
        return self

    def groups(self) -> list[str]:
        return [self._last(story) for story in self.story]

    def _near(self, at: int) -> list[Near]:
        wire = self.wire
        near = self.morgue.nearest(wire.terms[at], wire.times[at], wire.times[at])
        own = [self._is_own(at, one.story) for one in near]
        if near and None not in own:
            self.seen.append(Seen(at, np.array([one.measures for one in near]), np.array(own)))
        return near

    def _is_own(self, at: int, story: str) -> bool | None:
        """Whether most of a story's members are of the item's; None where nobody knows."""
        wire = self.wire
        if wire.true[at] is not None:
            return Counter(wire.true[m] for m in self.members[story]).most_common(1)[0][0] == wire.true[at]
        earlier, one_story = wire.judged.get(at, (None, False))
        if earlier is None or self._last(self.story[earlier]) != story:
            return None if earlier is None else False
        return one_story

    def _choose(self, at: int, near: Sequence[Near]) -> str | None:
        if self.scorer is None:
            true = self.wire.true[at]
            return self._living(self.told.get(true, "")) if true is not None else self._told_pair(at)
        if not near:
            return None
        odds = self.scorer(at, np.array([one.measures for one in near]))
        best = int(np.argmax(odds))
        return near[best].story if odds[best] > 0 else None

    def _told_pair(self, at: int) -> str | None:
        earlier, one_story = self.wire.judged.get(at, (None, False))
        return self._living(self.story[earlier]) if earlier is not None and one_story else None

    def _file(self, at: int, story: str) -> None:
        wire = self.wire
        self.story.append(story)
        self.members.setdefault(story, []).append(at)
        if (true := wire.true[at]) is not None:
            self.told[true] = story
        self._prolong(story, wire.times[at] + SETTINGS.story_life)
        self.morgue.file(story, at, wire.times[at], self.until[story], wire.terms[at])

    def _merge(self, at: int, story: str, near: Sequence[Near]) -> None:
        if self.scorer is None or not near:
            return
        odds = self.scorer(at, np.array([one.measures for one in near]))
        found = [Kin(near[at], 0) for at in np.argsort(-odds, kind="stable") if odds[at] > 0]
        for other in islice(one_story(self.morgue, story, found), policy.MOST_MERGED):
            self.morgue.merge(story, other.near.story)
            self.into[other.near.story] = story
            self.members[story] += self.members.pop(other.near.story)
            self._prolong(story, self.until.pop(other.near.story))

    def _prolong(self, story: str, until: int) -> None:
        self.until[story] = max(self.until.get(story, until), until)
        heapq.heappush(self._due, (self.until[story], story))

    def _close(self, now: int) -> None:
        while self._due and self._due[0][0] < now:
            until, story = heapq.heappop(self._due)
            if self.until.get(story) == until:
                self.morgue.close(story)
                del self.until[story]

    def _last(self, story: str) -> str:
        while story in self.into:
            story = self.into[story]
        return story

    def _living(self, story: str) -> str | None:
        last = self._last(story)
        return last if last in self.until else None
