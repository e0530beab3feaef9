"""Where members disagree on the date, and which reading is likeliest. Event time may not enter: only what texts say.

A dispute needs more than two dates far apart (a reprint is that, too): one of them must be doubtful, by the
weekday that the ledes name, or because day and month swapped would bring it beside the other.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from stream.core.item import DateReading, Item
from stream.core.story import Conflict, Reading, Ref
from stream.core.times import DAY, EPOCH

EARLIEST, LATEST = 1800, 2199  # years in which a date may be that of a report
APART = 3  # days between two dates of one report that nobody would call a disagreement
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ABOUT_THE_NEWS = ("header", "dateline", "caption", "lede")
MOST_READINGS = 12


class _Claim(NamedTuple):
    """A full date that an item's furniture or lede states."""

    day: date
    reading: DateReading
    item: Item


def contested(items: Sequence[Item]) -> tuple[Conflict, ...]:
    """The open disagreements between items of one story; their order does not matter."""
    claims = [claim for item in items if item.dates for claim in _claims(item)]
    days = [claim.day for claim in claims]
    if not days or (max(days) - min(days)).days <= APART:
        return ()
    weekdays = _weekdays(items)
    disputed = [
        (doubtful, other)
        for doubtful in claims
        for other in claims
        if doubtful.item is not other.item
        and abs((doubtful.day - other.day).days) > APART
        and _doubtful(doubtful, other, weekdays)
    ]
    if not disputed:
        return ()
    doubtful, other = min(disputed, key=lambda pair: (pair[0].reading.written, pair[1].reading.written))
    likeliest, why = _likeliest(doubtful, other, weekdays)
    return (Conflict("date", _readings(items, claims), likeliest.isoformat(), why),)


def news_day(items: Iterable[Item], conflicts: tuple[Conflict, ...]) -> str:
    """The day the news is about, ISO: a caption's or lede's date, else the weekday before the likeliest dateline."""
    items = [item for item in items if item.dates]
    if not items and not conflicts:
        return ""
    claims = sorted((c for item in items for c in _claims(item)), key=lambda c: (c.day, c.reading.written))
    weekdays = _weekdays(items)
    stated = [
        c.day for c in claims if c.reading.where in ("caption", "lede") and _fits(c.day, weekdays, before=0)
    ]
    if stated:
        return stated[0].isoformat()
    published = [date.fromisoformat(c.likeliest) for c in conflicts if c.field == "date"] or [
        c.day for c in claims
    ]
    published += sorted(day for item in items for day in _yearless(item))
    if not published:
        return ""
    back = min(((published[0].weekday() - named) % 7 for named in weekdays), default=0)
    return (published[0] - timedelta(days=back)).isoformat()


def spelled(day: date) -> str:
    """`3 May 2024`."""
    return f"{day.day} {day:%B} {day.year}"


def _weekdays(items: Iterable[Item]) -> set[int]:
    """The days that ledes name."""
    return {r.weekday for item in items for r in item.dates if r.where == "lede" and r.weekday is not None}


def _claims(item: Item) -> list[_Claim]:
    return [
        _Claim(day, reading, item)
        for reading in item.dates
        if reading.where in _ABOUT_THE_NEWS and (day := _day(reading.date)) is not None
    ]


@lru_cache(maxsize=1024)
def _day(written: str) -> date | None:
    if len(written) != 10:  # `--05-02` has no year
        return None
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= LATEST else None


def _yearless(item: Item) -> list[date]:
    """Datelines without a year, in the year of the item's event time, where that is within a week of it."""
    readings = [r.date for r in item.dates if r.where == "dateline" and r.sure == "no_year"]
    return [day for written in readings if (day := _near(written, item.ts // DAY)) is not None]


@lru_cache(maxsize=1024)
def _near(written: str, days: int) -> date | None:
    """The date without a year (`--05-02`) in the year of a day since 1970, where it is within a week of that day."""
    at = (EPOCH + timedelta(days=days)).date()
    day = _day(f"{at.year:04d}-{written[2:]}")
    return day if day and abs((day - at).days) <= 7 else None


def _fits(day: date, weekdays: set[int], before: int) -> bool:
    """Whether a named weekday is this day or one of the `before` days before it; no name fits every day."""
    return not weekdays or any(
        (day - timedelta(days=back)).weekday() in weekdays for back in range(before + 1)
    )


def _swapped(claim: _Claim) -> date | None:
    if claim.reading.sure != "swappable":
        return None
    try:
        return claim.day.replace(month=claim.day.day, day=claim.day.month)
    except ValueError:
        return None


def _doubtful(claim: _Claim, other: _Claim, weekdays: set[int]) -> bool:
    swapped = _swapped(claim)
    if swapped is not None and abs((swapped - other.day).days) <= APART:
        return True
    return (
        bool(weekdays) and not _fits(claim.day, weekdays, before=2) and _fits(other.day, weekdays, before=2)
    )


def _likeliest(doubtful: _Claim, other: _Claim, weekdays: set[int]) -> tuple[date, str]:
    swapped = _swapped(doubtful)
    if swapped is None or abs((swapped - other.day).days) > APART:
        return other.day, f"the {other.reading.where} says {spelled(other.day)}, and the weekday agrees"
    beside = (swapped - other.day).days
    place = {0: "the same day", 1: "the day after", -1: "the day before"}.get(
        beside, f"{abs(beside)} days apart"
    )
    return swapped, f"day and month swapped in the {doubtful.reading.where}: {spelled(swapped)}, {place}"


def _readings(items: Sequence[Item], claims: Sequence[_Claim]) -> tuple[Reading, ...]:
    """Full dates, then weekdays named in ledes; in an order that does not depend on who came first."""
    dates = [
        Reading(
            c.day.isoformat(), WEEKDAYS[c.day.weekday()], c.reading.where, c.reading.written, _ref(c.item)
        )
        for c in claims
    ]
    names = [
        Reading(WEEKDAYS[r.weekday], WEEKDAYS[r.weekday], r.where, r.written, _ref(item))
        for item in items
        for r in item.dates
        if r.where == "lede" and r.weekday is not None and len(r.date) != 10
    ]
    key = lambda r: (r.value, r.where, r.item.identity)  # noqa: E731
    return (*sorted(dates, key=key), *sorted(names, key=key))[:MOST_READINGS]


def _ref(item: Item) -> Ref:
    return Ref(item.id, item.source, item.identity)
