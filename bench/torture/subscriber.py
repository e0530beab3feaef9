"""A subscriber that notes when each event reached it, and the longest silence between two. It joins no group."""

import asyncio
import threading
import time
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Self

from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError

from stream.broker.connection import connection
from stream.core.codec import decode
from stream.reading.topic import Message
from stream.topics import EVENTS

TURN_MS = 200
EVERY = ""  # whatever the lane


class Subscriber:
    """Reads story.events.v1 with aiokafka and its defaults, in a thread, until it is left."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._lanes: dict[str, list[float]] = {EVERY: []}  # by time.monotonic
        self._over = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._read()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(30)

    @property
    def count(self) -> int:
        return len(self._lanes[EVERY])

    def lanes(self) -> list[str]:
        return [lane for lane in list(self._lanes) if lane != EVERY]

    def last(self, lane: str = EVERY) -> float:
        """When the latest event came."""
        return self._lanes[lane][-1]

    def silence(self, begin: float, end: float, lane: str = EVERY) -> float:
        """Seconds between two events that follow one another, the longest that overlaps the time from `begin` to `end`."""
        return longest(self._lanes[lane], begin, end)

    async def _read(self) -> None:
        consumer = AIOKafkaConsumer(
            EVENTS,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            **connection(self._address).aiokafka(),
        )
        await consumer.start()
        try:
            while not self._over.is_set():
                try:
                    found = await consumer.getmany(timeout_ms=TURN_MS)
                except KafkaError:
                    continue
                now = time.monotonic()
                self._hear(now, [message for messages in found.values() for message in messages])
        finally:
            await consumer.stop()

    def _hear(self, now: float, messages: list[Message]) -> None:
        for message in messages:
            self._lanes[EVERY].append(now)
            self._lanes.setdefault(decode(message.value)["lane"], []).append(now)


def longest(arrivals: list[float], begin: float, end: float) -> float:
    """Arrivals are in order; where none comes after it, a silence lasts until `end`."""
    first, last = max(0, bisect_left(arrivals, begin) - 1), bisect_right(arrivals, end) + 1
    heard = arrivals[first:last]
    if len(heard) < last - first:
        heard = [*heard, end]
    return max((after - before for before, after in pairwise(heard)), default=0.0)
