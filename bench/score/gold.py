"""What every set of gold can be asked: its figures for what a judge said, and that judge's errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bench.score.figures import Figures
from bench.score.said import Entry, Said


@dataclass(frozen=True, slots=True)
class Error:
    """Two items, by position, that were wrongly linked or missed, or are to be looked at: `kind` says which."""

    kind: str
    earlier: int
    later: int
    gold: str


class Gold(Protocol):
    def figures(self, said: Said, items: Sequence[Entry]) -> Figures: ...

    def known(self, items: Sequence[Entry]) -> Figures:
        """What is so whoever judges."""
        ...

    def errors(self, said: Said) -> list[Error]: ...
