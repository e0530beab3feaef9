"""How rare a word is: said by a table of its language, the same for everybody, whatever else lives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.endings import stem
from stream.core.rarity import FIGURES, ONE, RARER, RAREST, RARITY_BITS, UNLISTED, coded, rarity
from stream.core.seen import HASH

WORDS = "police minister tremor governor kindergarten envoy quake Molestifield obstruction verdict the".lower().split()
LANES = ("en", "de", "es", "fr", "ru", "zh", "no", "sr", "ka")


@pytest.mark.parametrize(
    ("lane", "commoner", "rarer"),
    [
        ("en", "police", "tremor"),
        ("en", "people", "governor"),
        ("en", "tremor", "molestifield"),
        ("de", "polizei", "erdbeben"),
        ("de", "und", "molestifield"),
        ("es", "policía", "terremoto"),
        ("no", "politiet", "jordskjelv"),
    ],
)
def test_what_a_language_says_less_is_rarer(lane: str, commoner: str, rarer: str) -> None:
    """By its own table: a common word of one language is a rare one of another."""
    assert rarity(stem(commoner), lane) < rarity(stem(rarer), lane) <= RAREST


def test_a_list_is_rarer_than_the_one_before_by_a_hundredth_of_a_power_of_ten() -> None:
    """To the last digit: a hundred steps are a tenth, and no machine's power is asked."""
    assert RARER**100 <= ONE**100 // 10 < (RARER + 1) ** 100


def test_what_no_table_has_is_the_rarest() -> None:
    """Names, above all; in the language itself, not in another."""
    assert rarity(stem("titanfall"), "en") == RAREST == rarity(stem("erdbeben"), "en")


def test_a_plural_that_is_not_listed_is_as_rare_as_its_word() -> None:
    """`envoys` is too rare for the table, `envoy` is not."""
    assert rarity(stem("envoys"), "en") == rarity(stem("envoy"), "en") < RAREST


@given(word=st.sampled_from(WORDS))
def test_a_language_that_nobody_has_counted_has_no_rare_word(word: str) -> None:
    """Every word of it weighs the same."""
    assert rarity(stem(word), "ka") == UNLISTED


@pytest.mark.parametrize(
    ("figure", "digits"), [("5", 1), ("26", 2), ("747", 3), ("2,014", 4), ("1987.25", 4)]
)
def test_a_figure_is_as_rare_as_it_is_long(figure: str, digits: int) -> None:
    """In every language alike: what is counted in a table is not this figure."""
    for lane in LANES:
        assert rarity(figure, lane) == FIGURES[digits - 1]


@given(word=st.sampled_from([*WORDS, "26", "1987"]), lane=st.sampled_from(LANES))
def test_a_word_bears_its_rarity(word: str, lane: str) -> None:
    """Whoever holds its number knows how rare it is, and needs nothing else."""
    number = coded(word, lane)
    assert 0 < number <= HASH
    assert number & (1 << RARITY_BITS) - 1 == rarity(stem(word), lane) <= RAREST < 1 << RARITY_BITS
