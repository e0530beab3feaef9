"""Figures as the table shows them, and the arithmetic of samples. Nothing is measured here."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `met` is None where there is no target."""

    section: str
    what: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_most(section: str, what: str, ratio: float, limit: float, note: str = "") -> Figure:
    """A ratio that should not be above `limit`."""
    return Figure(section, what, ratio, "×", f"≤ {limit:g} ×", ratio <= limit, note)


def at_least(section: str, what: str, ratio: float, limit: float, note: str = "") -> Figure:
    """A ratio that should not be below `limit`."""
    return Figure(section, what, ratio, "×", f"≥ {limit:g} ×", ratio >= limit, note)


def percentile(samples: Sequence[float], percent: int) -> float:
    """The sample that so many in a hundred do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def middle(samples: Sequence[float]) -> float:
    return float(median(samples))


def spread(samples: Sequence[float], unit: str = "") -> str:
    """`3 runs, 580 to 612`: what the median was taken of."""
    return f"{len(samples)} runs, {min(samples):,.0f} to {max(samples):,.0f}{unit}"


def tell(said: str) -> None:
    """Progress, for whoever waits."""
    print(f"bench: {said}", file=sys.stderr, flush=True)
