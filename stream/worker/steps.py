"""The steps of both stages as plain functions: messages in, writes out. No faust, no await, no broker enters."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from stream.core.codec import encode
from stream.core.dead import Arrived, DeadLetter, Stage, dead_letter
from stream.core.desk import Applied, Batch, Decided, Failed, Outcome, Repeated, decide_batch
from stream.core.edit import Edit
from stream.core.edit_json import message_from_topic
from stream.core.events import binary
from stream.core.front import admit
from stream.core.item import Item
from stream.core.item_json import item_to_json
from stream.core.lane import LANES
from stream.core.memory import Memory
from stream.core.parse import NORMALISED
from stream.core.record import Edited, Kept, Record, write
from stream.core.settings import Settings
from stream.topics import DEAD, EVENTS, ITEMS, LANE_PARTITIONS, MAX_ITEMS, RECORDS, STATE
from stream.worker.batches import Event
from stream.worker.writer import Write, refusal

JSON = [("content-type", b"application/json")]


@dataclass(frozen=True, slots=True)
class Read:
    """An event of wire.items.v1 with the item or the edit in it, or with why there is none."""

    event: Event
    item: Item | Edit | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Caused:
    """A write, the identity of the item that caused it (empty for a message that held none), and the partition that it
    came from, whose owner writes it."""

    identity: str
    write: Write
    partition: int


@dataclass(frozen=True, slots=True)
class Keep:
    """A record to be kept on the partition of its lane, as a write of its changelog."""

    identity: str
    write: Write
    partition: int


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where records are kept: `lanes` is the lane function and partition count, which every record carries."""

    lanes: str = f"{LANES}/{LANE_PARTITIONS}"
    topic: str = RECORDS

    def keep(self, partition: int, kept: Kept) -> Keep:
        value = write(kept, self.lanes)
        written = Write(self.topic, kept.identity.encode(), value, partition=partition)
        return Keep(kept.identity, written, partition)


@dataclass(frozen=True, slots=True)
class Work:
    """A decided batch: what to publish, then what to keep; `decided` joins the memories when both are acknowledged."""

    decided: Batch
    publish: tuple[Caused, ...]
    keep: tuple[Keep, ...]
    doomed: Mapping[str, str]


def normalised(event: Event, settings: Settings) -> Write:
    """The first stage: the item on wire.items.v1 under its lane, or a dead letter."""
    headers = dict(reversed(event.headers))
    admitted = admit(event.value or b"", headers, settings)
    if not isinstance(admitted, Item):
        return buried(event, "normalise", admitted.reason)
    made = replace(item_write(admitted), timestamp=event.timestamp)
    unfit = refusal(made)
    return buried(event, "normalise", unfit) if unfit else made


def buried(event: Event, stage: Stage, error: str, attempt: int | None = None) -> Write:
    """The event as a dead letter."""
    letter: DeadLetter = dead_letter(
        key=event.key,
        value=event.value or b"",
        headers=tuple(event.headers),
        origin=Arrived(event.topic, event.partition, event.offset),
        stage=stage,
        error=error,
        attempt=attempt,
        max_bytes=MAX_ITEMS,
    )
    return Write(DEAD, letter.key, letter.value, letter.headers)


def read(event: Event) -> Read:
    """The second stage reads: expected badness is a value."""
    try:
        return Read(event, message_from_topic(event.value or b""))
    except ValueError as error:
        return Read(event, None, str(error))


def decide(
    memories: Mapping[str, Memory],
    reads: Sequence[Read],
    kept: Callable[[int, str], bytes | None],
    doomed: Mapping[str, str],
    keeper: Keeper,
    shrunk: Sequence[Keep] = (),
) -> Work:
    """A whole batch decided, and all that follows from it; what can never be written is set apart before any is."""
    items = [r.item for r in reads if r.item]
    places = {r.item.identity: r.event.partition for r in reads if r.item}
    while True:
        batch, doomed = decide_batch(memories, items, partial(_kept, kept, places), doomed)
        work = Work(
            batch, tuple(_publish(batch, reads, places)), (*_records(batch, places, keeper), *shrunk), doomed
        )
        unfit = _unfit(work)
        if unfit.keys() <= doomed.keys():
            return work
        batch.fall()
        doomed = {**unfit, **doomed}


def _kept(kept: Callable[[int, str], bytes | None], places: Mapping[str, int], identity: str) -> bytes | None:
    """Of this batch, where it stands; of an older item that an edit asks for, on any of the partitions of the batch."""
    here = (places[identity],) if identity in places else dict.fromkeys(places.values())
    return next((found for partition in here if (found := kept(partition, identity))), None)


def _publish(batch: Batch, reads: Sequence[Read], places: Mapping[str, int]) -> Iterator[Caused]:
    """Events and dead letters in order of arrival, then each story's last state: an older one is never last."""
    outcomes = iter(batch.outcomes)
    for one in reads:
        if one.item is None:
            yield Caused("", buried(one.event, "desk", one.error), one.event.partition)
            continue
        told = published(next(outcomes), one.event)
        yield from (Caused(one.item.identity, each, one.event.partition) for each in told)
    for story, (identity, state) in batch.states.items():
        yield Caused(identity, Write(STATE, story.encode(), state, JSON), places[identity])


def published(outcome: Outcome, event: Event) -> Iterator[Write]:
    """The events of one outcome; a repeat tells its stored ones again, as stored."""
    match outcome:
        case (
            Decided(record=Record() | Edited() as told)
            | Applied(record=Record() | Edited() as told)
            | Repeated(kept=Record() | Edited() as told)
        ):
            for stored in told.events:
                key, headers, value = binary(stored)
                yield Write(EVENTS, key, value, headers)
        case Failed(item=item, record=grave):
            yield buried(event, "desk", grave.reason, item.attempt)


def _records(batch: Batch, places: Mapping[str, int], keeper: Keeper) -> Iterator[Keep]:
    for outcome in batch.outcomes:
        if isinstance(outcome, Decided | Applied | Failed):
            yield keeper.keep(places[outcome.record.identity], outcome.record)


def _unfit(work: Work) -> dict[str, str]:
    """The items of which some message could never be written, and why."""
    writes = [(caused.identity, caused.write) for caused in work.publish] + [
        (k.identity, k.write) for k in work.keep
    ]
    return {identity: reason for identity, one in writes if identity and (reason := refusal(one))}


def item_write(item: Item) -> Write:
    """An item on wire.items.v1."""
    headers = [
        ("content-type", NORMALISED.encode()),
        ("source", item.source.encode("utf-8", "replace")),
        ("id", item.id.encode("utf-8", "replace")),
    ]
    return Write(ITEMS, item.lane.encode(), encode(item_to_json(item)), headers)
