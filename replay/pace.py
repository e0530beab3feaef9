"""How fast inputs are sent: as recorded, times a factor, at a rate, or at once. The clock may not enter."""

from dataclasses import dataclass
from typing import Literal

from stream.core.times import DAY, SECOND

Speed = float | Literal["max"]


@dataclass(frozen=True, slots=True)
class Pace:
    """`speed` is a factor on recorded time (1.0 as recorded) or `max`; `rate` (items/s) outdoes it."""

    speed: Speed = "max"
    rate: float | None = None

    def wait(self, before: int | None, ts: int | None) -> float:
        """Seconds between one input and the next, by their times.

        A step back in time, an input without a time, and a silence of more than a day (a bad date, or
        the next wire in the file) are not waited for.
        """
        if self.rate is not None:
            return 1 / self.rate
        if self.speed == "max" or before is None or ts is None or not 0 < ts - before <= DAY:
            return 0.0
        return (ts - before) / SECOND / self.speed


def read_speed(written: str) -> Speed:
    """`max`, `recorded`, or a factor above 0. ValueError otherwise."""
    if written in ("max", "recorded"):
        return "max" if written == "max" else 1.0
    return _above_zero(written, "speed", "max, recorded, or a factor such as 60")


def read_rate(written: str) -> float:
    """Items per second: `200/s` or `200`. ValueError otherwise."""
    return _above_zero(written.removesuffix("/s"), "rate", "items per second such as 200/s")


def _above_zero(written: str, what: str, expected: str) -> float:
    try:
        value = float(written)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ValueError(f"{what} {written!r}: expected {expected}")
    return value
