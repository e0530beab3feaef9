"""A worker whose writes do not land waits, says so, and goes on when they do. Which errors pass is the writer's to say."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, ProducerClosed, ProducerFenced

from stream.core.dead import Stage
from stream.worker.metrics import Metrics
from stream.worker.writer import Place, Write, write

FIRST, LONGEST = 0.2, 5.0  # seconds between two tries, doubled from the first to the longest
SAID_AGAIN = 30.0  # seconds after which the log says once more that a write waits

log = logging.getLogger("slugline.worker")


class GivenUp(Exception):  # noqa: N818  # it is what the worker did
    """Another worker owns the partitions meanwhile: it writes what this one could not."""


@dataclass
class Patience:
    """For one batch: nothing more is read until its writes land, or until `lost` says that it is another's."""

    metrics: Metrics
    stage: Stage
    lost: Callable[[], bool]
    began: float = 0.0
    said: float | None = None
    tries: int = 0

    async def write(self, producer: AIOKafkaProducer | None, writes: Sequence[Write]) -> dict[Place, int]:
        """All are acknowledged when it returns, however long that takes, with the last offset written on each partition; no
        producer is one that was taken away."""
        if producer is None:
            raise GivenUp
        self.began, self.said, self.tries = monotonic(), None, 0
        self.metrics.set(
            "slugline_blocked_seconds", 0, self.stage
        )  # so that it is told, though nothing ever waits
        try:
            offsets = await write(producer, writes, wait=self._wait)
        except (ProducerFenced, ProducerClosed) as another:
            raise GivenUp from another
        finally:
            if self.said is not None:  # else it is another's, of another partition, that waits
                self.metrics.set("slugline_blocked_seconds", 0, self.stage)
        if self.said is not None:
            log.warning("writes land again", extra={"seconds": round(monotonic() - self.began)})
        return offsets

    async def _wait(self, place: Place, error: KafkaError) -> None:
        """Returns when it is time to try again; GivenUp where that is another's to do."""
        self._say(place, error)
        await asyncio.sleep(min(LONGEST, FIRST * 2 ** min(self.tries, 10)))
        self.tries += 1
        if self.lost():
            raise GivenUp

    def _say(self, place: Place, error: KafkaError) -> None:
        now = monotonic()
        self.metrics.set("slugline_blocked_seconds", now - self.began, self.stage)
        if self.said is None or now - self.said >= SAID_AGAIN:
            self.said = now
            told = {"topic": place[0], "partition": place[1], "seconds": round(now - self.began)}
            why = str(error) or type(error).__name__
            log.error("a write does not land, nothing more is read: %s", why, extra=told)
