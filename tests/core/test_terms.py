"""What an item is known by: its names and figures first, its facts, and nothing that depends on another item."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.endings import stem
from stream.core.facts import FACT_BITS, FACTS
from stream.core.item import Item
from stream.core.rarity import coded
from stream.core.stamps import first_written, stamps
from stream.core.standing import KIND_BITS, NAME
from stream.core.terms import MOST_TERMS, Terms, terms
from stream.core.words import folded, words
from tests.laws.shore import items_of
from tests.laws.wires import brief

ITEM = Item(identity="a", id="a", source="herald", ts=0, lane="en")


def known_by(title: str, text: str = "") -> Terms:
    return terms(replace(ITEM, title=title, text=text))


def facts(text: str) -> set[tuple[str, int]]:
    found = map(int, known_by("", text).facts)
    return {(FACTS[fact >> FACT_BITS], fact & (1 << FACT_BITS) - 1) for fact in found}


@pytest.mark.parametrize(
    ("text", "what", "value"),
    [
        ("Erica Robinson, 26, of West Haven, was not the target of the shooting.", "age", 26),
        ("A 16-year-old boy died in a hunting accident on Friday.", "age", 16),
        ("A 16 - year - old boy died in a hunting accident .", "age", 16),
        ("Police found Delmar Hart, aged 43, at the wheel of the lorry.", "age", 43),
        ("The quake struck at dawn on Sunday, the agency said.", "weekday", 6),
        ("The election will be held on March 14 in all six provinces.", "day", 2 * 32 + 14),
        ("The club won the cup in 2005 and lost it the next year.", "year", 2005),
        ("One person was killed and five others injured in the blast.", "toll", 5),
    ],
)
def test_a_fact_is_read_where_a_report_states_it(text: str, what: str, value: int) -> None:
    """Ages, weekdays, days, years and tolls, in the ways that newspapers write them."""
    assert (what, value) in facts(text)


@pytest.mark.parametrize(
    "text",
    [
        "He may leave in May, or march on.",
        "They drove 26 miles, 300 of them.",
        "At sun and fri he was there.",
    ],
)
def test_a_figure_that_states_nothing_is_no_fact(text: str) -> None:
    """A month without a day, a distance, a word that looks like a weekday."""
    assert facts(text) == set()


def test_a_measure_tells_two_quakes_apart() -> None:
    """Decimals and sums of money are facts, by their value."""
    one, same, other = (facts(f"A quake of {size} shook the coast.") for size in ("6.1", "6.1", "5.6"))
    assert one == same != other and {what for what, _ in one} == {"measure"}


def test_names_come_before_other_words_of_their_place() -> None:
    """A capital within a sentence makes a name; one at its head does not."""
    known = known_by(
        "", "Officers said that Marisol Gerber questioned several drivers about missing lorries there."
    )
    kinds = {
        int(word): int(mark) >> KIND_BITS & 3 for word, mark in zip(known.words, known.marks, strict=True)
    }
    assert kinds[coded("gerber", "en")] == NAME and kinds[coded("officers", "en")] != NAME
    assert [int(word) for word in known.words[:2]] == sorted(
        coded(word, "en") for word in ("marisol", "gerber")
    )


def test_a_text_in_capitals_tells_no_name() -> None:
    """Else every word of an old wire would be one."""
    known = known_by("", "THE MINISTER SAID THE BANK WOULD NOT RAISE ITS RATE THIS MONTH OR NEXT")
    assert not any(int(mark) >> KIND_BITS & 3 == NAME for mark in known.marks)


def test_terms_are_few_and_each_stands_in_the_item() -> None:
    """At most so many, no word twice, none that the item does not write."""
    for item in items_of(brief(33, 40)):
        chunks = f"{item.title} {item.text}".split()
        known, written = terms(item), {coded(word, "en") for chunk in chunks for word in words(chunk)}
        assert 0 < len(known.words) == len(set(known.words.tolist())) <= MOST_TERMS
        assert set(known.words.tolist()) <= written


@given(word=st.sampled_from(["recall", "bank", "shoot", "attack", "resign", "trial"]))
def test_endings_make_no_other_word(word: str) -> None:
    """`recalls` and `recalled` are `recall`."""
    assert len({stem(word), stem(word + "s"), stem(word + "ed")}) == 1


PIECES = st.sampled_from(
    "The the U.S. Reagan's IBM's (IBM) <GM> Franco-Japanese 1,850 1.5, 4th 2024-05-02 per cent pct % defence, labour "
    "defense “quoted” it's don't end. END.) (Kyodo) ==Kyodo é … $3bn £3 3-1/4 mln a I, .75 .Hello ,Hello may May Monday. "
    "six killed envoys parties runners press classes 'Tis 12345 20. '90s runnings ings ies dies "
    "scores: what? yes! A: IBM'S: end; 5.11; mln dlrs,".split()
) | st.text("abcdeginrsyS.,'\"():;!?19", min_size=1, max_size=8)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from(["en", "de", "xx"]), st.integers(1, 25))
def test_the_short_way_for_ascii_says_what_the_long_way_says(text: str, lane: str, most: int) -> None:
    """Every chunk's stamps are those that it has by itself, in a language with a table of frequencies or without."""
    plain = text.encode("ascii", "ignore").decode()
    by_chunk = [
        stamp for chunk in plain.split()[:most] for stamp in stamps(f"{chunk} é", lane, 99)[:-1].tolist()
    ]
    assert stamps(plain, lane, most).tolist() == by_chunk[:most]


@given(st.lists(PIECES, max_size=30).map(" ".join), st.sampled_from(["en", "xx"]), st.integers(1, 25))
def test_a_word_is_quoted_as_it_is_first_written(text: str, lane: str, most: int) -> None:
    """Folded, for every code of the first chunks, whatever the text is made of."""
    first: dict[int, str] = {}
    for chunk in text.split()[:most]:
        for word in folded(chunk):
            first.setdefault(coded(word, lane), word)
    assert first_written(text, lane, most, set(first)) == first
