"""Two stories held against each other: a part of a large story stays near it, and strangers stay strangers."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from stream.core import policy_story
from stream.core.item import Item
from stream.core.logs import STEPS, log16
from stream.core.morgue import Morgue
from stream.core.terms import terms
from stream.core.times import DAY

GRILLED = "Carney grilled by MPs over forex rigging inquiry"
POSTS = (
    "Bank of England to create deputy governor post",
    "Carney adds deputy governor in London shake-up",
    "Fourth deputy governor to oversee markets",
    "Carney picks deputy governor for markets role",
    "Threadneedle Street overhaul adds deputy governor, Carney says",
    "New deputy governor for banking named by Carney",
)
FOREX = ("Officials knew of forex rigging, inquiry hears", "MPs press officials over forex rigging")
PETROL = ("Gasoline prices rise in Ohio, survey says", "Ohio gasoline prices rise ten cents")
EVERY = (GRILLED, *POSTS, *FOREX, *PETROL)

headlines = st.lists(st.sampled_from(EVERY), min_size=1, max_size=12)


def morgue(**stories: Sequence[str]) -> Morgue:
    filed, number = Morgue(), 0
    for story, titles in stories.items():
        for title in titles:
            one = Item(str(number), str(number), "wire", number, title=title, lane="en")
            filed.file(story, number, one.ts, one.ts + 30 * DAY, terms(one))
            number += 1
    return filed


def are_one(filed: Morgue, one: str, other: str) -> bool:
    cosine, smaller = filed.alike(one, other)
    least = policy_story.ALIKE_HEADLINES
    return cosine >= least.base + least.doubling * log16(smaller) // STEPS


def test_a_part_stays_near_its_story_as_this_one_grows() -> None:
    """What one member in seven says is enough, where it is all that the other story says."""
    assert are_one(morgue(bank=[GRILLED, POSTS[0]], forex=FOREX), "bank", "forex")
    assert are_one(morgue(bank=[GRILLED, *POSTS], forex=FOREX), "bank", "forex")


def test_a_large_story_draws_in_no_stranger() -> None:
    """Stories that share no word that tells are two, however much either has been told."""
    filed = morgue(bank=[GRILLED, *POSTS, *FOREX], petrol=PETROL)
    assert not are_one(filed, "bank", "petrol")


@given(mine=headlines, theirs=headlines)
def test_alike_is_the_same_both_ways(mine: list[str], theirs: list[str]) -> None:
    """Which of two stories an item was nearer to does not say whether they are one."""
    filed = morgue(mine=mine, theirs=theirs)
    assert filed.alike("mine", "theirs") == filed.alike("theirs", "mine")
    assert 0 <= filed.alike("mine", "theirs")[0] <= 100


@given(told=headlines)
def test_a_story_is_wholly_like_itself(told: list[str]) -> None:
    """However often each thing was said."""
    assert morgue(mine=told, theirs=told).alike("mine", "theirs")[0] >= 99
