"""A desk that goes on from a snapshot decides byte for byte like one that never stopped, and like one that folded all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.place import Shrunk
from stream.core.record import read
from stream.core.settings import Settings
from stream.core.snapshot import Columns, read_memory, write_memory
from stream.core.times import MINUTE
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.steps import Keeper
from tests.laws.edited import edited
from tests.laws.shore import messages
from tests.laws.wires import brief, dealt

SHORT_LIVED = Settings(story_life=20 * MINUTE)
ITEMS = 160
Told = list[tuple[bytes | None, bytes | None]]


@dataclass
class Run:
    """A desk on one partition, and what it kept, in order."""

    desk: Desk = field(default_factory=lambda: Desk(SHORT_LIVED, Keeper()))
    table: dict[str, bytes] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def batch(self, events: Sequence[Event]) -> Told:
        """What it says and keeps, but for what has shrunk: when that is written is the batch's own affair."""
        reads = [steps.read(event) for event in events]
        work = self.desk.decide(reads, lambda _, identity: self.table.get(identity), {})
        for one in work.keep:
            self.table[one.identity] = one.write.value or b""
            self.order.append(one.identity)
        self.desk.keep(work, {0})
        kept = [one.write for one in work.keep if not isinstance(read(one.write.value or b"")[0], Shrunk)]
        return [(one.key, one.value) for one in (*(caused.write for caused in work.publish), *kept)]

    def since(self, kept: int) -> list[bytes]:
        return [self.table[one] for one in dict.fromkeys(self.order[kept:])]

    def again(self) -> "Run":
        """Another process, with the same records."""
        return Run(table=dict(self.table), order=list(self.order))


@cache
def wire() -> tuple[Event, ...]:
    """Stories that merge, are edited and close, in two lanes on one partition."""
    items = edited(dealt(brief(61, ITEMS), "en", "de"), 5, SHORT_LIVED)
    return tuple(messages(items, partitions=1))


def parted(at_once: int) -> list[Sequence[Event]]:
    every = wire()
    return [every[at : at + at_once] for at in range(0, len(every), at_once)]


def copied(lanes: list[Columns]) -> list[Columns]:
    """As a file would have it."""
    return [{name: column.copy() for name, column in columns.items()} for columns in lanes]


@cache
def undisturbed(at_once: int) -> list[Told]:
    run = Run()
    return [run.batch(events) for events in parted(at_once)]


def from_snapshot(run: Run, lanes: list[Columns], kept: int) -> Run:
    again = run.again()
    again.desk.restore(0, lanes, again.table.get)
    if again.desk.follow(0, again.since(kept), again.table.get) is None:
        again.desk.recover(0, again.table.values())
    return again


def from_records(run: Run, _lanes: list[Columns], _kept: int) -> Run:
    again = run.again()
    again.desk.recover(0, again.table.values())
    return again


def held(again: Callable[[Run, list[Columns], int], Run], at_once: int, taken: int, stopped: int) -> None:
    batches = parted(at_once)
    taken, stopped = sorted((taken % len(batches), stopped % len(batches)))
    run, lanes, kept = Run(), list[Columns](), 0
    for number, events in enumerate(batches[:stopped]):
        if number == taken:
            lanes, kept = copied(run.desk.snapshot(0)), len(run.order)
        run.batch(events)
    run = again(run, lanes, kept)
    for number, events in enumerate(batches[stopped:], stopped):
        assert run.batch(events) == undisturbed(at_once)[number], number


def standing_by(at_once: int, taken: int, stopped: int, looks: int) -> None:
    """Another process follows from a snapshot on, some batches at a time, and then decides."""
    batches = parted(at_once)
    taken, stopped = sorted((taken % len(batches), stopped % len(batches)))
    run, stands_by, known = Run(), Run(), 0
    for number, events in enumerate(batches[:stopped]):
        if number == taken:
            stands_by.desk.restore(0, copied(run.desk.snapshot(0)), run.table.get)
            known = len(run.order)
        run.batch(events)
        if number >= taken and (not (number - taken) % looks or number == stopped - 1):
            if stands_by.desk.follow(0, run.since(known), run.table.get) is None:
                stands_by.desk.recover(0, run.table.values())
            known = len(run.order)
    stands_by.table, stands_by.order = dict(run.table), list(run.order)
    if taken < stopped:
        run = stands_by
    for number, events in enumerate(batches[stopped:], stopped):
        assert run.batch(events) == undisturbed(at_once)[number], number


sizes = st.sampled_from((1, 7, 40))
points = st.integers(0, 400)


@settings(max_examples=25, deadline=None)
@given(at_once=sizes, taken=points, stopped=points)
def test_a_snapshot_and_what_came_since_are_the_desk(at_once: int, taken: int, stopped: int) -> None:
    """Taken at any batch, gone on from at any later one: merges, edits, closings and shrunk records included."""
    held(from_snapshot, at_once, taken, stopped)


@settings(max_examples=25, deadline=None)
@given(at_once=sizes, taken=points, stopped=points, looks=st.integers(1, 4))
def test_who_follows_again_and_again_is_the_desk(at_once: int, taken: int, stopped: int, looks: int) -> None:
    """Stories of the snapshot close while it follows, and their records have shrunk by then."""
    standing_by(at_once, taken, stopped, looks)


@settings(max_examples=8, deadline=None)
@given(at_once=sizes, stopped=points)
def test_all_records_are_the_desk(at_once: int, stopped: int) -> None:
    """What the other is compared with: a fold of everything kept."""
    held(from_records, at_once, 0, stopped)


def test_the_tail_is_followed_and_not_folded_anew() -> None:
    """While nothing that came since has shrunk already, the snapshot is of use: on this wire mostly."""
    run, used = Run(), 0
    batches = parted(7)
    lanes, kept = copied(run.desk.snapshot(0)), 0
    for number, events in enumerate(batches):
        run.batch(events)
        again = run.again()
        again.desk.restore(0, lanes, again.table.get)
        used += again.desk.follow(0, again.since(kept), again.table.get) is not None
        if not number % 3:
            lanes, kept = copied(run.desk.snapshot(0)), len(run.order)
    assert used > 0.9 * len(batches)


def test_what_does_not_follow_changes_nothing() -> None:
    """A tail with a record missing, or none at all where there are no memories, is refused."""
    run = Run()
    for events in parted(7)[:6]:
        run.batch(events)
    lanes, kept = copied(run.desk.snapshot(0)), len(run.order)
    for events in parted(7)[6:9]:
        run.batch(events)
    again, tail = run.again(), run.since(kept)
    assert again.desk.follow(0, tail, again.table.get) is None
    again.desk.restore(0, lanes, again.table.get)
    assert again.desk.follow(0, tail[1:], again.table.get) is None
    assert again.desk.follow(0, tail, again.table.get) == len(tail)


@settings(max_examples=6, deadline=None)
@given(taken=points)
def test_a_snapshot_of_a_snapshot_is_the_same(taken: int) -> None:
    """What was read and never asked for is written as it was read: byte for byte, whatever has been thawed."""
    run, batches = Run(), parted(7)
    for events in batches[: taken % len(batches)]:
        run.batch(events)
    again = run.again()
    again.desk.restore(0, copied(run.desk.snapshot(0)), again.table.get)
    assert sorted(map(words, run.desk.snapshot(0))) == sorted(map(words, again.desk.snapshot(0)))


def words(lane: Columns) -> str:
    """All of it, stories by name."""
    memory = read_memory({name: column.copy() for name, column in lane.items()}, _unknown)
    told = {name: column.tolist() for name, column in lane.items() if not name.startswith("story.")}
    return str((sorted(memory.stories), told))


def _unknown(identity: str) -> Item:
    raise AssertionError(f"nobody asked for {identity}")


def test_a_memory_with_nothing_in_it() -> None:
    """A lane before its first item."""
    memory = read_memory(write_memory(Memory("en", 1)), _unknown)
    assert (memory.lane, memory.number, len(memory.places), len(memory.stories)) == ("en", 0, 0, 0)
