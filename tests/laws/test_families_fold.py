"""Families that an item proves to be one text are one, whichever of them came first, and after a restart."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.fold import Folded
from stream.core.codec import decode
from stream.core.desk import Decided
from stream.core.record import write
from stream.core.settings import Settings
from stream.core.times import MINUTE
from tests.contracts.validate import assert_valid
from tests.laws.flashes import flashes
from tests.laws.shore import Shore, folded, items_of, messages, run

EVENTS = 6
SHORT_LIVED = Settings(story_life=180 * MINUTE)


def families(made: Folded) -> dict[str, str]:
    return {line["item"]: line["family"] for line in map(decode, made.assignments())}


def folding(made: Folded) -> list[Decided]:
    return [line for line in made.lines if isinstance(line, Decided) and line.record.decision.folds]


def test_a_report_is_one_text_with_both_of_its_flashes() -> None:
    """Every flash ends in its report's family; the state's members say so, and one of them is the original."""
    made = folded(items_of(flashes(3, EVENTS)))
    assert len(folding(made)) > EVENTS // 2
    at_the_end = families(made)
    for number in range(EVENTS):
        assert len({at_the_end[f"3-{number}-{part}"] for part in "abc"}) == 1
    open_still = [state for state in map(decode, made.states.values()) if "merged_into" not in state]
    assert open_still
    for state in open_still:
        by_family: dict[str, list[dict[str, Any]]] = {}
        for member in state["members"]:
            by_family.setdefault(member["decision"]["family"], []).append(member)
        assert set(by_family) <= set(at_the_end.values())
        assert all([m["role"] for m in its].count("original") == 1 for its in by_family.values())
        assert len(state["origins"]) <= len(by_family)


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_the_order_of_arrival_makes_no_other_families(order: tuple[str, ...]) -> None:
    """The same three items within an hour, in every order."""
    event = {str(one["id"])[-1]: one for one in flashes(5, 1)}
    assert len(set(families(folded(items_of(event[part] for part in order))).values())) == 1


def test_what_is_told_of_it_is_valid() -> None:
    """Records, events and states with folded families keep their contracts."""
    for line in folding(folded(items_of(flashes(7, EVENTS)))):
        assert_valid("record", decode(write(line.record, "test")))
        for event in line.record.events:
            assert_valid("event", event)
        told = line.record.events[0]["data"]["decision"]
        assert told["folds"] == list(line.record.decision.folds)


@settings(max_examples=12, deadline=None)
@given(share=st.floats(0, 1), at_once=st.integers(1, 12), order=st.integers(0, 10_000))
def test_a_crash_changes_no_family(share: float, at_once: int, order: int) -> None:
    """Wherever it comes, with stories that close and records that shrink, in two lanes."""
    both = zip(flashes(9, EVENTS), flashes(10, EVENTS, "de"), strict=True)
    wire = messages(items_of(each for pair in both for each in pair))
    whole, wrecked = Shore(), Shore()
    run(whole, wire, at_once=at_once, settings=SHORT_LIVED)
    k = int(share * (len(whole.landed) - 1))
    landed = run(wrecked, wire, at_once=at_once, order=order, wreck_after=k, settings=SHORT_LIVED)
    run(wrecked, wire, at_once=at_once, order=order + 1, start=landed, settings=SHORT_LIVED)
    assert (wrecked.states(), wrecked.events()) == (whole.states(), whole.events())
