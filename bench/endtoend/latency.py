"""From raw to event at a steady rate: fed by the clock, whatever the worker does, and timed to the subscriber's receipt."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from bench.endtoend.ground import ground
from bench.endtoend.run import APP, app, clients, raw, wake
from bench.measure.figures import Figure, percentile, tell
from bench.measure.wires import Sent, sent
from stream.core.codec import decode
from stream.topics import EVENTS, STORY_PARTITIONS
from stream.worker.writer import Write

NAME = "latency"
RATES = (100, 500)  # items a second
SECONDS, WARM = 40.0, 200  # of each rate; items before the first rate, and of its first seconds not counted
LEAST = 40.0  # ms: 99 of a hundred at 100 items/s
LATE = 20.0  # seconds that the last event may take
PLACES = [TopicPartition(EVENTS, partition) for partition in range(STORY_PARTITIONS)]


@dataclass(slots=True)
class Heard:
    """When the subscriber had each event, by its clock: the feeder's too."""

    received: list[tuple[float, bytes]] = field(default_factory=list)

    def first(self) -> dict[str, float]:
        """By item, the first event that names it as its cause."""
        found: dict[str, float] = {}
        for at, value in self.received:
            item = decode(value).get("item")
            if item:
                found.setdefault(item["id"], at)
        return found


def latency(quick: bool, kafka: bool) -> list[Figure]:
    """One worker, with the settings that also reach the rates."""
    seconds, warm = (2.0, 20) if quick else (SECONDS, WARM)
    rates = (20,) if quick else RATES
    with ground(kafka) as fresh, fresh() as address, app([sys.executable, *APP, "all", address]):
        taken = asyncio.run(_rates(address, rates, seconds, warm))
    where = "Apache Kafka, one node" if kafka else "the embedded broker (--kafka for Apache Kafka)"
    return [figure for rate, each in taken for figure in _figures(rate, each, where)]


async def _rates(
    address: str, rates: Sequence[int], seconds: float, warm: int
) -> list[tuple[int, list[float]]]:
    wire, taken = sent(22), []
    async with clients(address) as (producer, consumer):
        await wake(producer, consumer, list(islice(wire, warm)))
        consumer.assign(PLACES)
        await consumer.seek_to_end(*PLACES)
        for rate in rates:
            items = list(islice(wire, int(rate * seconds)))
            tell(f"latency: {len(items):,} items at {rate}/s")
            taken.append((rate, await _steady(producer, consumer, items, rate)))
    return taken


async def _steady(
    producer: AIOKafkaProducer, consumer: AIOKafkaConsumer, items: Sequence[Sent], rate: int
) -> list[float]:
    """Milliseconds from the instant when an item was to be sent; those of the first second do not count."""
    heard = Heard()
    hearing = asyncio.create_task(_hear(consumer, heard, len(items)))
    due = await _feed(producer, [raw(one) for one in items], rate)
    await asyncio.wait_for(hearing, LATE)
    first = heard.first()
    return [1e3 * (first[one.id] - at) for one, at in list(zip(items, due, strict=True))[rate:]]


async def _feed(producer: AIOKafkaProducer, writes: Sequence[Write], rate: int) -> list[float]:
    """Nothing is waited for but the clock; returns when each was due."""
    begin = time.perf_counter() + 0.05
    due = [begin + number / rate for number in range(len(writes))]
    under_way = []
    for one, at in zip(writes, due, strict=True):
        if (early := at - time.perf_counter()) > 0:
            await asyncio.sleep(early)
        under_way.append(
            await producer.send(one.topic, key=one.key, value=one.value, headers=list(one.headers))
        )
    await asyncio.gather(*under_way)
    return due


async def _hear(consumer: AIOKafkaConsumer, heard: Heard, count: int) -> None:
    """Until as many items have caused an event; each causes one at least."""
    while len(heard.received) < count or len(heard.first()) < count:
        some = await consumer.getmany(timeout_ms=200)
        now = time.perf_counter()
        heard.received += [(now, event.value) for events in some.values() for event in events]


def _figures(rate: int, taken: Sequence[float], where: str) -> Iterator[Figure]:
    note = f"{len(taken):,} items on {where}; from the instant it was due to the subscriber's receipt of its event"
    yield Figure(NAME, f"p50 at {rate}/s", percentile(taken, 50), "ms", note=note)
    p99 = percentile(taken, 99)
    target, met = (f"≤ {LEAST:g} ms", p99 <= LEAST) if rate == RATES[0] else ("", None)
    yield Figure(NAME, f"p99 at {rate}/s", p99, "ms", target, met)
    yield Figure(NAME, f"longest at {rate}/s", max(taken), "ms")
