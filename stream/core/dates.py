"""Dates as a text writes them, read as evidence. Event time is made elsewhere and no clock may enter."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from stream.core.item import DateReading, Sure, Where

_MONTH_NAMES: Final = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_DAY_NAMES: Final = "monday tuesday wednesday thursday friday saturday sunday"
_WEEKDAYS: Final = {name: number for number, name in enumerate(_DAY_NAMES.split())}

_MONTH: Final = (
    r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY: Final = r"(?:(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day,? (?:the )?)?"
_NAMED: Final = re.compile(
    rf"\b{_WEEKDAY}(?:{_MONTH.format('first')} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH.format('second')})"
    r",? ?(?P<year>(?:19|20)\d\d)?(?!\d)",
    re.IGNORECASE,
)
_ISO: Final = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_FIGURES: Final = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])")
# Two literals are sought five times as fast as one pattern of both. No two years overlap: each ends its figure.
_YEARS: Final = (re.compile(r"19\d\d(?!\d)"), re.compile(r"20\d\d(?!\d)"))
_LEDE_DAY: Final = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_ENDS_IN_WORD: Final = re.compile(r"\w\Z")
_ANOTHER_DAY: Final = ("last ", "next ", "every ", "Last ", "Next ")
_A_MONTH: Final = re.compile("|".join(_MONTHS))
_BEFORE, _AFTER = 36, 8  # characters around a year that may belong to its date
_MOST: Final = 24  # readings kept of one text: evidence, not a calendar
_MOST_YEARS: Final = 200


def read_dates(
    headers: Iterable[str], dateline: str, captions: Iterable[str], paragraphs: list[str]
) -> tuple[DateReading, ...]:
    """The dates of an item: header, dateline, captions, lede, text; each told once for its place."""
    found = [reading for header in headers for reading in _full(header, "header")]
    found += _in_dateline(dateline)
    found += [reading for caption in captions for reading in _full(caption, "caption")]
    if paragraphs:
        found += _weekdays(paragraphs[0])
        found += _full(paragraphs[0], "lede")
        found += islice(_full("\n".join(paragraphs[1:]), "text"), _MOST)
    return tuple(dict.fromkeys(found))[:_MOST]


def _in_dateline(dateline: str) -> list[DateReading]:
    readings = (_named(match, "dateline", partial=True) for match in _NAMED.finditer(dateline[:120]))
    return [reading for reading in readings if reading]


def _weekdays(lede: str) -> Iterator[DateReading]:
    for match in _LEDE_DAY.finditer(lede) if "day" in lede else ():
        before = lede[max(0, match.start() - 6) : match.start()]
        if not before.endswith(_ANOTHER_DAY) and not _ENDS_IN_WORD.search(before):
            yield DateReading("lede", "", _WEEKDAYS[match.group().lower()], "weekday", match.group())


def _full(text: str, where: Where) -> Iterator[DateReading]:
    """Full dates: each year is looked around for the rest, so that a text without years costs one search."""
    done = 0
    for year in sorted([match.start() for years in _YEARS for match in years.finditer(text)])[:_MOST_YEARS]:
        start = max(done, year - _BEFORE)
        window = text[start : year + 4 + _AFTER]
        if reading := _around(window, year - start, where):
            done = year + 4
            yield reading


def _around(window: str, at: int, where: Where) -> DateReading | None:
    for pattern, read in _forms(window, at):
        for match in pattern.finditer(window):
            if match.start() <= at < match.end() and (reading := read(match, where)):
                return reading
    return None


def _forms(window: str, at: int) -> Iterator[tuple[re.Pattern[str], Callable[..., DateReading | None]]]:
    """The forms of date that a year may belong to, told by what stands beside it."""
    if window[at + 4 : at + 5] == "-":
        yield _ISO, _iso
    if window[max(0, at - 1) : at] in ("/", "."):
        yield _FIGURES, _figures
    if not window.isascii() or _A_MONTH.search(window.lower()):
        yield _NAMED, _named


def _iso(match: re.Match[str], where: Where) -> DateReading | None:
    year, month, day = map(int, match.groups())
    return _reading(where, year, month, day, None, month <= 12 and day <= 12, match.group())


def _figures(match: re.Match[str], where: Where) -> DateReading | None:
    """`3/5/2024` is 5 March and `13/5/2024` 13 May; a dot parts European dates: `3.5.2024` is 3 May."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    swappable = first <= 12 and second <= 12
    month, day = (second, first) if first > 12 or (match[2] == "." and second <= 12) else (first, second)
    return _reading(where, year, month, day, None, swappable, match.group())


def _named(match: re.Match[str], where: Where, partial: bool = False) -> DateReading | None:
    month = _MONTHS[(match["first"] or match["second"])[:3].lower()]
    day = int(match["day"] or match["day_first"])
    weekday = _WEEKDAYS[match["weekday"].lower() + "day"] if match["weekday"] else None
    written = match.group().strip(" ,")
    if match["year"]:
        return _reading(where, int(match["year"]), month, day, weekday, False, written)
    if not partial or not _exists(2024, month, day):
        return None
    return DateReading(where, f"--{month:02}-{day:02}", weekday, "no_year", written)


def _reading(
    where: Where, year: int, month: int, day: int, weekday: int | None, swappable: bool, written: str
) -> DateReading | None:
    if not _exists(year, month, day):
        return None
    sure: Sure = "swappable" if swappable and month != day else "full"
    return DateReading(where, f"{year:04}-{month:02}-{day:02}", weekday, sure, written)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
