"""Passages: what a text says of another's sentences is the same by the short ways and by the long one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.item import Item
from stream.core.passage import Passage, Sentence, passage
from stream.core.telling import told_by, told_in_full
from tests.core.wire_copy import CAPTIONS, PIECES, SENTENCES, delivery, flat

TWISTS = (
    lambda s: s,
    lambda s: s.upper(),
    lambda s: s.replace("labour", "labor").replace("programme", "program"),
    lambda s: s.replace("four", "nine").replace("451", "516").replace("5.93", "6.2"),
    lambda s: s.replace("minister", "minsiter").replace("agreed", "agred"),
    lambda s: s.replace("Japan", "Peru").replace("Standard Oil", "Amoco"),
    lambda s: f"In a fresh development, {s}",
    lambda s: " ".join(s.split()[: len(s.split()) // 2]) + ".",
    lambda s: f"The talks will resume. {s}",
)
twisted = st.builds(lambda s, twist: twist(s), st.sampled_from(SENTENCES), st.sampled_from(TWISTS))
texts = st.lists(st.lists(twisted, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5).map(flat)
members = st.builds(
    lambda text, captions: replace(delivery(text, "TALKS OPEN IN PARIS"), captions=tuple(captions)),
    texts,
    st.lists(st.sampled_from(CAPTIONS), max_size=1),
)


def sentences_of(item: Item) -> tuple[Sentence, ...]:
    return passage(item).sentences


@given(members, st.lists(members, min_size=1, max_size=4))
def test_several_texts_tell_a_sentence_as_the_best_of_them_does(new: Item, known: list[Item]) -> None:
    """The same in any is the same in all; else the first that rewords it counts, else it is new."""
    texts = [passage(item) for item in known]
    for sentence in sentences_of(new):
        each = [told_by(sentence, (text,)) for text in texts]
        whole = told_by(sentence, texts)
        if any(one.told == "same" for one in each):
            assert whole.told == "same"
        else:
            assert whole == next((one for one in each if one.told == "reworded"), each[0])


@given(members, members)
def test_what_is_told_in_full_lacks_nothing_that_weighs(one: Item, other: Item) -> None:
    """The short way to ask it answers as the telling does."""
    text = passage(other)
    for number, sentence in enumerate(sentences_of(one)):
        telling = told_by(sentence, (text,))
        assert told_in_full(passage(one), number, text) == (telling.told != "new" and not telling.weighty)


@given(members, members, st.sampled_from(TWISTS[:3]))
def test_a_sentence_with_the_same_words_is_the_same(one: Item, other: Item, respelt: object) -> None:
    """However it is spelt, set in capitals, and whatever stands around it."""
    assert callable(respelt)
    around = passage(replace(other, text=f"{respelt(one.text)}\n\n{other.text}"))
    assert {
        told_by(sentence, (around,)).told for sentence in passage(replace(one, captions=())).sentences
    } == {"same"}


@given(st.lists(st.sampled_from((*PIECES, *SENTENCES, "(Halden Press)", "==Sundial", "...")), max_size=12))
def test_every_sentence_says_something(pieces: list[str]) -> None:
    """No sentence without words and no credit is counted, whatever a text holds."""
    found: Passage = passage(delivery(" ".join(pieces)))
    assert all(any(sign.isalnum() or sign == "%" for sign in s.text) for s in found.sentences)
    assert not {"(Halden Press)", "==Sundial", "..."} & found.texts


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ("The ferry Merrin Star sank with 31 people on board.", "reworded"),
        ("The ferry Merrin Star sank with 12 peopel on board.", "same"),
        ("Divers from three countries searched the bay at dawn.", "new"),
    ],
)
def test_a_figure_weighs_and_a_slip_does_not(lacking: str, told: str) -> None:
    """A toll that rose is told in other words, a word mistyped is the same, other words are new."""
    text = passage(delivery("The ferry Merrin Star sank with 12 people on board.\n\nThe quay was closed."))
    assert told_by(Sentence(lacking), (text,)).told == told
