"""A run of the desk with no broker: writes land one by one, and a run may end after any of them."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from replay.fold import Folded
from stream.core.codec import decode, encode
from stream.core.edit import Edit
from stream.core.edit_json import edit_to_json
from stream.core.events import from_binary
from stream.core.front import admit
from stream.core.item import Item
from stream.core.item_json import item_to_json
from stream.core.settings import Settings
from stream.topics import DEAD, EVENTS, ITEMS, RECORDS, STATE
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.steps import Keeper
from stream.worker.writer import Write

SETTINGS = Settings()


class Wrecked(Exception):  # noqa: N818
    """The process ended here."""


@dataclass
class Shore:
    """Everything that was acknowledged: in order, as topics hold it."""

    landed: list[Write] = field(default_factory=list)

    def records(self, partition: int) -> dict[bytes, bytes]:
        """The last of every key, as a compacted changelog has it."""
        ours = (one for one in self.landed if one.topic == RECORDS and one.partition == partition)
        return {one.key or b"": one.value or b"" for one in ours}

    def states(self) -> dict[bytes | None, bytes | None]:
        return {one.key: one.value for one in self.landed if one.topic == STATE}

    def events(self) -> dict[str, bytes]:
        """The distinct events; one id with two contents fails."""
        told: dict[str, bytes] = {}
        for one in self.landed:
            if one.topic == EVENTS:
                whole = from_binary({k: v.decode() for k, v in one.headers}, decode(one.value or b""))
                assert told.setdefault(whole["id"], encode(whole)) == encode(whole)
        return told

    def dead(self) -> list[Write]:
        return [one for one in self.landed if one.topic == DEAD]


def items_of(objects: Iterable[dict[str, object]], settings: Settings = SETTINGS) -> list[Item]:
    """JSON inputs as the desk meets them."""
    admitted = [admit(encode(one), {}, settings) for one in objects]
    assert all(isinstance(one, Item) for one in admitted)
    return [one for one in admitted if isinstance(one, Item)]


def messages(items: Sequence[Item | Edit], partitions: int = 4) -> list[Event]:
    """The items, and an editor's edits, on wire.items.v1: one partition a lane, offsets in order."""
    lanes = {lane: number % partitions for number, lane in enumerate(sorted({item.lane for item in items}))}
    offsets = dict.fromkeys(range(partitions), 0)
    made = []
    for item in items:
        partition = lanes[item.lane]
        value = encode(item_to_json(item) if isinstance(item, Item) else edit_to_json(item))
        made.append(Event(ITEMS, partition, offsets[partition], item.lane.encode(), value, []))
        offsets[partition] += 1
    return made


def run(
    shore: Shore,
    wire: Sequence[Event],
    *,
    at_once: int,
    order: int = 0,
    start: int = 0,
    wreck_after: int | None = None,
    settings: Settings = SETTINGS,
    watch: Callable[[Desk], None] | None = None,
) -> int:
    """Decides `wire` from `start` in batches on what has landed; returns what is committed, also when wrecked."""
    desk, table, chance = Desk(settings, Keeper()), _recovered(shore, wire), random.Random(order)
    for partition, records in table.items():
        desk.recover(partition, records.values())
    left = [wreck_after]
    committed = start
    for begin in range(start, len(wire), at_once):
        events = wire[begin : begin + at_once]
        work = desk.decide([steps.read(e) for e in events], lambda p, i: table[p].get(i.encode()), {})
        try:
            _land(shore, [caused.write for caused in work.publish], chance, left)
            _land(shore, [keep.write for keep in work.keep], chance, left)
        except Wrecked:
            return committed
        for keep in work.keep:
            table[keep.write.partition or 0][keep.identity.encode()] = keep.write.value or b""
        desk.keep(work, {event.partition for event in events})
        committed = begin + len(events)
        if watch:
            watch(desk)
    return committed


def _recovered(shore: Shore, wire: Sequence[Event]) -> dict[int, dict[bytes, bytes]]:
    return {partition: shore.records(partition) for partition in sorted({e.partition for e in wire})}


def _land(shore: Shore, writes: Sequence[Write], chance: random.Random, left: list[int | None]) -> None:
    """In one partition in order; which partition comes next is chance's."""
    places: dict[tuple[str, object], list[Write]] = {}
    for one in writes:
        place = (one.topic, one.partition if one.partition is not None else (one.key or b"")[:1])
        places.setdefault(place, []).append(one)
    queues = [iter(some) for some in places.values()]
    while queues:
        queue = chance.choice(queues)
        try:
            one = next(queue)
        except StopIteration:
            queues.remove(queue)
            continue
        if left[0] == 0:
            raise Wrecked
        left[0] = None if left[0] is None else left[0] - 1
        shore.landed.append(one)


def folded(items: Sequence[Item | Edit], settings: Settings = SETTINGS) -> Folded:
    """The same items through fold."""
    made = Folded(settings)
    take(made, items)
    return made


def take(made: Folded, items: Sequence[Item | Edit]) -> None:
    """Some more of them."""
    made.take(items)
