"""A lane's clock: event time, told by the items themselves and hard to fool. The machine's clock may not enter.

The clock is the median event time of the last 15 decided items and never goes back. An item dated more
than one story life ahead is left out until 30 such come in a row. A lane whose first items disagree by
more than a life has no time yet (`now` is None, nothing expires) until 30 in a row agree.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

REMEMBERED = 15
BELIEVED = 30  # items in a row before a leap of more than one story life is taken for true


@dataclass(frozen=True, slots=True)
class Clock:
    """`run` holds the times of the latest items that agree with each other but not (yet) with the clock."""

    now: int | None = None
    recent: tuple[int, ...] = ()
    run: tuple[int, ...] = ()
    ticks: int = 0
    settled: bool = False


class Tick(NamedTuple):
    """`leapt` counts the items, this one included, that were decided before the clock believed their dates."""

    clock: Clock
    leapt: int = 0


def tick(clock: Clock, ts: int, life: int) -> Tick:
    """The clock after one more decided item of event time `ts` (ms)."""
    if clock.settled:
        return _run_on(clock, ts, life)
    return _settle(clock, ts, life)


def _run_on(clock: Clock, ts: int, life: int) -> Tick:
    assert clock.now is not None
    ticks = clock.ticks + 1
    if ts <= clock.now + life:
        recent = (*clock.recent, ts)[-REMEMBERED:]
        return Tick(Clock(max(clock.now, _median(recent)), recent, (), ticks, True))
    run = (*clock.run, ts)
    if len(run) < BELIEVED:
        return Tick(replace(clock, run=run, ticks=ticks))
    recent = run[-REMEMBERED:]
    return Tick(Clock(max(clock.now, _median(recent)), recent, (), ticks, True), leapt=len(run))


def _settle(clock: Clock, ts: int, life: int) -> Tick:
    """The first items: `run` is the latest stretch in which neighbours in time are less than a life apart."""
    ticks = clock.ticks + 1
    run = (*clock.run, ts)[-BELIEVED:]
    whole = len(run) == ticks
    if not _agree(run, life):
        return Tick(Clock(None, (), run, ticks))
    recent = run[-REMEMBERED:]
    if len(run) == BELIEVED:
        settled = Clock(
            _median(recent) if clock.now is None else max(clock.now, _median(recent)), recent, (), ticks, True
        )
        return Tick(settled, leapt=0 if whole else ticks)
    if not whole:
        return Tick(Clock(None, (), run, ticks))
    return Tick(Clock(max(clock.now or _median(recent), _median(recent)), recent, run, ticks))


def _agree(times: tuple[int, ...], life: int) -> bool:
    ordered = sorted(times)
    return all(later - earlier <= life for earlier, later in pairwise(ordered))


def _median(times: tuple[int, ...]) -> int:
    return sorted(times)[(len(times) - 1) // 2]
