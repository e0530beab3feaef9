"""The story channel: the second agency's report joins, the look-alike event does not, and the reason says why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core import policy_story
from stream.core.item import Item
from stream.core.kinship import Kin, kin, one_story
from stream.core.measured import MEASURES
from stream.core.measures import UNIT
from stream.core.morgue import Morgue
from stream.core.terms import terms
from stream.core.times import DAY

FIRST = (
    "Strong quake hits Qeshm island, five hurt",
    "A 5.6-magnitude earthquake hit an island off the southern coast of Iran on Sunday, injuring five people, Iranian "
    "media said. The tremor struck around the town of Dargahan on Qeshm island, at the entrance to the Gulf. Governor "
    "Heidar Alishvandi told state television that houses in Dargahan had been damaged and that rescue teams were sent.",
)
SECOND = (
    "Villagers sleep outdoors after tremor on Gulf island",
    "Rescue workers reached Dargahan, a town on Qeshm island in the Gulf, after a tremor measured at 5.6 damaged houses "
    "there on Sunday. Heidar Alishvandi, the governor, said that five people were injured. Families in Dargahan spent "
    "the night outdoors, and Qeshm airport stayed open.",
)
OTHER_QUAKE = (
    "Strong quake hits northern Sumatra, dozens hurt",
    "A 6.1-magnitude earthquake hit the Indonesian province of Aceh on Tuesday, injuring fifty people, officials said. "
    "The tremor struck near the town of Bireuen in the hills of Bener Meriah. Spokesman Sutopo Nugroho told a radio "
    "station that a mosque in Blang Mancung had collapsed and that rescue teams were sent.",
)
BACKGROUND = [
    (
        "Bank lifts rate again",
        "The central bank of Norway lifted its rate on Thursday, Governor Ida Wolden said in Oslo.",
    ),
    (
        "Striker joins rivals",
        "Forward Marco Pereira left Porto for Benfica on Monday after talks with Rui Costa, 41.",
    ),
    (
        "Copper falls on stocks",
        "Copper fell in London on Wednesday as stocks in warehouses of the exchange rose again.",
    ),
]


def item(number: int, written: tuple[str, str]) -> Item:
    title, text = written
    return Item(str(number), str(number), "wire", number * 3_600_000, title=title, text=text, lane="en")


def desk(*filed: tuple[str, str]) -> Morgue:
    morgue = Morgue()
    for number, written in enumerate((*BACKGROUND, *filed)):
        one = item(number, written)
        morgue.file(f"story {number}", number, one.ts, one.ts + 30 * DAY, terms(one))
    return morgue


def asked(morgue: Morgue, written: tuple[str, str], number: int = 9) -> list[Kin]:
    one = item(number, written)
    return kin(morgue.nearest(terms(one), one.ts, one.ts))


def test_the_second_agencys_report_joins() -> None:
    """Other words, the same names, place, weekday and measure."""
    found = asked(desk(FIRST), SECOND)
    assert [one.near.story for one in found] == ["story 3"]
    assert policy_story.THRESHOLD <= found[0].score <= UNIT


@pytest.mark.parametrize(
    ("there", "comes"), [(FIRST, OTHER_QUAKE), (OTHER_QUAKE, FIRST), (OTHER_QUAKE, SECOND)]
)
def test_two_quakes_are_two_stories(there: tuple[str, str], comes: tuple[str, str]) -> None:
    """The same words about another place, day and measure."""
    assert asked(desk(there), comes) == []


def test_a_report_that_is_near_to_two_alike_makes_them_one() -> None:
    """Two stories of one event become one; a look-alike near by stays out."""
    fuller = (SECOND[0], f"{FIRST[1]} {SECOND[1]}")
    morgue = desk(FIRST, fuller, OTHER_QUAKE)
    found = asked(morgue, (FIRST[0], SECOND[1]))
    assert {one.near.story for one in found} == {"story 3", "story 4"}
    assert [one.near.story for one in one_story(morgue, "story 3", found)] == ["story 4"]


def test_every_weight_is_of_a_measure_and_says_why() -> None:
    """The table names measures that are taken, each once, with a reason that an editor can read."""
    named = [weight.measure for weight in policy_story.WEIGHTS]
    assert sorted(named) == sorted(MEASURES)
    assert all(len(weight.why) > 10 for weight in policy_story.WEIGHTS)


def test_time_apart_tells_against() -> None:
    """The same report a fortnight later is less likely the same event."""
    morgue = desk(FIRST)
    late = replace(item(9, SECOND), ts=14 * DAY)
    near = morgue.nearest(terms(late), late.ts, late.ts)
    soon = asked(morgue, SECOND)[0].score
    assert max((one.score for one in kin(near)), default=0) < soon


@pytest.mark.parametrize(
    ("there", "comes"),
    [
        ("Hail up to 252 km an hour batters Oraribeck", "Hail of 249 km an hour cuts off Palibrook"),
        ("Korediwater bank buys 164 million in market", "Sarivaven: central bank buys 913 million in market"),
        ("Guloste envoy expelled from Baralistan", "Saravier envoy Koredison expelled from Warenistan"),
    ],
)
def test_bare_headlines_of_other_names_are_two_stories(there: str, comes: str) -> None:
    """Whatever words they share: each names someone or some place that the other does not."""
    assert asked(desk((there, "")), (comes, "")) == []


@given(strangers=st.lists(st.sampled_from([OTHER_QUAKE, *BACKGROUND]), max_size=8))
def test_no_stranger_moves_a_score(strangers: list[tuple[str, str]]) -> None:
    """However many stories of the same words live beside it, an item and a story agree as they did alone."""
    (alone,) = asked(desk(FIRST), SECOND, 99)
    found = {one.near.story: one for one in asked(desk(FIRST, *strangers), SECOND, 99)}
    assert found["story 3"].score == alone.score
    assert found["story 3"].near.measures.tolist() == alone.near.measures.tolist()
