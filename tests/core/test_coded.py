"""Laws of coded words: they say what the words of `words` say, one number each, and how each was written."""

from hypothesis import given
from hypothesis import strategies as st

from stream.core.coded import coded, word_code
from stream.core.scan import CAPITAL, FIGURES, OPEN, PLAIN, SHOUTED
from stream.core.words import is_figure, words

CHUNKS = st.sampled_from(
    "The the U.S. Reagan's IBM <GM> Franco-Japanese 1,850 1.5 4th 2024-05-02 per cent Per centre pct % defence, "
    "defense; labour: “quoted” it's don't end. END. (Kyodo) ==Kyodo é Ö 東京で — -- … £3bn 3-1/4 mln dlrs "
    "scores: what? yes! A: B?! IBM'S: end; 5.11; :x".split()
)
TEXTS = st.lists(CHUNKS, max_size=40).map(" ".join)


@given(TEXTS)
def test_one_code_a_word(text: str) -> None:
    """The codes are those of the comparison words, in order; all of them are characters of UTF-16 in one unit."""
    codes = coded(text)[::2].tolist()
    assert codes == [word_code(word) for word in words(text)]
    assert all(code < 0xD800 for code in codes)


@given(TEXTS)
def test_plain_ascii_is_coded_as_any_text(text: str) -> None:
    """The short way for ASCII and the way for every script say the same, flags included."""
    plain = text.encode("ascii", "ignore").decode()
    words_and_marks = coded(f"{plain} 東").tolist()
    assert coded(plain).tolist() == words_and_marks[:-2]


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_any_ascii_at_all(text: str) -> None:
    """Controls, marks and white space of every kind."""
    assert coded(text).tolist() == coded(f"{text} 東").tolist()[:-2]


FIGURED = st.text("0123456789.,'()\"$%-/:sS", max_size=9)
GENITIVES = st.builds("".join, st.tuples(st.sampled_from(["(", '"', "", "."]), st.sampled_from("Reagan IBM it S s".split()),
                      st.sampled_from("'s 'S ' '' 's. 's' s' .s 'ss '".split(" "))))  # fmt: skip


@given(st.lists(FIGURED | GENITIVES, max_size=8).map(" ".join))
def test_figures_and_genitives(text: str) -> None:
    """`1,850` and `Reagan's` in every spelling that a wire has thought of."""
    assert coded(text).tolist() == coded(f"{text} 東").tolist()[:-2]


@given(st.sampled_from("1850 0.5 4 3-1/4 2024 reagan pct us 4th a".split()))
def test_figures_have_a_range_of_their_own(word: str) -> None:
    """A comparison can pick them out without the words."""
    assert (PLAIN <= word_code(word) < PLAIN + FIGURES) == is_figure(word)


def test_how_a_word_was_written() -> None:
    """Capitals, and whether the sentence goes on after it."""
    marks = coded("President Reagan met IBM. The dollar, up 3 per cent")[1::2]
    assert [bool(mark & CAPITAL) for mark in marks] == [
        True,
        True,
        False,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [bool(mark & SHOUTED) for mark in marks] == [False, False, False, True] + [False] * 5
    assert [bool(mark & OPEN) for mark in marks] == [True, True, True, False, True, True, True, True, True]
