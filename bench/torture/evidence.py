"""What stands on the topics when the stream has come to rest, read once for all checks. Nothing is judged here."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.checks.outcome import Wrong
from bench.checks.said import Said
from bench.torture.process import Accident
from bench.torture.scene import Scene
from bench.torture.wire import Wire
from replay.fold import fold_messages
from stream.core.settings import Settings
from stream.reading.events import Distinct, Unread, read_event
from stream.reading.stories import stories as read_stories
from stream.reading.topic import Message, reading
from stream.topics import DEAD, EVENTS, ITEMS, RECORDS


@dataclass(frozen=True, slots=True)
class Alerts:
    """What the alerting service said, line by line; its ledger, by key; and how often it was started again."""

    said: tuple[bytes, ...]
    ledger: Mapping[str, str]
    restarts: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was sent, what stood on the topics at the end, and what the fold says of the same wire.items.v1.

    `badly` is what did not end or go as meant, `accidents` the processes that ended by themselves.
    """

    wire: Wire
    events: Sequence[Message]
    items: Sequence[Message]
    records: Sequence[Message]
    dead: Sequence[Message]
    topics: Said
    fold: Said
    alerts: Alerts
    badly: Sequence[str] = ()
    accidents: Sequence[Accident] = ()


def gathered(on: Scene, wire: Wire) -> Evidence:
    at = on.address
    events, items, records, dead = (
        asyncio.run(all_of(at, topic)) for topic in (EVENTS, ITEMS, RECORDS, DEAD)
    )
    stories = asyncio.run(read_stories(at)).canonical()
    alerts = Alerts(tuple(_lines(on.alerting.output)), _ledger(on.ledger), on.alerting.starts - 1)
    badly, accidents = tuple(on.badly), tuple(on.accidents())
    told = Said(_joined(stories), _joined(distinct(events)))
    return Evidence(wire, events, items, records, dead, told, folded(items), alerts, badly, accidents)


def distinct(events: Sequence[Message]) -> Iterator[bytes]:
    """As `slugline tail --canonical` has them. Wrong where something on the topic is no event."""
    found = Distinct()
    for message in events:
        if isinstance(event := read_event(message), Unread):
            raise Wrong(event.what)
        found.take(event)
    return found.lines()


def folded(items: Sequence[Message]) -> Said:
    """What `slugline fold` says of the topic: partition by partition, in the order of offsets."""
    inside = sorted(items, key=lambda message: (message.partition, message.offset))
    fold = fold_messages(((f"[{m.partition}]:{m.offset}", m.value) for m in inside), Settings())
    return Said(_joined(fold.stories()), _joined(fold.distinct_events()))


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


async def all_of(address: str, topic: str) -> list[Message]:
    async with reading(address, topic, "beginning") as reader:
        return [message async for messages in reader.to_the_end() for message in messages]


def _lines(path: Path | None) -> list[bytes]:
    return path.read_bytes().splitlines() if path and path.exists() else []


def _ledger(path: Path) -> dict[str, str]:
    ledger = sqlite3.connect(path)
    try:
        return dict(ledger.execute("SELECT key, state FROM alerts").fetchall())
    finally:
        ledger.close()
