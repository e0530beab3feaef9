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
from stream.topics import EVENTS

TURN_MS = 200


class Subscriber:
    """Reads story.events.v1 with aiokafka and its defaults, in a thread, until it is left."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.arrivals: list[float] = []  # by time.monotonic
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
        return len(self.arrivals)

    def silence(self, begin: float, end: float) -> float:
        """Seconds between two events that follow one another, the longest that overlaps the time from `begin` to `end`."""
        first = max(0, bisect_left(self.arrivals, begin) - 1)
        last = bisect_right(self.arrivals, end) + 1
        heard = self.arrivals[first:last]
        if len(heard) < last - first:
            heard = [*heard, end]  # silent to the end
        return max((after - before for before, after in pairwise(heard)), default=0.0)

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
                self.arrivals.extend(now for messages in found.values() for _ in messages)
        finally:
            await consumer.stop()
