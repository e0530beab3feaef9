"""What a worker that decides does when partitions come and go, and when it ends. No item is known here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import faust

from stream.worker.fenced import Producers
from stream.worker.metrics import Metrics
from stream.worker.owner import Owner
from stream.worker.standby import Standby
from stream.worker.table import Records

End = Callable[[BaseException], None]


class Tenure:
    """Of the partitions that a worker has in hand, and, where it stands by, of the others."""

    def __init__(
        self,
        app: faust.App,
        table: Records,
        owner: Owner,
        metrics: Metrics,
        end: End,
        may_speak: Callable[[], Awaitable[None]],
        standby: Standby | None = None,
    ) -> None:
        """`may_speak` raises where another generation does: it is asked as a member of the group, whom a switch that begins
        later sees."""
        inside: Any = app
        self.table, self.owner, self.end = table, owner, end
        self.producers = Producers(lambda name: inside.producer._new_producer(name))
        self._metrics, self._may_speak, self._standby = metrics, may_speak, standby
        table.hooks(on_ready=self._come, on_revoked=self._go)
        inside.on_before_shutdown.connect(self._ending, weak=False)
        inside.ended = self._ended

    async def _come(self, partitions: frozenset[int]) -> None:
        with ending(self.end):
            await asyncio.gather(self._may_speak(), self.producers.own(partitions), self._recover(partitions))
            if self._standby is not None:
                self._standby.begin(ending(self.end))

    async def _recover(self, partitions: frozenset[int]) -> None:
        if self._standby is None:
            self.owner.only(partitions)
        for partition in sorted(partitions):
            read = await self.owner.ready(partition)
            self._metrics.count("slugline_recovered_records", str(partition), by=read)

    async def _go(self, partitions: frozenset[int]) -> None:
        """What the desk knows of them stands until it is told whose they are now."""
        self.producers.let_go(partitions)

    async def _ending(self, *_: Any, **__: Any) -> None:
        await self.producers.close()
        if self._standby is not None:
            await self._standby.end()

    async def _ended(self) -> None:
        await self.owner.stop()
        self.table.close()


@contextmanager
def ending(end: End) -> Iterator[None]:
    """Whatever leaves a batch ends the process before faust can acknowledge it: the items come again."""
    try:
        yield
    except (asyncio.CancelledError, GeneratorExit):
        raise
    except BaseException as error:
        end(error)
        raise
