"""A wire without end at a steady rate. Its clock runs so fast that the window holds as many items as asked for."""

import asyncio
import time
from collections.abc import Iterator

from aiokafka import AIOKafkaProducer

from bench.endtoend.run import raw
from bench.measure.wires import Sent, sent
from stream.broker.connection import connection

SEED = 60
LIFE_DAYS = 30.0  # the worker's own setting
TICK = 0.05  # seconds


def items(window: int) -> Iterator[Sent]:
    """So many of them in a story's life, by their own times."""
    return sent(SEED, per_minute=window / (LIFE_DAYS * 24 * 60))


class Feed:
    """`sent` counts up while `run` runs."""

    def __init__(self, address: str, rate: float, window: int) -> None:
        self._address, self._rate, self._items = address, rate, items(window)
        self.sent = 0

    async def run(self, seconds: float) -> None:
        """What is late is sent at once: the rate holds over the whole."""
        settings = connection(self._address).aiokafka()
        async with AIOKafkaProducer(acks="all", linger_ms=5, **settings) as producer:
            begin = time.monotonic()
            while (now := time.monotonic() - begin) < seconds:
                while self.sent < now * self._rate:
                    await self._send(producer)
                await asyncio.sleep(TICK)
            await producer.flush()

    async def _send(self, producer: AIOKafkaProducer) -> None:
        one = raw(next(self._items))
        await producer.send(one.topic, key=one.key, value=one.value, headers=list(one.headers))
        self.sent += 1
