"""The morgue: what it answers depends on the living stories alone, compiled or not, whatever was taken back or cleared."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.item import Item
from stream.core.morgue import Morgue
from stream.core.terms import terms
from tests.laws.shore import items_of
from tests.laws.wires import brief

ROOT = Path(__file__).parents[2]
STORIES = 12
FOREVER = 1 << 60

Move = tuple[str, int, int]  # what is done, with which story, and which other
moves = st.lists(
    st.tuples(
        st.sampled_from(("file", "file", "file", "file", "close", "merge")),
        st.integers(0, STORIES),
        st.integers(0, STORIES),
    ),
    max_size=60,
)


@cache
def wire() -> list[Item]:
    return items_of(brief(31, 150))


class Desk:
    """A morgue, and which stories stand in it."""

    def __init__(self) -> None:
        self.morgue, self.living, self.number = Morgue(), list[str](), 0

    def play(self, made: list[Move], first: int = 0) -> "Desk":
        for at, (what, one, other) in enumerate(made, first):
            self._do(what, f"story {one}", f"story {other}", wire()[at % len(wire())])
        return self

    def _do(self, what: str, one: str, other: str, item: Item) -> None:
        if what == "file":
            self.morgue.file(one, self.number, item.ts, FOREVER, terms(item))
            self.living = [*dict.fromkeys((*self.living, one))]
        elif what == "close" and one in self.living:
            self.morgue.close(one)
            self.living.remove(one)
        elif what == "merge" and one != other and {one, other} <= set(self.living):
            self.morgue.merge(one, other)
            self.living.remove(other)
        self.number += 1

    def answers(self) -> list[object]:
        """What it says of every item of the wire, and of every two stories."""
        near = [self.morgue.nearest(terms(item), item.ts, 0) for item in wire()[::3]]
        said = [
            [(one.story, one.order, one.member, one.measures.tolist()) for one in found] for found in near
        ]
        return [said, [self.morgue.alike(one, other) for one in self.living for other in self.living]]


@settings(max_examples=40, deadline=None)
@given(before=moves, given_up=moves, after=moves)
def test_a_batch_that_is_taken_back_leaves_no_trace(
    before: list[Move], given_up: list[Move], after: list[Move]
) -> None:
    """Whatever a batch filed, closed and merged, the answers are as if it had never begun."""
    desk, undisturbed = Desk().play(before), Desk().play(before)
    living, number = list(desk.living), desk.number
    desk.morgue.open()
    desk.play(given_up, 70)
    desk.morgue.take_back()
    desk.living, desk.number = living, number
    assert desk.answers() == undisturbed.answers()
    assert desk.play(after).answers() == undisturbed.play(after).answers()


@settings(max_examples=40, deadline=None)
@given(made=moves, cut=st.integers(0, 60))
def test_batches_leave_no_trace(made: list[Move], cut: int) -> None:
    """Kept in one batch, in two, or filed without any as in a recovery: the answers are the same."""
    whole, parted, plain = Desk(), Desk(), Desk().play(made)
    whole.morgue.open()
    whole.play(made).morgue.keep()
    for part, first in ((made[:cut], 0), (made[cut:], cut)):
        parted.morgue.open()
        parted.play(part, first).morgue.keep()
    assert whole.answers() == parted.answers() == plain.answers()


@settings(max_examples=40, deadline=None)
@given(made=moves, gone=st.integers(0, STORIES))
def test_a_story_that_has_closed_leaves_no_trace(made: list[Move], gone: int) -> None:
    """The answers are those of a morgue in which the story was never filed: nothing depends on what is forgotten."""
    made = [move for move in made if move[0] == "file"]
    desk, never = Desk(), Desk()
    desk.morgue.open()
    desk.play([*made, ("close", gone, 0)]).morgue.keep()
    never.play([move if move[1] != gone else ("close", gone, 0) for move in made])
    never.living = list(desk.living)
    assert desk.answers() == never.answers()


def test_a_story_past_its_time_is_passed_over() -> None:
    """It is found while the clock is not past its time, and not after, though nobody has cleared it."""
    morgue, item = Morgue(), wire()[0]
    morgue.file("story", 0, item.ts, item.ts + 10, terms(item))
    at, after = (morgue.nearest(terms(item), item.ts, item.ts + late) for late in (10, 11))
    assert [one.story for one in at] == ["story"] and not after
    morgue.prolong("story", item.ts + 20)
    assert morgue.nearest(terms(item), item.ts, item.ts + 11)


def test_the_plain_fallback_says_the_same() -> None:
    """With the compiler switched off, every measure is the same whole number."""
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", "from tests.core.test_morgue import spoken; print(spoken())"],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert told.strip() == spoken()


def spoken() -> str:
    made = [("file", at % 7, 0) for at in range(60)] + [("merge", 1, 2), ("close", 3, 0), ("file", 4, 0)]
    return str(Desk().play(made).answers())
