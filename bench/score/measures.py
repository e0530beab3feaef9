"""How well one grouping repeats another: pairwise and BCubed figures, from counts of shared members. No item enters."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Self

from bench.score.figures import PRF

Groups = Sequence[Hashable]  # the group of each item, by position


class Table:
    """How many items two groupings share, group by group: what both measures are made of. Linear in the items."""

    def __init__(self, said: Groups, true: Groups) -> None:
        self.said, self.true = Counter(said), Counter(true)
        self.both = Counter(zip(said, true, strict=True))

    @classmethod
    def among(cls, said: Groups, true: Groups, kept: Iterable[int]) -> Self:
        """Of some positions only."""
        positions = list(kept)
        return cls([said[at] for at in positions], [true[at] for at in positions])

    def pairwise(self) -> PRF:
        """Of all pairs of items: which are said to be together, which are. Every pair counts the same."""
        return counted(_pairs(self.both), _pairs(self.said), _pairs(self.true))

    def bcubed(self) -> PRF:
        """Of each item's group, the share that belongs with it, the mean over the items (Bagga and Baldwin, 1998)."""
        items = max(self.said.total(), 1)
        squares = [(said, true, count * count) for (said, true), count in self.both.items()]
        precision = sum(square / self.said[said] for said, _, square in squares) / items
        recall = sum(square / self.true[true] for _, true, square in squares) / items
        return PRF(precision, recall, _harmonic(precision, recall))


def counted(right: int, said: int, true: int) -> PRF:
    """Where nothing is said, nothing said is wrong; where nothing is true, nothing is missed."""
    precision = right / said if said else 1.0
    recall = right / true if true else 1.0
    return PRF(precision, recall, 2 * right / (said + true) if said + true else 1.0)


def within_life(true: Groups, times: Sequence[int], life: int) -> list[Hashable]:
    """The true groups as the best of judges could keep them apart: each ends `life` after its last member."""
    last: dict[Hashable, tuple[int, int]] = {}
    lives: list[Hashable] = [None] * len(true)
    for at in sorted(range(len(true)), key=times.__getitem__):
        part, seen = last.get(true[at], (0, times[at]))
        part += times[at] > seen + life
        last[true[at]] = part, times[at]
        lives[at] = true[at], part
    return lives


def _pairs(groups: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(count * (count - 1) // 2 for count in groups.values())


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
