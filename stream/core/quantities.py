"""The figures of a text as the amounts they stand for: `1,300,000 shares` and `1.3 mln shares` are one. No text is kept."""

from collections.abc import Sequence
from typing import Final

from stream.core.words import is_figure

_ZEROS: Final = {
    **dict.fromkeys("thousand thousands".split(), 3),
    **dict.fromkeys("mln mn million millions".split(), 6),
    **dict.fromkeys("bln bn billion billions".split(), 9),
    **dict.fromkeys("trillion trillions".split(), 12),
}
LARGE: Final = 4  # digits before the point from which an amount is known by its first ones
KEPT: Final = 2  # of them: companies tell 2,322,000 first and 2.3 mln later


def quantities(words: Sequence[str]) -> set[str]:
    """Each figure once, as written where it is small, a year, or no plain number."""
    after = (*words[1:], "")
    return {
        _amount(word, _ZEROS.get(unit, 0))
        for word, unit in zip(words, after, strict=False)
        if is_figure(word)
    }


def _amount(figure: str, zeros: int) -> str:
    whole, _, rest = figure.partition(".")
    if not (whole + rest).isdigit():
        return figure  # 1986/87, 10-1/2, 11:30
    size = len(whole.lstrip("0")) + zeros
    year = not zeros and not rest and size == LARGE and whole[:2] in ("19", "20")
    return figure if size < LARGE or year else f"{_rounded((whole + rest).lstrip('0'))}e{size}"


def _rounded(digits: str) -> str:
    if len(digits) <= KEPT:
        return digits.ljust(KEPT, "0")
    return str((int(digits[: KEPT + 1]) + 5) // 10)
