"""What other workers decide, followed: a partition that comes from one of them is taken up at once. Nothing is decided.

A member that is gone for good leaves partitions to members that never had them, and 100,000 records are half a minute of folding.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final

from aiokafka.errors import KafkaError

from stream.topics import LANE_PARTITIONS
from stream.worker.changelog import Changelog
from stream.worker.metrics import Metrics
from stream.worker.owner import Owner
from stream.worker.table import Records

LOOK: Final = 2.0  # seconds between two looks at what the others have kept
SLICE: Final = (
    0.005  # seconds of following without a pause: as long as Python lets one thread run where another waits
)
SHARE: Final = 0.25  # of the time, at most: what is decided here comes first
LONGEST: Final = 0.1  # seconds of one pause: a partition may become ours meanwhile

log = logging.getLogger("slugline.worker")


class Standby:
    """Of one worker, beside the partitions that it has in hand."""

    def __init__(self, table: Records, owner: Owner, metrics: Metrics) -> None:
        self._table, self._owner, self._metrics = table, owner, metrics
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    def begin(self, ending: AbstractContextManager[None]) -> None:
        """Again and again, it begins once. `ending` sees what is not foreseen here."""
        if self._task is None:
            self._task = asyncio.create_task(self._run(ending))

    async def end(self) -> None:
        """No thread of it is at work any more."""
        self._ended = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self, ending: AbstractContextManager[None]) -> None:
        changelog = self._table.changelog()
        with ending:
            try:
                while True:
                    await asyncio.sleep(LOOK)
                    await self._look_at_all(changelog)
            finally:
                await changelog.close()

    async def _look_at_all(self, changelog: Changelog) -> None:
        others = sorted(set(range(LANE_PARTITIONS)) - self._table.in_hand)
        try:
            async with self._table.alone(others):
                await self._table.read([one for one in others if not self._ours(one)], changelog)
            for partition in others:
                await self._follow(partition)
        except KafkaError as error:  # what is decided here needs none of it
            log.warning("what other workers decide cannot be followed: %s", error)
            others = []
        self._metrics.set("slugline_standby_partitions", len(others))

    async def _follow(self, partition: int) -> None:
        async with self._table.alone([partition]):
            # a batch that was in hand when the partition went, and has not fallen yet, still asks its memory
            if not self._ours(partition) and self._owner.desk.rests(partition):
                await self._owner.ready(partition, giving_way(lambda: self._ours(partition)))
                self._owner.kept([partition])

    def _ours(self, partition: int) -> bool:
        """Whether it is waited for; raises EndingError when nothing is any more."""
        if self._ended:
            raise EndingError
        return partition in self._table.in_hand


class EndingError(Exception):
    """The worker ends in the middle of it."""


def giving_way(
    in_haste: Callable[[], bool],
    clock: Callable[[], float] = time.perf_counter,
    sleep: Callable[[float], None] = time.sleep,
) -> Callable[[], None]:
    """A pause that leaves most of the time to the thread that decides, unless it is in haste."""
    began = clock()

    def pause() -> None:
        nonlocal began
        if (ran := clock() - began) >= SLICE:
            if not in_haste():
                sleep(min(LONGEST, ran * (1 / SHARE - 1)))
            began = clock()

    return pause
