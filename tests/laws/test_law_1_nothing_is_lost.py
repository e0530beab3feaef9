"""Law 1: nothing is lost. Every raw message ends in a story or as a dead letter; a crash changes nothing but repeats."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core import desk as desk_room
from stream.core.codec import decode
from stream.core.item import Item
from stream.core.item_json import item_from_json
from stream.core.settings import Settings
from stream.core.story import Story
from stream.core.times import MINUTE
from stream.topics import RECORDS
from stream.worker.batches import Event
from tests.laws.shore import Shore, items_of, messages, run
from tests.laws.wires import brief, dealt

COUNT = 200
SHORT_LIVED = Settings(story_life=20 * MINUTE)  # stories close, and records shrink, while crashes come


@cache
def two_hundred() -> list[Event]:
    return messages(items_of(dealt(brief(11, COUNT, longest=700), "en", "de", "fr")))


sail = partial(run, wire=two_hundred(), settings=SHORT_LIVED)


def kinds_of(shore: Shore) -> set[str]:
    """What happened on the way."""
    events = {str(decode(event)["type"]).split(".")[-2] for event in shore.events().values()}
    return events | {decode(one.value or b"").get("kind", "") for one in shore.landed if one.topic == RECORDS}


@cache
def undisturbed(at_once: int) -> Shore:
    shore = Shore()
    assert sail(shore, at_once=at_once) == COUNT
    assert "closed" in kinds_of(shore)
    assert at_once > COUNT // 2 or "shrunk" in kinds_of(shore)  # records shrink with the next batch
    return shore


def wrecked_after(k: int, at_once: int, order: int) -> Shore:
    """A run that ends after its k-th write, and the run that goes on from what landed."""
    shore = Shore()
    committed = sail(shore, at_once=at_once, order=order, wreck_after=k)
    assert len(shore.landed) == k
    assert sail(shore, at_once=at_once, order=order + 1, start=committed) == COUNT
    return shore


def says_the_same(shore: Shore, at_once: int) -> None:
    whole = undisturbed(at_once)
    assert shore.states() == whole.states()
    assert shore.events() == whole.events()


@pytest.mark.parametrize("part", range(8))
def test_whichever_write_lands_last_a_restart_says_the_same(part: int) -> None:
    """For every k: the k-th write is the last that lands."""
    at_once = 25
    for k in range(part, len(undisturbed(at_once).landed), 8):
        says_the_same(wrecked_after(k, at_once, order=k), at_once)


@settings(max_examples=12, deadline=None)
@given(share=st.floats(0, 1), at_once=st.integers(1, 200), order=st.integers(0, 10_000))
def test_a_crash_changes_nothing_at_any_batch_size_and_order_of_partitions(
    share: float, at_once: int, order: int
) -> None:
    """The same over batch sizes, orders of partitions and places of the crash."""
    k = int(share * (len(undisturbed(at_once).landed) - 1))
    says_the_same(wrecked_after(k, at_once, order), at_once)


@settings(max_examples=8, deadline=None)
@given(shares=st.lists(st.floats(0, 0.3), min_size=2, max_size=6), at_once=st.integers(3, 60))
def test_crash_after_crash_changes_nothing(shares: list[float], at_once: int) -> None:
    """Several crashes in one run, each after some writes more."""
    shore, committed = Shore(), 0
    for number, share in enumerate(shares):
        committed = sail(shore, at_once=at_once, order=number, start=committed, wreck_after=int(share * 200))
    assert sail(shore, at_once=at_once, start=committed) == COUNT
    says_the_same(shore, at_once)


def test_a_bug_that_nobody_foresaw_buries_its_item_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it strikes, in the decision or in what is told of it: the item is a dead letter, the stream goes on."""
    items = items_of(brief(12, 30, longest=700))
    bad = {items[4].identity: "describe", items[9].identity: "state_json"}
    for name in ("describe", "state_json"):
        monkeypatch.setattr(desk_room, name, _failing(getattr(desk_room, name), name, bad))
    shore = Shore()
    run(shore, messages(items), at_once=7)
    assert sorted(item_from_json(decode(one.value or b"")).identity for one in shore.dead()) == sorted(bad)
    monkeypatch.undo()
    without = Shore()
    run(without, messages([item for item in items if item.identity not in bad]), at_once=30)
    assert (shore.states(), shore.events()) == (without.states(), without.events())


def _failing(real: Callable[..., Any], name: str, bad: dict[str, str]) -> Callable[..., Any]:
    """The real function, with a bug that some items meet."""

    def broken(*arguments: Any) -> Any:
        items = [a for a in arguments if isinstance(a, Item)]
        items += [m.item for a in arguments if isinstance(a, Story) for m in a.members]
        if any(bad.get(item.identity) == name for item in items):
            raise ZeroDivisionError("nobody foresaw this")
        return real(*arguments)

    return broken
