"""Gold of whole stories: every item bears its own. A judge's stories are compared with them, no family enters."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from bench.checks.fields import Line
from bench.score.figures import Count, Figures
from bench.score.folding import SETTINGS
from bench.score.gold import Error
from bench.score.measures import Table, within_life
from bench.score.said import Entry, Said
from stream.core.times import DAY

BEST = f"best within {SETTINGS.story_life // DAY} days"


@dataclass(frozen=True, slots=True)
class Stories:
    """The true story of each item, by position."""

    true: Sequence[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Stories":
        return cls([str(line["story"]) for line in lines])

    def figures(self, said: Said, items: Sequence[Entry]) -> Figures:
        table = Table(said.story, self.true)
        return {
            "pairwise": table.pairwise(),
            "BCubed": table.bcubed(),
            "stories found": Count(len(table.said)),
        }

    def known(self, items: Sequence[Entry]) -> Figures:
        """A story takes members for so long after its last: whoever judges can find no more than `best`."""
        best = within_life(self.true, [item.ts for item in items], SETTINGS.story_life)
        return {"stories true": Count(len(set(self.true))), BEST: Table(best, self.true).pairwise()}

    def errors(self, said: Said) -> list[Error]:
        """One for each part too many: an error shows where it was made, and not on every pair that suffers."""
        return sorted([*self._false(said), *self._missed(said)], key=lambda error: error.later)

    def _false(self, said: Said) -> Iterator[Error]:
        """The first item of each further true story in one story said."""
        first: dict[Hashable, int] = {}
        within: set[tuple[Hashable, str]] = set()
        for at, (story, true) in enumerate(zip(said.story, self.true, strict=True)):
            if story in first and (story, true) not in within:
                yield self._error("false link", self._beside(said, at, first[story]), at)
            first.setdefault(story, at)
            within.add((story, true))

    def _missed(self, said: Said) -> Iterator[Error]:
        """The first item of each further story said of one true story, beside the last before it."""
        last: dict[str, int] = {}
        parts: set[tuple[str, Hashable]] = set()
        for at, (story, true) in enumerate(zip(said.story, self.true, strict=True)):
            if true in last and (true, story) not in parts:
                yield self._error("missed", last[true], at)
            last[true] = at
            parts.add((true, story))

    def _beside(self, said: Said, at: int, first: int) -> int:
        """What it was joined to, where that is the mistake; else the first of the story."""
        to = said.joined_to(at)
        return first if to is None or self.true[to] == self.true[at] else to

    def _error(self, kind: str, earlier: int, later: int) -> Error:
        return Error(kind, earlier, later, f"{self.true[earlier]} | {self.true[later]}")
