"""Normalising: nothing is lost, nothing is taken twice, and hostile copy costs its length."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import replay
from stream.core.item import Item
from stream.core.normalise import LostWords, check_words, normalise
from stream.core.words import words
from tests.core.wire_copy import (
    PIECES,
    TITLES,
    as_html,
    bodies,
    broken,
    copies,
    delivery,
    flat,
    paragraphs,
    wrapped,
)

SEEDS = Path(replay.__file__).parent / "seeds"


def seed(number: str) -> Item:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return normalise(replace(delivery(path.read_text("utf-8"), lang=""), id=path.stem))


def taken(item: Item, kind: str) -> list[str]:
    return [f.written for f in item.furniture if f.kind == kind]


def test_the_first_seed() -> None:
    """Header, dateline and credit come off; the sentence that carried the credit keeps the rest."""
    item = seed("000")
    assert (item.origin, item.credits, item.place, item.lane) == ("Kyodo", ("Kyodo",), "PARIS", "en")
    assert item.text.startswith("Japanese Prime Minister Fumio Kishida and")
    assert "initiate talks for such an accord.\n\n" in item.text
    assert taken(item, "date_header") == ["date 2024-03-05"]
    assert [(d.where, d.date, d.weekday, d.sure) for d in item.dates] == [
        ("header", "2024-03-05", None, "swappable"),
        ("lede", "", 3, "weekday"),
    ]


def test_the_second_seed() -> None:
    """The caption is set apart with its credit and sign-off, and is dated."""
    item = seed("001")
    assert (item.origin, item.credits, item.lane) == ("Kyodo", (), "en")
    assert len(item.captions) == 1
    assert item.captions[0].endswith("in Paris on May 2, 2024, ahead of their talks.")
    assert "(Kyodo)" not in item.text and "==" not in item.text
    assert (taken(item, "photo_credit"), taken(item, "sign_off")) == (["(Kyodo)"], ["==Kyodo"])
    assert [(d.where, d.date) for d in item.dates] == [("caption", "2024-05-02"), ("lede", "")]


def test_copy_of_1987() -> None:
    """Wrapped lines are paragraphs again; the sign-off with its control character goes; tickers stay."""
    text = (
        "Standard Oil Co said\nit plans a venture.\n    BP <BP> owns 55 pct\nof Standard Oil.\n Reuter\n\x03"
    )
    item = normalise(delivery(text, "STANDARD OIL <SRD> TO FORM UNIT", "    CLEVELAND, Feb 26 - "))
    assert item.text == "Standard Oil Co said it plans a venture.\n\nBP <BP> owns 55 pct of Standard Oil."
    assert (item.title, item.dateline, item.place) == (
        "STANDARD OIL <SRD> TO FORM UNIT",
        "CLEVELAND, Feb 26 -",
        "CLEVELAND",
    )
    assert (item.origin, [d.date for d in item.dates]) == ("Reuters", ["--02-26"])


@given(bodies)
def test_one_text_however_it_is_set(body: list[str]) -> None:
    """Flat, hard-wrapped and HTML settings of one text give one text."""
    assert {normalise(delivery(setting(body))).text for setting in (flat, wrapped, as_html)} == {flat(body)}


@given(copies())
def test_furniture_comes_off_and_is_kept(item: Item) -> None:
    """Text and furniture together have the words of the text as it came, markup aside."""
    came = item.text if "</p>" not in item.text else None
    done = normalise(item)
    if came is not None:
        assert Counter(words(came)) == Counter(
            words("\n".join([done.text, *(f.written for f in done.furniture)]))
        )
    assert set(done.captions) == set(taken(done, "caption"))
    assert "Kyodo News Agency" not in done.text and "date 2024" not in done.text and "==" not in done.text


@given(copies())
def test_normalising_settles_at_once(item: Item) -> None:
    """A normalised item is its own normal form, and its text has nothing left to take."""
    once = normalise(item)
    assert normalise(once) == once
    again = normalise(replace(once, lane="", furniture=()))
    assert (again.text, again.title, again.furniture) == (once.text, once.title, ())


@given(copies(), st.sampled_from(TITLES))
def test_titles_keep_their_prefixes(item: Item, title: str) -> None:
    """`UPDATE 1-` and tickers stay in the title: later work reads them."""
    assert normalise(replace(item, title=title)).title == title.replace("&amp;", "&")


@given(broken, broken, broken)
def test_no_copy_loses_words(text: str, title: str, dateline: str) -> None:
    """Whatever a feed sends, the check holds (LostWords is not raised) and the result is settled."""
    done = normalise(delivery(text, title, dateline))
    assert normalise(done) == done
    assert not any(sign in done.text + done.title for sign in "\x00\x03\u202e\u200b\r")


@given(paragraphs, st.data())
def test_lost_words_are_a_bug(text: str, data: st.DataObject) -> None:
    """The check finds any one word dropped or made, and nothing else."""
    there = text.split()
    at = data.draw(st.integers(0, len(there) - 1))
    check_words([text], reversed(there))
    for wrong in (there[:at] + there[at + 1 :], [*there, "more"]):
        if words(" ".join(wrong)) != words(text):
            with pytest.raises(LostWords):
                check_words([text], wrong)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_copy_costs_its_length(piece: str) -> None:
    """900 KB of any piece come out, with little furniture; a square cost would not end in the test's life."""
    done = normalise(delivery(piece * (900_000 // len(piece)), piece * 9_000, piece * 9_000, lang=""))
    assert len(done.furniture) < 100


def test_a_flash_is_its_headline() -> None:
    """Filler is no text: two flashes are compared by their titles."""
    item = normalise(delivery("******Blah blah blah.", "FED SETS REPURCHASES"))
    assert (item.text, item.title) == ("", "FED SETS REPURCHASES")


def test_whoever_signs_is_the_origin() -> None:
    """Sign-off before dateline before credit; a picture's credit says nothing of the text."""
    signed = "PARIS, May 2 (AFP) - It ended, Kyodo reported.\n\n-0-\n==Reuters"
    assert normalise(delivery(signed)).origin == "Reuters"
    assert normalise(delivery("PARIS, May 2 (AFP) - It ended, Kyodo reported.")).origin == "AFP"
    assert normalise(delivery("It ended. So be it. (AP)")).origin == "AP"
    assert normalise(delivery("A view. (AP Photo/Paul Beaty)\n\nIt ended.")).origin == ""
