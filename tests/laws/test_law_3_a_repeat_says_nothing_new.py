"""Law 3: a repeat says nothing new. Stored events are told again as stored; the state never; nothing is recomputed."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.desk import Decided, Repeated
from stream.core.record import Record
from stream.core.record import read as read_record
from stream.core.settings import Settings
from stream.core.times import MINUTE
from stream.topics import EVENTS, RECORDS, STATE
from stream.worker.steps import read
from tests.laws.shore import Shore, folded, items_of, messages, run
from tests.laws.wires import brief

SHORT_LIVED = Settings(story_life=20 * MINUTE)


@settings(max_examples=15, deadline=None)
@given(first=st.integers(0, 59), at_once=st.integers(1, 30))
def test_a_redelivered_item_tells_its_events_as_stored_and_no_state(first: int, at_once: int) -> None:
    """Redelivered from any place on, after a restart: the same events, no state, no record."""
    wire, shore = messages(items_of(brief(31, 60))), Shore()
    run(shore, wire, at_once=at_once)
    told, before = len(shore.landed), shore.events()
    run(shore, wire, at_once=at_once, start=first)
    again = shore.landed[told:]
    assert {one.topic for one in again} == {EVENTS}
    assert shore.events() == before
    redelivered = [r.item.identity for r in map(read, wire[first:]) if r.item]
    assert len(again) == sum(len(known.events) for known in records(shore) if known.identity in redelivered)


def records(shore: Shore) -> list[Record]:
    kept = (read_record(one.value or b"")[0] for one in shore.landed if one.topic == RECORDS)
    return [one for one in kept if isinstance(one, Record)]


def test_a_repeat_does_not_move_the_clock_nor_the_decisions_after_it() -> None:
    """With every item delivered three times the decisions are those of one delivery each."""
    items = items_of(brief(32, 60))
    once, thrice = folded(items), folded([item for item in items for _ in range(3)])
    decided = [line.record.decision for line in thrice.lines if isinstance(line, Decided)]
    assert decided == [line.record.decision for line in once.lines if isinstance(line, Decided)]
    assert sum(isinstance(line, Repeated) for line in thrice.lines) == 2 * len(items)


def test_a_repeat_of_a_closed_story_is_counted_only() -> None:
    """Its record has shrunk: nothing is told, nothing is decided anew."""
    wire, shore = messages(items_of(brief(33, 150))), Shore()
    run(shore, wire, at_once=10, settings=SHORT_LIVED)
    shrunk = {
        one.key for one in shore.landed if one.topic == RECORDS and b'"kind":"shrunk"' in (one.value or b"")
    }
    assert len(shrunk) > 20
    told, states = len(shore.landed), shore.states()
    run(shore, wire, at_once=10, settings=SHORT_LIVED)
    again = shore.landed[told:]
    assert len([one for one in again if one.topic == EVENTS]) < len(wire) - 20
    assert not [one for one in again if one.topic == STATE]
    assert shore.states() == states
