"""Law 6 where reports in other words merge stories: told like every merge, undone by an editor, the same after a crash."""

from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core import policy_story
from stream.core.codec import decode
from stream.core.desk import Decided
from stream.core.item import Item
from stream.core.settings import Settings
from stream.core.story import Decision
from stream.core.times import MINUTE
from stream.topics import RECORDS
from tests.laws.doubles import minutes
from tests.laws.edited import split
from tests.laws.shore import Shore, folded, items_of, messages, run
from tests.laws.subscriber import MERGED, told

SHORT_LIVED = Settings(story_life=3 * MINUTE)
_EVENTS = (
    ("Grindavik", "Reykjavik"),
    ("Weneracliff", "Tarsk"),
    ("Halden", "Corvo"),
    ("Anholt", "Varde"),
    ("Lerwick", "Bantry"),
)
# Two ends of one event that no editor would join by these words, and a headline that has both.
WALL = "{place} harbour wall and fish market reached by lava"
GYM = "{place} families and their dogs spend second night in {town} school gym"
BOTH = "{place} families in {town} school gym told that lava reached harbour wall and fish market"
LATE = "{place} fish market under lava, families in {town} school gym told"


def headlines(*patterns: str, events: int = 1) -> list[Item]:
    """The patterns of each event in turn, a minute apart, the events one after the other."""
    written = [pattern.format(place=a, town=b) for a, b in _EVENTS[:events] for pattern in patterns]
    return items_of(
        {"id": str(n), "source": f"desk-{n % 7}", "ts": minutes(n), "title": title, "text": "", "lang": "en"}
        for n, title in enumerate(written)
    )


@cache
def lava() -> list[Item]:
    return headlines(WALL, GYM, BOTH, LATE, events=len(_EVENTS))


def decisions(items: list[Item]) -> list[Decision]:
    return [line.record.decision for line in folded(items).lines if isinstance(line, Decided)]


def open_states(whole: Any) -> list[dict[str, Any]]:
    return [state for state in map(decode, whole.states.values()) if "merged_into" not in state]


def test_a_headline_that_has_both_ends_makes_two_stories_one() -> None:
    """The eldest stays, whichever of them is nearer; the proof is a member of another story than its own."""
    for patterns in ((WALL, GYM, BOTH), (GYM, WALL, BOTH)):
        items = headlines(*patterns)
        one, other, both = decisions(items)
        assert one.story != other.story and one.relation == other.relation == "first"
        assert both.story == one.story
        assert [merge.story for merge in both.merges] == [other.story]
        (merge,) = both.merges
        assert both.to is not None and {both.to.id, merge.to.id} == {"0", "1"}
        assert merge.rule == policy_story.MERGES and merge.rule in merge.reason
        assert merge.score >= merge.threshold == policy_story.THRESHOLD
        assert merge.matched


def test_look_alike_events_stay_apart() -> None:
    """The same words of other places: as many stories as events."""
    assert len(open_states(folded(lava()))) == len(_EVENTS)
    assert sum(bool(decision.merges) for decision in decisions(lava())) == len(_EVENTS)


def test_both_halves_are_told_and_either_is_enough() -> None:
    """Of the merge itself; and a subscriber ends where the states do."""
    whole = folded(lava())
    events = list(map(decode, whole.events.values()))
    assert sum(event["type"] == MERGED for event in events) == 2 * len(_EVENTS)
    subscriber = told(whole.events.values())
    for state in open_states(whole):
        assert subscriber.versions[state["id"]] == (state["version"], state["members_count"])
    assert {subscriber.story(story) for story in whole.states} == {s["id"] for s in open_states(whole)}


def test_what_an_editor_parted_no_headline_merges() -> None:
    """The next that has both joins one of them."""
    items = headlines(WALL, GYM, BOTH, LATE)
    (joined,) = open_states(folded(items[:3]))
    gone = split(joined, *(member for member in joined["members"] if member["id"] == "1"), at=items[2].ts)
    whole = folded([*items[:3], gone, items[3]])
    assert len(open_states(whole)) == 2
    last = whole.lines[-1]
    assert isinstance(last, Decided) and not last.record.decision.merges


def test_an_item_from_beyond_the_clock_is_known_to_nobody() -> None:
    """Dated more than a story's life ahead, it draws no ordinary report, whatever it says."""
    items = headlines(WALL, GYM, BOTH)
    (ahead,) = items_of(
        [{"id": "x", "source": "x", "ts": "2099-01-01T00:00:00Z", "title": items[2].title, "lang": "en"}]
    )
    among = folded([*lava(), ahead, *headlines(WALL.replace("reached", "burnt"))])
    last, alone = among.lines[-1], folded([*lava(), *headlines(WALL.replace("reached", "burnt"))]).lines[-1]
    assert isinstance(last, Decided) and isinstance(alone, Decided)
    assert last.record.decision == alone.record.decision


@settings(max_examples=10, deadline=None)
@given(at_once=st.integers(1, 25), order=st.integers(0, 10_000))
def test_however_items_fall_into_batches_events_merge_alike(at_once: int, order: int) -> None:
    """The worker's steps and fold, while stories close."""
    shore, whole = Shore(), folded(lava(), SHORT_LIVED)
    run(shore, messages(lava()), at_once=at_once, order=order, settings=SHORT_LIVED)
    assert shore.events() == whole.events
    assert shore.states() == {story.encode(): state for story, state in whole.states.items()}


def test_whichever_write_lands_last_events_merge_alike() -> None:
    """A crash after every write, while merged stories close and their records shrink."""
    whole, wire = Shore(), messages(lava())
    run(whole, wire, at_once=4, settings=SHORT_LIVED)
    assert any(b'"kind":"shrunk"' in (one.value or b"") for one in whole.landed if one.topic == RECORDS)
    for k in range(len(whole.landed)):
        shore = Shore()
        committed = run(shore, wire, at_once=4, order=k, wreck_after=k, settings=SHORT_LIVED)
        run(shore, wire, at_once=4, order=k + 1, start=committed, settings=SHORT_LIVED)
        assert shore.states() == whole.states(), k
        assert shore.events() == whole.events(), k
