"""Words: one spelling for what a reader would call the same word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.sentences import sentences
from stream.core.spelling import AMERICAN, american
from stream.core.words import is_figure, words, words_up_to
from tests.core.wire_copy import PIECES, SENTENCES, broken, paragraphs

LOOK_ALIKE = """
    exercise promise advise otherwise four hour your tour source course rise wise noise franchise
    surprise raise premise advertise compromise enterprise expertise precise praise cruise acre
    massacre genre figure sure our poor controlled called sales miller pure rare entire retire hire
    fire
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("closer defence cooperation", "closer defense cooperation"),
        ("China’s programme was cancelled", "China programme was canceled"),
        ("“like-minded” countries", '"like minded" countries'),
        ("up 5.93 per cent", "up 5.93%"),
        ("up 5.93 pct", "up 5.93 percent"),
        ("1,850,000 dlrs", "1850000 dollars"),
        ("the U.S. and U.N.", "the US and UN"),
        ("U.S.-based", "U.S. based"),
        ("rare\u200b earths\u202e", "rare earths"),
        ("Ｐａｒｉｓ ﬁnal", "Paris final"),
        ("don’t — stop…", "don't - stop..."),
        ("the 1980s", "the 1980's"),
        ("2–3/4", "2-3/4"),
        ("٣٤ dead", "34 dead"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    """Typography, British spelling, possessives, separators and ways to write per cent are not news."""
    assert words(one) == words(other) != []


@given(st.lists(st.sampled_from((*SENTENCES, *PIECES)), max_size=8), st.integers(0, 60))
def test_the_first_words_are_those_of_the_whole(pieces: list[str], end: int) -> None:
    """Reading no further changes no word, where `per cent` is cut in two neither."""
    assert words_up_to(text := " ".join(pieces), end) == words(text)[:end]


def test_a_figure_is_one_word() -> None:
    """Figures stay whole, with their decimals, fractions and clock times."""
    assert words("1,850 5.93 2-3/4 7-1/2 34.5 .5 10:30 5,93") == [
        "1850",
        "5.93",
        "2-3/4",
        "7-1/2",
        "34.5",
        "0.5",
        "10:30",
        "5,93",
    ]
    assert all(map(is_figure, words("1,850 5.93 2-3/4 $.5 £10")))
    assert not any(map(is_figure, words("F-word Q-one pct half U.S.")))


def test_different_figures_stay_different() -> None:
    """No folding may make two values one."""
    values = ["1850", "185", "18.50", "1.850", "2-3/4", "23/4", "2", "3/4", ".5", "5", "50"]
    assert len({tuple(words(value)) for value in values}) == len(values)


def test_scripts_without_spaces_are_read_by_character() -> None:
    """Japanese and Chinese have no spaces between words, so each character is compared."""
    assert words("日本とフランス") == list("日本とフランス")


@given(st.lists(st.one_of(paragraphs, broken), max_size=4).map(" ".join))
def test_folding_settles_at_once(text: str) -> None:
    """Words of words are the same words."""
    assert words(" ".join(words(text))) == words(text)


@given(broken, broken)
def test_space_parts_words(one: str, other: str) -> None:
    """What stands between white space is folded alone, but for `per cent`."""
    parted = words(one) + words(other)
    assert words(f"{one}\n{other}") in (parted, words(" ".join(parted)))


@given(paragraphs, st.sampled_from(["\u200b", "\x00", "\u202e", "\xad", "\ufeff"]), st.integers(0, 60))
def test_invisible_signs_are_nothing(text: str, sign: str, at: int) -> None:
    """A sign that nobody sees changes no word, wherever it stands."""
    assert words(text[:at] + sign + text[at:]) == words(text)


def test_american_is_settled() -> None:
    """No spelling in the table leads to another one in it."""
    assert not set(AMERICAN.values()) & set(AMERICAN)
    assert all(word.isascii() and word.isalpha() and word.islower() for word in AMERICAN)


@pytest.mark.parametrize(
    "word",
    LOOK_ALIKE.split(),
)
def test_american_leaves_other_words_alone(word: str) -> None:
    """Words that only look British are not touched."""
    assert american(word) == word


def test_long_texts_take_their_length() -> None:
    """900 KB of any piece end; a square cost would not within the test's life."""
    for piece in PIECES:
        assert isinstance(words(piece * (900_000 // len(piece))), list)


def test_sentences_end_where_readers_end_them() -> None:
    """Abbreviations, initials and decimals do not part; quotes stay with their sentence."""
    text = "The U.S. Army bought 5.93 pct of Acme Corp. It paid Mr. J.P. Smith. "
    text += '"Why?" she asked. He left the U.S. The end.'
    assert sentences(text) == [
        "The U.S. Army bought 5.93 pct of Acme Corp.",
        "It paid Mr. J.P. Smith.",
        '"Why?" she asked.',
        "He left the U.S.",
        "The end.",
    ]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
def test_paragraphs_always_part_sentences(body: list[str]) -> None:
    """No sentence crosses a blank line, and together they are the text."""
    assert sentences("\n\n".join(body)) == body


@given(broken)
def test_sentences_lose_nothing(text: str) -> None:
    """All that is not white space is in some sentence, in order."""
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


def test_long_runs_of_stops_take_their_length() -> None:
    """A run of full stops is searched once."""
    for piece in (".", ". ", '."', "A. ", "!", "\n \n"):
        assert isinstance(sentences(piece * (600_000 // len(piece))), list)
