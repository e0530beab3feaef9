"""Laws of a switch of generations: ids resolve there, back and there again, and who folds the topic has the new stories."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replay.fold import Folded
from stream.core.codec import decode, encode
from stream.core.events import structured
from stream.core.record import read
from stream.core.succession import Succession, Turn, last, succession
from stream.core.whereabouts import whereabouts
from tests.contracts.validate import assert_valid
from tests.laws.doubles import doubles
from tests.laws.shore import folded, items_of
from tests.laws.subscriber import Subscriber

State = Mapping[str, Any]
seeds = st.sampled_from(range(8))
TURNS = ("x", "first", "x", "first")


@dataclass
class Generation:
    """What it has made of a wire, and what of the public topics is its own."""

    made: Folded
    own: dict[str, State] = field(default_factory=dict)

    def where(self) -> dict[str, str]:
        return whereabouts((read(record)[0] for record in self.made.records.values()), self.own)


@dataclass
class Public:
    """The topics, and a subscriber of each kind: who folds states, and who keeps redirects by events."""

    states: dict[str, State]
    told: Subscriber = field(default_factory=Subscriber)
    ever: set[str] = field(default_factory=set)  # ids that events told of

    def tell(self, events: Iterable[dict[str, Any]]) -> None:
        for event in events:
            self.ever.add(event["subject"])
            self.told.take(event)

    def put(self, states: Iterable[State]) -> None:
        for state in states:
            self.states[state["id"]] = state


def two(seed: int) -> tuple[Generation, Generation]:
    """One wire decided as it came, and again in another order without its oldest items, which were kept no more."""
    items = items_of(doubles(seed, 6))
    chance = random.Random(seed)
    again = items[len(items) // 4 :]
    chance.shuffle(again)
    first, other = folded(items), folded(again)
    return tuple(Generation(made, states_of(made)) for made in (first, other))  # type: ignore[return-value]


def states_of(made: Folded) -> dict[str, State]:
    return {story: decode(state) for story, state in made.states.items()}


@cache
def generations(seed: int) -> tuple[Generation, Generation]:
    return two(seed)


def next_of(public: Public, to: Generation, turn: Turn) -> Succession:
    return succession(public.states, to.own, to.where().get, turn)


def begun(seed: int) -> tuple[Public, dict[str, Generation]]:
    first, other = generations(seed)
    public = Public(dict(first.own))
    public.tell(map(decode, first.made.events.values()))
    return public, {"first": first, "x": other}


@given(seeds)
def test_every_id_ever_told_resolves_there_back_and_there_again(seed: int) -> None:
    """To a story that is there and redirects no more, by states and by events."""
    public, by_name = begun(seed)
    for at, name in enumerate(TURNS):
        turn = next_of(public, by_name[name], Turn(name, at))
        public.tell(map(structured, turn.events))
        public.put((*turn.own, *turn.borrowed))
        for story in public.states:
            assert "merged_into" not in public.states[last(public.states, story)]
        for story in public.ever:
            assert public.told.story(story) == last(public.states, story)


@given(seeds)
def test_who_folds_states_has_the_stories_of_the_next_generation(seed: int) -> None:
    """All of them, as they are; every other id is a redirect to one of them, or a story that has closed, as it was."""
    public, by_name = begun(seed)
    for at, name in enumerate(TURNS):
        before, to = dict(public.states), by_name[name]
        turn = next_of(public, to, Turn(name, at))
        public.put((*turn.own, *turn.borrowed))
        assert {story: public.states[story] for story in to.own} == to.own
        known = to.where()
        for story in public.states.keys() - to.own.keys():
            state = public.states[story]
            assert state["status"] == "closed"
            assert "merged_into" in state or state["members"] == before[story]["members"]
            if not any(member["identity"] in known for member in before[story]["members"]):
                assert state.get("merged_into") == before[story].get("merged_into"), "it was carried over"


@given(seeds)
def test_a_redirect_leads_where_most_members_are(seed: int) -> None:
    """Of those that the state lists, as the next generation has them; of equals the first id."""
    public, by_name = begun(seed)
    to = by_name["x"]
    known = to.where()
    turn = next_of(public, to, Turn("x", 1))
    for state in turn.borrowed:
        held = [last(to.own, known[m["identity"]]) for m in state["members"] if m["identity"] in known]
        if held:
            assert state["merged_into"] == min(held, key=lambda heir: (-held.count(heir), heir))
        else:
            assert "merged_into" not in state


@given(seeds, st.floats(0, 1), st.floats(0, 1))
def test_a_switch_that_ended_early_and_is_begun_again_ends_the_same(
    seed: int, share: float, more: float
) -> None:
    """Whichever state was the last that was put, once and once more; what is put on the way makes no circle."""
    whole, by_name = begun(seed)
    for at, name in enumerate(TURNS):
        to, turn = by_name[name], Turn(name, at)
        early = Public(dict(whole.states))
        for part in (share, more, 1.0):
            left = next_of(early, to, turn)
            puts = (*left.own, *left.borrowed)
            for state in puts[: round(len(puts) * part)]:
                early.put([state])
                assert "merged_into" not in early.states[last(early.states, state["id"])]
        done = next_of(whole, to, turn)
        whole.put((*done.own, *done.borrowed))
        assert early.states == whole.states
        assert next_of(early, to, turn) == Succession((), (), ())


@given(seeds)
def test_the_same_switch_says_the_same(seed: int) -> None:
    """Begun again before anything was put: the same events, byte for byte; an event id never has two contents."""
    public, by_name = begun(seed)
    told: dict[str, bytes] = {}
    for at, name in enumerate(TURNS):
        one, other = (next_of(public, by_name[name], Turn(name, at)) for _ in range(2))
        assert one == other
        for event in one.events:
            assert told.setdefault(event.id, encode(structured(event))) == encode(structured(event))
        public.put((*one.own, *one.borrowed))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_told_keeps_its_contract(seed: int) -> None:
    """States and events, merged and split ones among them; a merge on both keys, either half enough."""
    public, by_name = begun(seed)
    kinds = set[str]()
    for at, name in enumerate(TURNS):
        turn = next_of(public, by_name[name], Turn(name, at))
        for state in (*turn.own, *turn.borrowed):
            assert_valid("story", state)
        for event in turn.events:
            assert_valid("event", structured(event))
        for one, other in pairwise(turn.events):
            if one.kind == other.kind == "merged" and one.data["from"] == other.data["from"]:
                assert {one.story, other.story} == {one.data["from"]["story"], one.data["into"]["story"]}
        kinds |= {event.kind for event in turn.events}
        public.put((*turn.own, *turn.borrowed))
    assert {"merged", "split"} <= kinds
