"""Laws of bench.fit: the regression finds what made the rows, and a table never sees the fold it is scored on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fit.__main__ import FOLDS, five_fold, scored, table
from bench.fit.logistic import logistic, solve
from bench.fit.samples import READ, Sample
from stream.core.measures import UNIT

shares = st.integers(0, 10).map(lambda tenth: tenth / 10)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), st.lists(st.floats(-5, 5), min_size=9, max_size=9))
def test_elimination_solves(right: list[float], cells: list[float]) -> None:
    """The product is the right side again."""
    matrix = [[cells[3 * at + to] + 20 * (at == to) for to in range(3)] for at in range(3)]
    found = solve(matrix, right)
    for line, value in zip(matrix, right, strict=True):
        assert sum(map(float.__mul__, line, found)) == pytest.approx(value, abs=1e-9)


def test_odds_of_one_column() -> None:
    """Without a penalty the coefficient is the logarithm of the odds ratio (here 9), the constant that of the odds."""
    rows = [(1.0,)] * 40 + [(0.0,)] * 40
    true = [True] * 30 + [False] * 10 + [True] * 10 + [False] * 30
    coefficient, constant = logistic(rows, true, [1.0] * 80, 0.0)
    assert coefficient == pytest.approx(2.1972245773)
    assert constant == pytest.approx(-1.0986122887)


@given(st.integers(2, 5))
def test_a_weight_is_a_repetition(times: int) -> None:
    """A row that counts twice is a row that comes twice."""
    rows = [(0.0,), (0.2,), (0.5,), (0.7,), (1.0,)]
    true = [False, True, False, True, True]
    often = logistic(
        [*rows, *[rows[1]] * (times - 1)], [*true, *[True] * (times - 1)], [1.0] * (4 + times), 0.1
    )
    heavy = logistic(rows, true, [1.0, float(times), 1.0, 1.0, 1.0], 0.1)
    assert often == pytest.approx(heavy)


def made(rows: list[tuple[float, float]]) -> list[Sample]:
    return [Sample(("", str(at)), row, row[0] > 0.5, True, 1.0) for at, row in enumerate(rows)]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(shares, shares), min_size=20, max_size=60))
def test_points_sum_to_ten_thousand(rows: list[tuple[float, float]]) -> None:
    """But for rounding; and each sample is judged once, by a table of the others."""
    samples = made([(0.0, 0.5), (1.0, 0.5)] * FOLDS + rows)
    points, _ = table(samples)
    assert abs(sum(point for point in points if point > 0) - UNIT) <= 100
    assert set(five_fold(samples)) == set(samples)


def test_what_is_plain_is_learned() -> None:
    """One column decides, the other is noise."""
    samples = made([(at % 11 / 10, at % 7 / 10) for at in range(40 * FOLDS)])
    assert scored(five_fold(samples)).f1 > 0.95


def test_pairs_that_were_read_are_well_formed() -> None:
    """Two ids and a verdict, each pair once, the earlier first."""
    lines = [line.split() for line in READ.read_text().splitlines() if not line.startswith("#")]
    assert all(int(a) < int(b) and near in "01" for a, b, near in lines)
    assert len({(a, b) for a, b, _ in lines}) == len(lines) > 100
