"""Law 4: publish, then keep, in one record. A batch decides on an overlay that joins the state only after keeping."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.record import Record
from stream.core.record import read as read_record
from stream.topics import EVENTS, RECORDS, STATE
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.steps import Keeper
from tests.laws.shore import SETTINGS, Shore, items_of, messages, run
from tests.laws.wires import brief, dealt


@settings(max_examples=20, deadline=None)
@given(k=st.integers(1, 150), at_once=st.integers(1, 40))
def test_whatever_is_kept_has_been_published(k: int, at_once: int) -> None:
    """Wherever a run ends, the events of every record that landed have landed."""
    shore = Shore()
    run(shore, messages(items_of(dealt(brief(41, 60), "en", "de"))), at_once=at_once, wreck_after=k)
    published = {dict(one.headers)["ce_id"].decode() for one in shore.landed if one.topic == EVENTS}
    states = {one.key for one in shore.landed if one.topic == STATE}
    for one in (one for one in shore.landed if one.topic == RECORDS):
        kept, _ = read_record(one.value or b"")
        assert isinstance(kept, Record)
        assert {event["id"] for event in kept.events} <= published
        assert kept.decision.story.encode() in states


@settings(max_examples=20, deadline=None)
@given(cut=st.integers(1, 39), size=st.integers(1, 20))
def test_a_batch_that_was_not_kept_leaves_nothing_behind(cut: int, size: int) -> None:
    """Decided and fallen, then decided again: the same messages as if it had never been decided."""
    wire = messages(items_of(brief(42, 60)))
    disturbed, undisturbed = _desk_after(wire[:cut]), _desk_after(wire[:cut])
    reads = [steps.read(event) for event in wire[cut : cut + size]]
    disturbed.decide(reads, lambda *_: None, {}).decided.fall()
    again, first = (desk.decide(reads, lambda *_: None, {}) for desk in (disturbed, undisturbed))
    assert again.publish == first.publish
    assert again.keep == first.keep


def test_a_revoked_partition_is_dropped_whole() -> None:
    """What was known of it comes back from the records alone, and the others stay."""
    wire = messages(items_of(dealt(brief(43, 60), "en", "de")))
    desk = _desk_after(wire[:40])
    reads = [steps.read(event) for event in wire[40:]]
    expected = desk.decide(reads, lambda *_: None, {})
    expected.decided.fall()
    shore = Shore()
    run(shore, wire[:40], at_once=40)
    desk.forget(0)
    desk.recover(0, shore.records(0).values())
    assert desk.decide(reads, lambda *_: None, {}).publish == expected.publish


def _desk_after(wire: list[Event]) -> Desk:
    desk = Desk(SETTINGS, Keeper())
    work = desk.decide([steps.read(event) for event in wire], lambda *_: None, {})
    desk.keep(work, {event.partition for event in wire})
    return desk
