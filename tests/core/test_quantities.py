"""Laws of amounts: however a figure is written, it is the same one; what is small, or a year, stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.quantities import quantities
from stream.core.words import words


def amounts(text: str) -> set[str]:
    return quantities(words(text))


@given(st.integers(11, 9_999))
def test_an_amount_in_full_and_in_millions_is_one(tenths: int) -> None:
    """`2,300,000` and `2.3 mln`, whatever the number."""
    full, short = f"{tenths * 100_000:,} shares", f"{tenths / 10:.1f} mln shares"
    assert amounts(full) == amounts(short)


@given(st.integers(1_100_000, 9_899_999))
def test_an_amount_rounded_to_two_digits_is_the_same(net: int) -> None:
    """Companies tell it in full first and rounded in the report."""
    assert amounts(f"net {net:,}") == amounts(f"net of {(net + 50_000) // 100_000 / 10:.1f} mln")


@given(st.integers(1, 999))
def test_small_figures_are_exact(figure: int) -> None:
    """A toll of 34 is none of 35."""
    assert amounts(f"{figure} dead") == {str(figure)}


@pytest.mark.parametrize("written", ["1987", "2024", "1986/87", "10-1/2", "11:30"])
def test_years_and_what_is_no_plain_number_stay(written: str) -> None:
    """They are not rounded."""
    assert amounts(f"in {written} it was") == {written}


def test_thousands_of_years_are_amounts() -> None:
    """`1987 mln` is no year."""
    assert amounts("1987 mln dlrs") == amounts("1,987,000,000 dlrs")
