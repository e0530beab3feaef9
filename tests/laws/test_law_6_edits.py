"""Law 6 for an editor's merges and splits: they hold against the text, and replay, crashes and restarts repeat them."""

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replay.fold import Folded
from stream.core.codec import decode
from stream.core.desk import Applied, Decided, Failed, Repeated, decide_batch
from stream.core.edit import Edit
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.place import Shrunk
from stream.core.record import Edited, Kept, Record, read
from stream.core.recover import recover
from stream.core.settings import Settings
from stream.core.times import MINUTE
from stream.topics import EVENTS, RECORDS
from tests.laws.doubles import Object, doubles
from tests.laws.edited import UNKNOWN, Message, State, edited, merge, ref, split
from tests.laws.shore import Shore, folded, items_of, messages, run, take
from tests.laws.subscriber import told
from tests.laws.wires import brief

SHORT_LIVED = Settings(story_life=20 * MINUTE)
BRIEF = Settings(story_life=9 * MINUTE)
D, A, B, X, Y, COPY = range(6)  # of one event, in order of arrival


@cache
def one_event() -> list[Object]:
    return doubles(3, 1)


def after(*messages_: Message) -> Folded:
    return folded(messages_)


def states(whole: Folded) -> dict[str, State]:
    return {story: decode(state) for story, state in whole.states.items()}


def state_of(whole: Folded, item: Item) -> State:
    """The open story in which an item is listed."""
    (found,) = (
        state
        for state in states(whole).values()
        if "merged_into" not in state and item.identity in {m["identity"] for m in state["members"]}
    )
    return found


def ids(state: State) -> set[str]:
    return {member["id"][-1] for member in state["members"]}


def same_again(item: Item, name: str) -> Item:
    """The same words once more, from another source."""
    return items_of([{"id": name, "source": "again", "title": item.title, "text": item.text, "ts": LATER}])[0]


LATER = "2026-01-05T08:20:00Z"


def test_an_editor_merges_and_the_first_named_stays() -> None:
    """Told on both keys with who and why; the other is a redirect, and what matches its members joins the first."""
    items = items_of(one_event())
    whole = after(*items[: B + 1])
    older, younger = state_of(whole, items[D]), state_of(whole, items[A])
    said = merge(younger, older, note="one ship")
    whole = after(*items[: B + 1], said, same_again(items[D], "d2"))
    halves = [e["data"] for e in map(decode, whole.events.values()) if e["type"].endswith(".merged.v1")]
    assert {half["story"] for half in halves} == {older["id"], younger["id"]}
    assert [half["edit"]["note"] for half in halves] == ["one ship"] * 2
    assert states(whole)[older["id"]]["merged_into"] == younger["id"]
    assert ids(states(whole)[younger["id"]]) == {"d", "a", "2"}


def test_an_editor_splits_and_text_does_not_join_them_again() -> None:
    """The families go; the next copy of either goes to its own; the brief that both have merges nothing any more."""
    items = items_of(one_event())
    whole = after(*items[: X + 1])
    joined = state_of(whole, items[A])
    assert ids(joined) == {"a", "b", "x"}
    said = split(joined, *(m for m in joined["members"] if m["id"].endswith("b")))
    whole = after(*items[: X + 1], said)
    began, left = state_of(whole, items[B]), state_of(whole, items[A])
    assert (ids(began), ids(left)) == ({"b"}, {"a", "x"})
    assert (began["split_from"], began["version"]) == (left["id"], 1)
    more = [same_again(items[X], "x2"), same_again(items[B], "b2"), same_again(items[A], "a2")]
    whole = after(*items[: X + 1], said, *more)
    assert state_of(whole, more[1])["id"] == began["id"]
    assert state_of(whole, more[2])["id"] == left["id"]
    assert not any(line.record.decision.merges for line in whole.lines[-3:] if isinstance(line, Decided))


def test_an_editor_who_merges_again_takes_the_split_back() -> None:
    """One story once more; and from then on texts may join it as before."""
    items = items_of(one_event())
    joined = state_of(after(*items[: X + 1]), items[A])
    apart = split(joined, *(m for m in joined["members"] if m["id"].endswith("b")))
    whole = after(*items[: X + 1], apart)
    again = merge(state_of(whole, items[A]), state_of(whole, items[B]), at=1)
    whole = after(*items[: X + 1], apart, again)
    assert ids(state_of(whole, items[B])) == {"a", "b", "x"}


def test_one_text_is_parted_by_naming_who_goes() -> None:
    """Where a story is one family, those named go alone, as a family of their own; the next copy goes to the nearest."""
    items = items_of(one_event())
    update = items_of([{**one_event()[B], "id": "z", "text": one_event()[B]["text"] + " Nine are missing."}])[
        0
    ]
    whole = after(items[B], update)
    joined = state_of(whole, items[B])
    assert len({member["decision"]["family"] for member in joined["members"]}) == 1
    said = split(joined, *(m for m in joined["members"] if m["id"] == "z"))
    whole = after(items[B], update, said, same_again(update, "z2"))
    assert ids(state_of(whole, update)) == {"z", "2"}
    assert ids(state_of(whole, items[B])) == {"b"}
    assert len({decode(line)["family"] for line in whole.assignments() if decode(line)["item"]}) == 2


@settings(max_examples=10, deadline=None)
@given(at_once=st.integers(1, 40), cut=st.integers(29, 33))
def test_members_that_were_only_counted_are_whole_again_in_their_half(at_once: int, cut: int) -> None:
    """Twenty-five copies pushed the older texts out of sight: split off, the older have their members listed again."""
    wire = items_of(one_event())
    copies = [same_again(wire[B], f"copy-{n}-b") for n in range(25)]
    items = [*wire[: X + 1], *copies]
    joined = state_of(folded(items), copies[-1])
    assert ids(joined) == {"b"}
    said = split(joined, joined["members"][0])
    shore, wire_ = Shore(), messages([*items, said, *wire[Y:], same_again(wire[A], "a2")])
    committed = run(shore, wire_[:cut], at_once=at_once)
    run(shore, wire_, at_once=at_once, start=committed)
    whole = folded([*items, said, *wire[Y:], same_again(wire[A], "a2")])
    assert shore.states() == {story.encode(): state for story, state in whole.states.items()}
    assert {"a", "x", "2"} <= ids(state_of(whole, wire[A]))
    assert state_of(whole, copies[-1])["members_count"] >= 26


def test_a_redirected_id_is_followed() -> None:
    """An editor names a story that text merged meanwhile: what it is now is meant."""
    items = items_of(one_event())
    folded_first = state_of(after(*items[: B + 1]), items[B])
    other = items_of([{"id": "o", "source": "s", "title": "Council passes budget", "text": "", "ts": LATER}])[
        0
    ]
    whole = after(*items[: X + 1], other)
    whole = after(*items[: X + 1], other, merge(folded_first, state_of(whole, other)))
    assert ids(state_of(whole, other)) == {"a", "b", "x", "o"}


def wrong(whole: Folded, items: list[Item]) -> dict[str, Edit]:
    joined, alone = state_of(whole, items[A]), state_of(whole, items[D])
    return {
        "not open in lane en": merge(joined, {**alone, "id": UNKNOWN}),
        "not open in lane de": merge({**joined, "lane": "de"}, alone),
        "is all of them already": merge(joined, {"id": joined["merged_from"][0]}),
        "is no member": split(joined, alone["members"][0]),
        "nothing would be left": split(joined, *joined["members"]),
    }


@pytest.mark.parametrize(
    "why",
    [
        "not open in lane en",
        "not open in lane de",
        "is all of them already",
        "is no member",
        "nothing would be left",
    ],
)
def test_an_edit_that_can_do_nothing_is_set_apart_with_the_reason(why: str) -> None:
    """A dead letter; no story changes, no event is told, and the stream goes on as if it had not been said."""
    items = items_of(one_event())
    before = after(*items[: X + 1])
    said = wrong(before, items)[why]
    shore, without = Shore(), Shore()
    run(shore, messages([*items[: X + 1], said, *items[X + 1 :]]), at_once=3)
    run(without, messages(items), at_once=3)
    (letter,) = shore.dead()
    assert why in dict(letter.headers)["dead.error"].decode()
    assert (shore.states(), shore.events()) == (without.states(), without.events())


def test_a_closed_story_takes_no_edit() -> None:
    """Past its time, told so or not."""
    items = items_of(doubles(4, 12))
    whole = folded(items, BRIEF)
    closed = next(s for s in states(whole).values() if s["status"] == "closed" and "merged_into" not in s)
    alive = state_of(whole, items[-1])
    take(whole, [merge(alive, closed)])
    assert isinstance(line := whole.lines[-1], Failed)
    assert "is closed" in line.record.reason


def test_the_same_edit_again_is_a_repeat() -> None:
    """Its events again as stored, no state, nothing new."""
    items = items_of(one_event())
    joined = state_of(after(*items[: X + 1]), items[A])
    said = split(joined, *(m for m in joined["members"] if m["id"].endswith("b")))
    once, twice = after(*items[: X + 1], said), after(*items[: X + 1], said, said)
    assert isinstance(line := twice.lines[-1], Repeated) and isinstance(line.kept, Edited)
    assert (once.events, once.states) == (twice.events, twice.states)
    shore, wire = Shore(), messages([*items[: X + 1], said, said])
    run(shore, wire, at_once=1)
    landed = [one.topic for one in shore.landed]
    assert landed[-2:] == [EVENTS, EVENTS]


@cache
def wire_of(seed: int, events: int = 6) -> list[Message]:
    """Two lanes, merges by text, edits of every kind, and stories that close."""
    one, other = doubles(seed, events), doubles(seed + 50, events, "de")
    return edited([each for pair in zip(one, other, strict=True) for each in pair], seed, SHORT_LIVED)


def test_the_wires_hold_what_the_laws_are_about() -> None:
    """Splits and merges carried out, edits refused and repeated, closed stories bound to open ones."""
    lines = [line for seed in range(6) for line in folded(wire_of(seed), SHORT_LIVED).lines]
    done = [line.record for line in lines if isinstance(line, Applied)]
    assert sum(bool(record.parted) for record in done) > 10
    assert sum(bool(record.merged) for record in done) > 10
    assert sum(isinstance(line, Failed) for line in lines) > 10
    assert sum(isinstance(line, Repeated) for line in lines) > 3


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 5), at_once=st.integers(1, 100), order=st.integers(0, 10_000))
def test_however_messages_fall_into_batches_edits_do_the_same(seed: int, at_once: int, order: int) -> None:
    """The worker's steps and fold; every member is counted once."""
    shore, whole = Shore(), folded(wire_of(seed), SHORT_LIVED)
    run(shore, messages(wire_of(seed)), at_once=at_once, order=order, settings=SHORT_LIVED)
    assert shore.events() == whole.events
    assert shore.states() == {story.encode(): state for story, state in whole.states.items()}
    here = [state for state in states(whole).values() if "merged_into" not in state]
    items = {one.identity for one in wire_of(seed) if isinstance(one, Item)}
    assert sum(state["members_count"] for state in here) == len(items)


@pytest.mark.parametrize("seed", range(3))
def test_whichever_write_lands_last_edits_do_the_same(seed: int) -> None:
    """A crash after every write, while parted and merged stories close and their records shrink."""
    at_once, said = 6, edited(doubles(seed, 6), seed, BRIEF, share=0.5)
    whole, wire = Shore(), messages(said)
    run(whole, wire, at_once=at_once, settings=BRIEF)
    for k in range(len(whole.landed)):
        shore = Shore()
        committed = run(shore, wire, at_once=at_once, order=k, wreck_after=k, settings=BRIEF)
        run(shore, wire, at_once=at_once, order=k + 1, start=committed, settings=BRIEF)
        assert shore.states() == whole.states(), k
        assert shore.events() == whole.events(), k


def outlived() -> list[Message]:
    """A story is parted; one half closes early, the other runs on until whoever closed that one is forgotten too."""
    items = items_of(one_event())
    joined = state_of(after(*items[: X + 1]), items[A])
    said = split(joined, *(m for m in joined["members"] if m["id"].endswith("b")))
    others = doubles(12, 12)
    later = [
        {**(one_event()[B] if n % 4 == 0 else others[n]), "id": f"l{n}", "ts": f"2026-01-05T08:{n:02d}:00Z"}
        for n in range(5, 59)
    ]
    return [*items[: X + 1], said, *items_of(later)]


@pytest.mark.parametrize("at_once", [1, 4])
def test_a_half_that_closed_stays_closed_while_the_other_lives(at_once: int) -> None:
    """With a restart after every batch: told once, by whatever record, though that record has shrunk."""
    wire, whole, shore = messages(outlived()), Shore(), Shore()
    run(whole, wire, at_once=at_once, settings=BRIEF)
    for begin in range(0, len(wire), at_once):
        run(shore, wire[: begin + at_once], at_once=at_once, start=begin, settings=BRIEF)
    assert shore.states() == whole.states()
    assert shore.events() == whole.events()
    kept = [read(one)[0] for one in whole.records(0).values()]
    assert any(isinstance(one, Shrunk) and one.closed for one in kept)
    ended = {e["subject"] for e in map(decode, whole.events().values()) if e["type"].endswith(".closed.v1")}
    assert {one.parted for one in kept if isinstance(one, Edited)} <= ended


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 5),
    chance=st.randoms(use_true_random=False),
    cut=st.integers(1, 60),
    again=st.integers(0, 30),
    fallen=st.integers(0, 20),
)
def test_memories_with_edits_are_a_fold_of_the_records(
    seed: int, chance: random.Random, cut: int, again: int, fallen: int
) -> None:
    """Shuffled, repeated and compacted, whatever has shrunk; and a batch that fell has left nothing."""
    wire = edited(doubles(seed, 6), seed, BRIEF, share=0.5)
    shore = Shore()
    run(shore, messages(wire[:cut]), at_once=7, settings=BRIEF)
    log = [read(one.value or b"")[0] for one in shore.landed if one.topic == RECORDS]
    compacted = list({kept.identity: kept for kept in log}.values())
    mixed = compacted + chance.choices(compacted, k=again)
    chance.shuffle(mixed)
    assert decided_after(mixed, wire[cut:], fallen) == decided_after(log, wire[cut:], 0)
    undisturbed = folded(wire, BRIEF).lines[cut:]
    assert decided_after(mixed, wire[cut:], 0) == [
        (line.events, line.states) for line in undisturbed if isinstance(line, Decided | Applied)
    ]


def decided_after(log: list[Kept], wire: list[Message], fallen: int) -> list[Any]:
    memories = recover(log, BRIEF.story_life)
    memory = memories.get("en", Memory("en", BRIEF.story_life))
    known = {kept.identity for kept in log}
    left = [one for one in wire if one.identity not in known]
    if fallen:
        decide_batch({"en": memory}, left[:fallen], lambda _: None)[0].fall()
    batch, _ = decide_batch({"en": memory}, left, lambda _: None)
    return [(one.events, one.states) for one in batch.outcomes if isinstance(one, Decided | Applied)]


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 5), chance=st.randoms(use_true_random=False), again=st.integers(0, 40))
def test_a_subscriber_ends_equal_with_edits_in_any_order(
    seed: int, chance: random.Random, again: int
) -> None:
    """Shuffled and repeated."""
    events = list(folded(wire_of(seed), SHORT_LIVED).events.values())
    heard = events + chance.choices(events, k=again)
    chance.shuffle(heard)
    assert told(heard) == told(events)


def test_an_edit_does_not_move_the_clock() -> None:
    """Said in another year, it closes nothing, and its events are told at the lane's time."""
    items = items_of(brief(64, 30))
    whole = folded(items)
    one, other = [s for s in states(whole).values() if s["status"] == "open"][:2]
    take(whole, [merge(one, other, at=4_102_444_800_000)])
    assert isinstance(line := whole.lines[-1], Applied)
    assert {event.time for event in line.events} <= {item.ts for item in items}
    assert not [e for e in map(decode, whole.events.values()) if e["type"].endswith(".closed.v1")]
    assert isinstance(kept := read(whole.records[line.record.identity])[0], Edited)
    assert kept == line.record
    assert not isinstance(kept, Record)


def test_what_an_edit_names_is_what_it_says() -> None:
    """References to members carry the identity of the delivery: the same id from elsewhere is another item."""
    items = items_of(one_event())
    joined = state_of(after(*items[: X + 1]), items[A])
    assert {ref(member).identity for member in joined["members"]} == {i.identity for i in items[A : X + 1]}
