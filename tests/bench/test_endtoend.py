"""Laws of the apps that the worker is measured beside: they pass the same messages, and each can run."""

import sys
from pathlib import Path

import pytest

from bench.endtoend.alone import event
from bench.endtoend.ground import ground
from bench.endtoend.latency import latency
from bench.endtoend.lineups import BARE, FOUR, LOOP, OURS, QUIX, TUTORIAL, TWO, Lineup, lineups
from bench.endtoend.parts import REST, part
from bench.endtoend.run import Course, run
from bench.endtoend.stages import Core, Passed, put, said, stages
from bench.measure.wires import some
from stream.topics import ITEMS
from stream.worker.batches import Event

WIRE = some(5, 40)


def test_an_app_without_the_core_passes_what_the_core_said(tmp_path: Path) -> None:
    """Every message once, whatever the batches: an item, at least an event and a record for each."""
    put(tmp_path / "said", said([event(one) for one in WIRE], 7))
    passed, core, table = stages(tmp_path / "said"), Core(), dict[bytes, bytes]()
    assert isinstance(passed, Passed)
    theirs, ours = [], []
    for start in range(0, len(WIRE), 7):
        raws = [event(one) for one in WIRE[start : start + 7]]
        items = [core.normalised(raw) for raw in raws]
        assert [passed.normalised(raw) for raw in raws] == items
        lying = [Event(ITEMS, 0, 0, one.key, one.value, list(one.headers)) for one in items]
        made, again = core.decided(lying, lambda _, key: table.get(key)), passed.decided(lying, _none)
        made.done()
        table.update((one.key or b"", one.value or b"") for one in made.keep)
        ours += [*made.publish, *made.keep]
        theirs += [*again.publish, *again.keep]
    assert sorted(map(repr, theirs)) == sorted(map(repr, ours))
    assert len(ours) >= 2 * len(WIRE)


def _none(_: int, __: bytes) -> None:
    return None


def test_where_groups_have_one_member_apps_have_one_process() -> None:
    """The embedded broker; and without Quix Streams the others are measured all the same."""
    assert all(len(one.kinds) == 1 and not one.needs_quix for one in lineups(kafka=False, quix=True))
    assert {QUIX, TWO, FOUR, BARE[-1]} == {*lineups(True, True)} - {*lineups(False, True)}
    assert {*lineups(True, False)} == {one for one in lineups(True, True) if not one.needs_quix}


def test_a_stack_is_at_the_innermost_part_that_it_knows() -> None:
    """What nobody claims is faust's, the loop's or a connection's."""
    assert part(None) == REST
    assert part(sys._getframe()) == REST


@pytest.mark.parametrize("lineup", [OURS, LOOP, TUTORIAL, BARE[0]], ids=lambda one: str(one.name))
def test_each_app_runs(tmp_path: Path, lineup: Lineup) -> None:
    """To the last record, on the embedded broker."""
    put(tmp_path / "said", said([event(one) for one in WIRE], 7))
    course = Course(WIRE, 10, tmp_path / "said", {False: sys.executable})
    parts = tmp_path / "parts" if lineup is OURS else None
    with ground(kafka=False) as fresh, fresh() as address:
        ran = run(lineup, address, course, parts)
    assert ran.seconds > 0 and len(ran.each) == 1
    assert bool(ran.parts) == bool(parts)


def test_every_item_of_a_steady_feed_is_heard_of() -> None:
    """Middle, ninety-ninth and longest, in that order."""
    taken = [figure.value for figure in latency(quick=True, kafka=False)]
    assert len(taken) == 3 and 0 < taken[0] <= taken[1] <= taken[2]
