"""Dates: what a text says about days, and how sure it is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.dates import read_dates

Told = list[tuple[str, str, int | None, str]]


def told(header: str = "", dateline: str = "", caption: str = "", *text: str) -> Told:
    found = read_dates([header], dateline, [caption], list(text))
    return [(r.where, r.date, r.weekday, r.sure) for r in found]


def test_a_header_in_figures_may_be_swapped() -> None:
    """Day and month both up to 12 are in doubt, but for equal ones."""
    assert told("date 2024-03-05") == [("header", "2024-03-05", None, "swappable")]
    assert told("date 2024-03-25") == [("header", "2024-03-25", None, "full")]
    assert told("date 2024-05-05") == [("header", "2024-05-05", None, "full")]


def test_a_dateline_has_no_year() -> None:
    """`May 2` is a day of some year."""
    assert told("", "PARIS, May 2 (Kyodo) --") == [("dateline", "--05-02", None, "no_year")]
    assert told("", "SALVADOR, Feb 26 -") == [("dateline", "--02-26", None, "no_year")]
    assert told("", "LONDON -") == []


def test_ledes_name_weekdays_and_texts_full_dates() -> None:
    """A weekday counts in the lede alone; last and next ones are of other weeks."""
    assert told("", "", "", "They agreed Thursday.", "They met on Monday.") == [("lede", "", 3, "weekday")]
    assert told("", "", "", "They met last Monday and every Friday.") == []
    assert told("", "", "", "No day.", "It began on 2 May 2024.") == [("text", "2024-05-02", None, "full")]


def test_captions_are_dated() -> None:
    """The date of a picture is that of the event."""
    assert told("", "", "Seen on Thursday, May 2, 2024, in Paris.") == [("caption", "2024-05-02", 3, "full")]


@pytest.mark.parametrize(
    ("written", "date", "sure"),
    [
        ("3/5/2024", "2024-03-05", "swappable"),
        ("3.5.2024", "2024-05-03", "swappable"),
        ("13/5/2024", "2024-05-13", "full"),
        ("3/25/2024", "2024-03-25", "full"),
        ("May 2nd, 2024", "2024-05-02", "full"),
        ("2nd of May 2024", "2024-05-02", "full"),
        ("Sept. 11, 2001", "2001-09-11", "full"),
    ],
)
def test_forms_of_a_full_date(written: str, date: str, sure: str) -> None:
    """The orders of day and month that are in use."""
    assert told("", "", "", "x", f"It was {written} when.") == [("text", date, None, sure)]


@pytest.mark.parametrize(
    "written", ["Feb 30, 2024", "31/31/2024", "2024-13-40", "1986/87", "in 1987", "tel 2024-555", "May 1987"]
)
def test_what_is_no_day_is_not_read(written: str) -> None:
    """Days that no calendar has, years alone and other figures."""
    assert told("", "", "", "x", f"It was {written} then.") == []


@given(
    st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%A, %B %d, %Y", "%Y-%m-%d"]),
)
def test_every_day_is_read_back(day: datetime.date, form: str) -> None:
    """A day written in full is read as that day, with the weekday where one is named."""
    found = told("", "", f"Seen on {day.strftime(form)} in Paris.")
    assert [(where, date) for where, date, _, _ in found] == [("caption", day.isoformat())]
    assert found[0][2] == (day.weekday() if "%A" in form else None)


def test_a_calendar_is_bounded() -> None:
    """A text of nothing but dates gives few readings."""
    assert 0 < len(told("", "", "", "x", "May 2, 2024 " * 50_000 + "1987 " * 50_000)) <= 30
