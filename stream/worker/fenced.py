"""A producer for each partition of lanes, which shuts out the one that its owner before had. No message is made here.

A worker that was paused past its session and wakes in mid-batch would write what is old by then over what its successor
wrote. Kafka knows producers by an id with an epoch; a partition refuses an epoch older than one that wrote to it.
Both are given to a name (that of a transaction, KIP-98, though none is used): who asks anew has the next epoch. So
whatever the successor has written, nothing older comes after it; where it has not written yet, it writes later.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from stream.topics import FENCED

TRIES, PAUSE = 20, 0.5  # and seconds between two: a broker may be away for a moment

log = logging.getLogger("slugline.worker")

Make = Callable[[str], AIOKafkaProducer]  # by the name of a transaction


class Producers:
    """Of the partitions in hand. On the embedded broker nobody is shut out: its groups have one member."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._by_partition: dict[int, AIOKafkaProducer] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def of(self, partition: int) -> AIOKafkaProducer | None:
        """None where the partition is in hand no more."""
        return self._by_partition.get(partition)

    async def own(self, partitions: Iterable[int]) -> None:
        """From here on no owner before writes anything over what this one wrote."""
        for partition in partitions:
            self.let_go([partition])
            self._by_partition[partition] = await self._started(partition)

    def let_go(self, partitions: Iterable[int]) -> None:
        """Another owner takes them; what is under way still may land, if that owner has not written there."""
        for partition in partitions:
            if (producer := self._by_partition.pop(partition, None)) is not None:
                leaving = asyncio.create_task(producer.stop())
                self._leaving.add(leaving)
                leaving.add_done_callback(self._left)

    async def close(self) -> None:
        """At the end of the process; nothing is waited for that a broker does not answer."""
        self.let_go(list(self._by_partition))
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=PAUSE)

    def _left(self, leaving: "asyncio.Task[None]") -> None:
        self._leaving.discard(leaving)
        if not leaving.cancelled() and leaving.exception() is not None:
            log.info("a producer ended: %s", leaving.exception())

    async def _started(self, partition: int) -> AIOKafkaProducer:
        for left in reversed(range(TRIES)):
            producer = self._make(f"{FENCED}{partition}")
            try:
                await producer.start()
            except KafkaError as error:
                await producer.stop()
                if not left or not error.retriable:
                    raise
                log.warning("no producer for partition %s yet: %s", partition, error)
                await asyncio.sleep(PAUSE)
                continue
            except asyncio.CancelledError:  # a rebalance in the middle of it
                await producer.stop()
                raise
            _forget_transaction(producer)
            return producer
        raise AssertionError("the last try returns or raises")


def _forget_transaction(producer: AIOKafkaProducer) -> None:
    """It keeps id and epoch, and writes as any producer does: each batch lands by itself."""
    inside: Any = producer
    inside._txn_manager.transactional_id = None
