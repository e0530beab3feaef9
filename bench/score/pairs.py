"""Gold of judged pairs in a wire: near-duplicate or not, one story or not. Items that nobody judged do not count."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from bench.checks.fields import Line
from bench.score.figures import PRF, Count, Figures
from bench.score.gold import Error
from bench.score.measures import counted
from bench.score.said import Entry, Said

NEAR = frozenset({"duplicate", "revision"})
TOGETHER = NEAR | {"same_story"}

Groups = Sequence[Hashable]


@dataclass(frozen=True, slots=True)
class Judged:
    """Two items by position, in order of arrival."""

    earlier: int
    later: int
    label: str


@dataclass(frozen=True, slots=True)
class Pairs:
    judged: Sequence[Judged]

    @classmethod
    def of(cls, lines: Sequence[Line], judged: Sequence[Line]) -> "Pairs":
        positions = {str(line["id"]): at for at, line in enumerate(lines)}
        both = [((positions[str(one["a"])], positions[str(one["b"])]), str(one["label"])) for one in judged]
        return cls([Judged(min(pair), max(pair), label) for pair, label in both])

    def figures(self, said: Said, items: Sequence[Entry]) -> Figures:
        return {"near-duplicate": self._score(said.family, NEAR), "story": self._score(said.story, TOGETHER)}

    def known(self, items: Sequence[Entry]) -> Figures:
        return {"pairs judged": Count(len(self.judged))}

    def errors(self, said: Said) -> list[Error]:
        """Of the family first; a pair that is wrong in both is told twice."""
        wrong = [self._wrong("near-duplicate", said.family, NEAR), self._wrong("story", said.story, TOGETHER)]
        return [error for channel in wrong for error in channel]

    def _score(self, groups: Groups, true: frozenset[str]) -> PRF:
        linked = [_linked(groups, one) for one in self.judged]
        gold = [one.label in true for one in self.judged]
        return counted(sum(map(_both, linked, gold)), sum(linked), sum(gold))

    def _wrong(self, channel: str, groups: Groups, true: frozenset[str]) -> list[Error]:
        def error(one: Judged, kind: str) -> Error:
            return Error(f"{kind}, {channel}", one.earlier, one.later, one.label)

        false = [one for one in self.judged if _linked(groups, one) and one.label not in true]
        missed = [one for one in self.judged if not _linked(groups, one) and one.label in true]
        return [error(one, "false link") for one in false] + [error(one, "missed") for one in missed]


_both: Callable[[bool, bool], bool] = bool.__and__


def _linked(groups: Groups, one: Judged) -> bool:
    return groups[one.earlier] == groups[one.later]
