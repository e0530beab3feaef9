"""What the bare apps ask for their messages: the core, or what it said before. No broker, no faust, no loop enters."""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.measure.wires import SETTINGS
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.steps import Keeper
from stream.worker.writer import Write

Kept = Callable[[int, bytes], bytes | None]


@dataclass(frozen=True, slots=True)
class Made:
    """What the second stage writes for some events: events and states, then records; `done` when they are written."""

    publish: Sequence[Write]
    keep: Sequence[Write]
    done: Callable[[], None]


class Stages(Protocol):
    """Both stages of an item."""

    def normalised(self, event: Event) -> Write: ...
    def decided(self, events: Sequence[Event], kept: Kept) -> Made: ...


class Core:
    """The worker's own steps."""

    def __init__(self) -> None:
        self._desk = Desk(SETTINGS, Keeper())

    def normalised(self, event: Event) -> Write:
        return steps.normalised(event, SETTINGS)

    def decided(self, events: Sequence[Event], kept: Kept) -> Made:
        reads = [steps.read(event) for event in events]
        work = self._desk.decide(reads, lambda place, identity: kept(place, identity.encode()), {})
        publish, keep = [one.write for one in work.publish], [one.write for one in work.keep]
        places = {event.partition for event in events}
        return Made(publish, keep, lambda: self._desk.keep(work, places))


@dataclass(frozen=True, slots=True)
class Said:
    """All that the core wrote for an item: the item, its events and states, its records."""

    item: Write
    publish: Sequence[Write]
    keep: Sequence[Write]


class Passed:
    """The same messages with nothing decided: each is looked up by the item's id."""

    def __init__(self, said: Mapping[bytes, Said]) -> None:
        self._said = said

    def normalised(self, event: Event) -> Write:
        return self._of(event).item

    def decided(self, events: Sequence[Event], kept: Kept) -> Made:
        said = [self._of(event) for event in events]
        return Made([w for one in said for w in one.publish], [w for one in said for w in one.keep], _nothing)

    def _of(self, event: Event) -> Said:
        return self._said[dict(event.headers)["id"]]


def _nothing() -> None:
    """Nothing was decided, nothing is to be known."""


def said(raws: Sequence[Event], at_once: int) -> dict[bytes, Said]:
    """By an item's id, what the core writes for these raw messages, so many in a batch."""
    core, table, found = Core(), dict[bytes, bytes](), dict[bytes, Said]()
    for start in range(0, len(raws), at_once):
        some = raws[start : start + at_once]
        items = [core.normalised(one) for one in some]
        asked = [_lying(one) for one in items]
        made = core.decided(asked, lambda _, key: table.get(key))
        made.done()
        table.update((one.key or b"", one.value or b"") for one in made.keep)
        found |= _shared(some, items, made)
    return found


def _shared(raws: Sequence[Event], items: Sequence[Write], made: Made) -> Iterator[tuple[bytes, Said]]:
    """A batch's writes dealt to its items in order: none is missing and none is there twice."""
    count = len(raws)
    for at, (raw, item) in enumerate(zip(raws, items, strict=True)):
        publish, keep = made.publish[at::count], made.keep[at::count]
        yield dict(raw.headers)["id"], Said(item, publish, keep)


def _lying(one: Write) -> Event:
    return Event(one.topic, 0, 0, one.key, one.value, list(one.headers))


def put(path: Path, found: Mapping[bytes, Said]) -> None:
    path.write_bytes(pickle.dumps(dict(found)))


def stages(path: Path | None) -> Stages:
    """The core; or, of a file that `put` wrote, what it said."""
    return Core() if path is None else Passed(pickle.loads(path.read_bytes()))
