"""faust's consumer, mended where it loses events after a rebalance, waits, or reads what we read. Nothing else may enter."""

import asyncio
from collections.abc import Mapping
from typing import Any

import faust
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import ConsumerStoppedError
from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread, Consumer
from faust.types import TP, AppT, Message
from mode import ServiceT

# What was observed with faust 0.15.3: of 50 items that lay there before a worker started, 49 came, in one
# start of ten; the commit passed the missing one by. A fetch in flight holds the live set of active
# partitions. Recovery empties that set when it pauses the changelog, aiokafka takes an empty set for "all",
# and what it then takes of the source is thrown away; the seek that follows rewinds only what has a commit.


# A fetch in flight also keeps that broker's other partitions waiting, and a partition that was paused: faust
# has brokers hold it for 1.5 s, and the embedded one holds an empty fetch to the end, whatever arrives.
FETCH_WAIT_MS = 50


class Brisk(AIOKafkaConsumerThread):
    """Its fetches wait for FETCH_WAIT_MS at most."""

    def _create_worker_consumer(self, transport: Any) -> AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS
        return consumer


# faust hands each message out in three tasks of its own, so that a rebalance can cut a full queue short;
# where there is room nothing waits and nothing needs cutting. Half of the worker's time went there.
RUN = 250  # messages handed out before the agents get their turn
POLL = 0.1  # seconds; a fetch that began without a paused partition does not see it resumed


class Steady(Consumer):
    """A fetch takes what was active when it began, and a seek to the committed offset always seeks."""

    async def _drain_messages(self, fetcher: ServiceT) -> None:
        try:
            while not (self.should_stop or fetcher.should_stop):
                await self._hand_out_a_fetch()
        except (ConsumerStoppedError, asyncio.CancelledError):
            if not self.app.should_stop:
                raise
        except Exception:
            self.log.exception("Handing out messages failed")
            raise

    async def _hand_out_a_fetch(self) -> None:
        if self.flow_active and not self._get_active_partitions():
            await asyncio.sleep(POLL / 10)  # every queue is full; faust would sleep for a second
            return
        await asyncio.sleep(0)
        count = 0
        async for tp, message in self.getmany(timeout=POLL):
            await self._hand_out(tp, message)
            count += 1
            if not count % RUN:
                await asyncio.sleep(0)

    async def _hand_out(self, tp: TP, message: Message) -> None:
        offset, last = message.offset, self._read_offset[tp]
        if last is not None and offset < last:
            return  # a seek has gone back, and this was handed out before
        if last and offset - last > 1 and self.app.topics.acks_enabled_for(message.topic):
            await self._add_gap(tp, last + 1, offset - 1)  # compacted, or a transaction's mark
        if self._has_room(tp):
            await self.callback(message)
        else:
            await self.wait_first(self.callback(message), self.suspend_flow.wait())
        self._read_offset[tp] = offset

    def _has_room(self, tp: TP) -> bool:
        topics: Any = self.app.topics
        open_flow = self.app.flow_control.is_active() and not self.suspend_flow.is_set()
        return open_flow and not any(channel.queue.full() for channel in topics._tp_index[tp])

    def _new_consumer_thread(self) -> AIOKafkaConsumerThread:
        return Brisk(self, loop=self.loop, beacon=self.beacon)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:
        asked = set(active_partitions) if active_partitions is not None else None
        return await super()._getmany(asked, timeout)

    async def highwaters(self, *partitions: TP) -> Mapping[TP, int]:
        """faust asks this of changelogs alone, to see what it has to recover: nothing, for table.py reads them."""
        return dict.fromkeys(partitions, 0)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """aiokafka leaves a partition alone whose commit is 0 or missing: those go to their first offset."""
        committed = await super().seek_to_committed()
        fresh = {
            TP(*tp) for tp, offset in committed.items() if not offset and not self._is_changelog_tp(TP(*tp))
        }
        if fresh:
            await self.seek_wait(
                {TP(*tp): first for tp, first in (await self.earliest_offsets(*fresh)).items()}
            )
        return committed


def use_steady_consumer(app: faust.App) -> None:
    transport: Any = app.transport
    transport.Consumer = Steady


def hold_flow(app: AppT) -> None:
    """Fetches nothing more until faust resumes the flow, which it does when it has sought and cleared its queues.

    Recovery leaves the flow open, and between its seek and the clearing events could be handed to a queue
    and cleared away.
    """
    app.flow_control.suspend()
    app.consumer.stop_flow()
