"""Laws of the index: what a query finds depends on the members and the clock, not on how the tables came to be."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.index import MOST_CANDIDATES, Candidate, Index
from stream.core.reading import MOST_WORDS
from tests.laws.shore import items_of
from tests.laws.wires import brief

ITEMS = items_of(brief(17, 120))
PRINTS = [fingerprint(item) for item in ITEMS]
DAY = 86_400_000

members = st.lists(
    st.tuples(st.integers(0, len(PRINTS) - 1), st.integers(1, 9)), min_size=1, max_size=60
)  # which report, and the day until which it may match


def filled(rows: Sequence[tuple[int, int]], smallest: int = 64, first: int = 0) -> Index:
    index = Index(smallest)
    add(index, rows, first)
    return index


def add(index: Index, rows: Sequence[tuple[int, int]], first: int = 0) -> None:
    for number, (which, days) in enumerate(rows, start=first):
        index.add(3 * number, days * DAY, PRINTS[which])


def said(candidates: list[Candidate]) -> list[tuple[int, int, int, str, str]]:
    return [(c.number, c.shared, c.share, c.fingerprint.title, c.fingerprint.text) for c in candidates]


def answers(index: Index, day: int | None) -> list[list[tuple[int, int, int, str, str]]]:
    now = None if day is None else day * DAY
    return [said(index.candidates(asked, now)) for asked in PRINTS[::7]]


@settings(deadline=None)
@given(members, members, st.integers(0, 9))
def test_what_is_taken_back_was_never_there(
    before: list[tuple[int, int]], after: list[tuple[int, int]], day: int
) -> None:
    """Members added and prolonged since the mark leave no trace, through any number of generations."""
    index = filled(before, smallest=16)
    index.mark()
    add(index, after, len(before))
    index.prolong(0, 20 * DAY)
    index.prolong(3 * len(before), 30 * DAY)
    index.undo()
    assert answers(index, day) == answers(filled(before, smallest=16), day)
    assert (len(index), index.until(0)) == (len(before), before[0][1] * DAY)
    add(index, after, len(before))
    assert answers(index, day) == answers(filled([*before, *after]), day)


@settings(deadline=None)
@given(members, st.sampled_from([8, 16, 32]), st.integers(0, 9))
def test_generations_do_not_show(rows: list[tuple[int, int]], smallest: int, day: int) -> None:
    """Many small generations answer as one large one does."""
    assert answers(filled(rows, smallest), day) == answers(filled(rows), day)


@settings(deadline=None)
@given(members, st.integers(1, 9))
def test_what_is_past_its_time_might_as_well_be_gone(rows: list[tuple[int, int]], day: int) -> None:
    """Members past their time change no answer: neither standing in the tables nor forgotten."""
    index = filled(rows, smallest=8)
    index.mark()
    index.keep(day * DAY)
    found = answers(index, day)
    assert found == answers(filled(rows), day)
    living = {3 * number for number, (_, days) in enumerate(rows) if days >= day}
    assert {number for each in found for number, *_ in each} <= living


@settings(deadline=None)
@given(members, members, st.sampled_from([8, 64]), st.integers(0, 9))
def test_what_is_written_reads_back(
    before: list[tuple[int, int]], after: list[tuple[int, int]], smallest: int, day: int
) -> None:
    """A snapshot answers as the index it was taken of, and goes on like it."""
    index = filled(before, smallest)
    again = Index.read(
        [{name: column.copy() for name, column in one.items()} for one in index.written()], smallest
    )
    assert answers(again, day) == answers(index, day)
    for one in (index, again):
        add(one, after, len(before))
    assert answers(again, day) == answers(index, day)


def test_a_generation_is_forgotten_whole() -> None:
    """When the clock has passed the last of its members, and not before."""
    index = filled([(n, 1 if n < 8 else 5) for n in range(20)], smallest=8)
    assert len(index) == 20
    index.keep(1 * DAY)
    assert len(index) == 20
    index.keep(2 * DAY)
    assert len(index) == 12
    assert index.fingerprint(0) is None and index.until(3 * 7) is None and index.until(3 * 8) == 5 * DAY


@pytest.mark.parametrize("number", range(0, len(PRINTS), 11))
def test_a_member_reads_as_it_was_written(number: int) -> None:
    """Words, names and shingles come back from the tables."""
    kept = filled([(n, 1) for n in range(len(PRINTS))], smallest=16).fingerprint(3 * number)
    assert kept is not None
    assert _plain(kept) == _plain(PRINTS[number])


def _plain(one: Fingerprint) -> tuple[str, str, list[int], list[int], list[int]]:
    return one.title, one.text, one.codes.tolist(), one.names.tolist(), one.shingles.tolist()


def test_an_item_finds_itself() -> None:
    """With every shingle shared, and nothing before it that shares fewer."""
    index = filled([(n, 1) for n in range(len(PRINTS))])
    for number, asked in enumerate(PRINTS):
        found = index.candidates(asked, None)
        assert len(found) <= MOST_CANDIDATES
        [whole] = [c for c in found if c.number == 3 * number]
        assert (whole.share, whole.shared, whole.fingerprint.text) == (
            10_000,
            len(asked.shingles),
            asked.text,
        )
        assert all(c.share == 10_000 for c in found[: found.index(whole)])


def test_a_headline_without_end() -> None:
    """Of a headline as of a text the first words are compared: what a row says of its lengths has room for them."""
    [item] = items_of(
        [{"id": "1", "source": "wire", "title": "word " * 70_000, "text": "this is what stood below it"}]
    )
    index = Index(8)
    index.add(0, DAY, fingerprint(item))
    kept = index.fingerprint(0)
    assert kept is not None and len(kept.title) == MOST_WORDS and len(kept.text) == 6


@given(st.lists(st.integers(0, 40), unique=True, min_size=1), st.integers(0, 40))
def test_numbers_with_gaps(numbers: list[int], asked: int) -> None:
    """Decision numbers rise, not always by one: a dead letter has one too, and no member."""
    index = Index(8)
    for number in sorted(numbers):
        index.add(number, DAY, PRINTS[number])
    assert (index.until(asked) is not None) == (asked in numbers)
    assert (index.candidate(asked, PRINTS[0]) is not None) == (asked in numbers)


def test_one_mark_at_a_time() -> None:
    """A batch is kept or given up before the next begins."""
    index = Index()
    index.mark()
    with pytest.raises(AssertionError, match="one layer"):
        index.mark()


def test_what_has_died_waits_for_little_more_than_lives() -> None:
    """A window that moves on: however long it runs, the index holds at most half as many again as live, when it has
    moved once."""
    living, index, most = 600, Index(16), 0
    for number in range(12 * living):
        index.mark()
        index.add(number, number + living, PRINTS[number % 7])
        index.keep(number)
        if number > 4 * living:
            most = max(most, len(index))
    assert living <= most <= 1.5 * living
