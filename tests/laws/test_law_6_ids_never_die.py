"""Law 6: ids never die. Stories merge by redirect, told on both keys; chains resolve to the last; members never vanish."""

import random
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.codec import decode
from stream.core.desk import Decided, decide_batch
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.record import Kept, Record, read
from stream.core.recover import recover
from stream.core.settings import Settings
from stream.core.times import MINUTE
from stream.topics import RECORDS
from tests.laws.doubles import doubles
from tests.laws.shore import Shore, folded, items_of, messages, run
from tests.laws.subscriber import MERGED, Subscriber, told
from tests.laws.wires import brief

SHORT_LIVED = Settings(story_life=20 * MINUTE)
BRIEF = Settings(story_life=9 * MINUTE)
EVENTS = 8


@cache
def doubled(seed: int = 6) -> list[Item]:
    return items_of(doubles(seed, EVENTS))


@cache
def both_lanes() -> list[Item]:
    """In two lanes, and longer than a story's life."""
    one, other = doubles(7, EVENTS), doubles(8, EVENTS, "de")
    return items_of(each for pair in zip(one, other, strict=True) for each in pair)


def states(items: list[Item]) -> list[dict[str, Any]]:
    return [decode(state) for state in folded(items).states.values()]


def merges(events: dict[str, bytes]) -> list[dict[str, Any]]:
    return [event for event in map(decode, events.values()) if event["type"] == MERGED]


def test_a_merge_is_told_on_both_keys_alike() -> None:
    """Both halves name both stories as they stand, and why they are one."""
    halves: dict[str, list[dict[str, Any]]] = {}
    for event in merges(folded(doubled()).events):
        halves.setdefault(event["data"]["from"]["story"], []).append(event)
    assert len(halves) == 2 * EVENTS
    for loser, pair in halves.items():
        one, other = (event["data"] for event in pair)
        assert {event["subject"] for event in pair} == {loser, one["into"]["story"]}
        for name in ("from", "into", "by", "proof", "item"):
            assert one[name] == other[name]
        assert one["proof"]["score"] >= one["proof"]["reason"]["threshold"]


def test_a_merged_story_leaves_a_redirect_and_no_member_vanishes() -> None:
    """Every item is counted once; every id leads, by whichever way, to the same open story."""
    found = {state["id"]: state for state in states(doubled())}
    into = {story: state["merged_into"] for story, state in found.items() if "merged_into" in state}
    assert len(into) == 2 * EVENTS
    assert {found[story]["status"] for story in into} == {"closed"}
    assert {into.get(into[story]) for story in into} > {None}  # chains
    assert sum(found[story]["members_count"] for story in found.keys() - into.keys()) == len(doubled())
    for story in into:
        end = into[story]
        while end in into:
            end = into[end]
        assert found[end]["status"] == "open"
        assert story in found[into[story]]["merged_from"]


def test_the_older_story_stays_and_holds_what_both_told() -> None:
    """First and last seen, origins, members by their number; families as they were."""
    items = doubled()
    whole, before = folded(items), {item.identity: item for item in items}
    for state in map(decode, whole.states.values()):
        if "merged_from" not in state:
            continue
        members = [before[member["identity"]] for member in state["members"]]
        assert len(members) == state["members_count"]
        assert state["seen"]["first"] == min(member["ts"] for member in state["members"])
        assert state["seen"]["last"] == max(member["ts"] for member in state["members"])
        assert len({member["decision"]["family"] for member in state["members"]}) == state["origins_count"]


def test_what_matches_a_member_of_a_merged_story_joins_the_one_that_stayed() -> None:
    """The late copy of the report whose story folded first."""
    late = [line.record for line in folded(doubled()).lines if isinstance(line, Decided)]
    open_now = {state["id"] for state in states(doubled()) if state["status"] == "open"}
    copies = [record.decision for record in late if record.item.source == "late-desk"]
    assert len(copies) == EVENTS
    assert {decision.story for decision in copies} == open_now
    assert {decision.relation for decision in copies} == {"copy"}


def test_assignments_are_told_as_the_stories_stand_at_the_end() -> None:
    """One story for each event, for the items before its merges too."""
    lines = [decode(line) for line in folded(doubled()).assignments()]
    by_event: dict[str, set[str]] = {}
    for line in lines:
        by_event.setdefault(line["item"].split("-")[1], set()).add(line["story"])
    assert [len(found) for found in by_event.values()] == [1] * EVENTS


def test_a_wrap_up_merges_nothing() -> None:
    """It carries the ledes of several stories and joins one of them."""
    items = items_of(brief(62, 200))
    decided = [line.record.decision for line in folded(items).lines if isinstance(line, Decided)]
    assert any(decision.contains for decision in decided)
    assert not [decision for decision in decided if decision.contains and decision.merges]


@settings(max_examples=40, deadline=None)
@given(chance=st.randoms(use_true_random=False), again=st.integers(0, 40), lost=st.booleans())
def test_a_subscriber_ends_equal_in_whatever_order_it_hears(
    chance: random.Random, again: int, lost: bool
) -> None:
    """Shuffled, repeated, and with one half of any merge never heard."""
    events = list(folded(doubled()).events.values())
    heard = [event for event in events if not (lost and decode(event)["type"] == MERGED)]
    if lost:
        halves: dict[str, list[bytes]] = {}
        for event in events:
            if decode(event)["type"] == MERGED:
                halves.setdefault(decode(event)["data"]["from"]["story"], []).append(event)
        heard += [chance.choice(pair) for pair in halves.values()]
    heard += chance.choices(heard, k=again)
    chance.shuffle(heard)
    assert told(heard) == told(events)


def test_a_subscriber_resolves_chains_as_the_states_do() -> None:
    """From the events alone: where each id leads is the story that is open in story.state."""
    subscriber: Subscriber = told(folded(doubled()).events.values())
    found = {state["id"]: state for state in states(doubled())}
    for story in found:
        end = found[subscriber.story(story)]
        assert "merged_into" not in end
        assert subscriber.versions[end["id"]] == (end["version"], end["members_count"])


def test_the_end_of_a_story_is_told_of_the_one_that_stayed() -> None:
    """`closed` once; what folded stays a redirect."""
    whole = folded(both_lanes(), SHORT_LIVED)
    ended = {event["subject"] for event in map(decode, whole.events.values()) if ".closed." in event["type"]}
    redirects = [state for state in map(decode, whole.states.values()) if "merged_into" in state]
    assert redirects
    assert not ended & {state["id"] for state in redirects}
    assert ended & {state["merged_into"] for state in redirects}


@settings(max_examples=10, deadline=None)
@given(at_once=st.integers(1, 120), order=st.integers(0, 10_000))
def test_however_items_fall_into_batches_merges_are_the_same(at_once: int, order: int) -> None:
    """The worker's steps and fold."""
    shore, whole = Shore(), folded(both_lanes(), SHORT_LIVED)
    run(shore, messages(both_lanes()), at_once=at_once, order=order, settings=SHORT_LIVED)
    assert shore.events() == whole.events
    assert shore.states() == {story.encode(): state for story, state in whole.states.items()}


def test_whichever_write_lands_last_merges_are_the_same() -> None:
    """A crash after every write, while merged stories close and their records shrink."""
    at_once = 8
    whole, wire = Shore(), messages(items_of(doubles(9, 6)))
    run(whole, wire, at_once=at_once, settings=BRIEF)
    assert {b'"kind":"shrunk"' in (one.value or b"") for one in whole.landed if one.topic == RECORDS} == {
        True,
        False,
    }
    for k in range(len(whole.landed)):
        shore = Shore()
        committed = run(shore, wire, at_once=at_once, order=k, wreck_after=k, settings=BRIEF)
        run(shore, wire, at_once=at_once, order=k + 1, start=committed, settings=BRIEF)
        assert shore.states() == whole.states(), k
        assert shore.events() == whole.events(), k


@settings(max_examples=15, deadline=None)
@given(
    chance=st.randoms(use_true_random=False),
    cut=st.integers(1, 47),
    again=st.integers(0, 30),
    fallen=st.integers(0, 20),
)
def test_memories_with_merges_are_a_fold_of_the_records(
    chance: random.Random, cut: int, again: int, fallen: int
) -> None:
    """Shuffled, repeated and compacted, whatever has shrunk; and a batch that fell has left nothing."""
    items, shore = doubled(), Shore()
    run(shore, messages(items[:cut]), at_once=7, settings=SHORT_LIVED)
    log = [read(one.value or b"")[0] for one in shore.landed if one.topic == RECORDS]
    compacted = list({kept.identity: kept for kept in log}.values())
    mixed = compacted + chance.choices(compacted, k=again)
    chance.shuffle(mixed)
    assert decided_after(mixed, items[cut:], fallen) == decided_after(log, items[cut:], 0)


def decided_after(log: list[Kept], items: list[Item], fallen: int) -> list[Any]:
    memories = recover(log, SHORT_LIVED.story_life)
    memory = memories.get("en", Memory("en", SHORT_LIVED.story_life))
    known = {kept.identity for kept in log if isinstance(kept, Record)}
    left = [item for item in items if item.identity not in known]
    if fallen:
        decide_batch({"en": memory}, left[:fallen], lambda _: None)[0].fall()
    batch, _ = decide_batch({"en": memory}, left, lambda _: None)
    return [(one.record, one.events, one.states) for one in batch.outcomes if isinstance(one, Decided)]
