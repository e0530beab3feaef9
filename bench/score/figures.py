"""The figures of a table, each with the way it is written. Nothing is measured here."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple, Protocol


class Figure(Protocol):
    def cell(self) -> str: ...

    def as_json(self) -> Any: ...


class PRF(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float

    def cell(self) -> str:
        return " ".join(map(_share, self))

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in self._asdict().items()}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 1.0

    def cell(self) -> str:
        return f"{self.count:,} {_share(self.share)}"

    def as_json(self) -> dict[str, float]:
        return {**asdict(self), "share": round(self.share, 4)}


@dataclass(frozen=True, slots=True)
class Count:
    count: int

    def cell(self) -> str:
        return f"{self.count:,}"

    def as_json(self) -> int:
        return self.count


@dataclass(frozen=True, slots=True)
class Seconds:
    """Of the processor."""

    seconds: float

    def cell(self) -> str:
        return f"{self.seconds:.1f} s"

    def as_json(self) -> float:
        return round(self.seconds, 2)


Figures = dict[str, Figure]  # by measure


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")
