"""Whether there is nothing left to do: no stage has lag, and nothing came for a while. Nothing is processed here."""

import asyncio
import logging
import os
import signal

from aiokafka import AIOKafkaConsumer, TopicPartition

from stream.broker.connection import connection
from stream.topics import ITEMS, RAW
from stream.worker.faust_app import APP_ID
from stream.worker.pulse import Pulse

BEAT = 0.2  # seconds between two looks

log = logging.getLogger("slugline.worker")


async def until_idle(broker: str, seconds: float, pulse: Pulse, group: str = APP_ID) -> None:
    """Ends the process as SIGTERM does when the group has committed all there is and `seconds` passed since."""
    consumer = AIOKafkaConsumer(group_id=group, enable_auto_commit=False, **connection(broker).aiokafka())
    await consumer.start()
    try:
        while pulse.idle_for() < seconds or await lag(consumer):
            await asyncio.sleep(BEAT)
    finally:
        await consumer.stop()
    log.info("idle", extra=dict(pulse.items))
    os.kill(os.getpid(), signal.SIGTERM)


async def lag(consumer: AIOKafkaConsumer) -> int:
    """Messages of both stages' topics that the group has not committed."""
    places = [TopicPartition(topic, p) for topic in (RAW, ITEMS) for p in await _partitions(consumer, topic)]
    consumer.assign(places)
    ends = await consumer.end_offsets(places)
    starts = await consumer.beginning_offsets(places)
    done = {place: await consumer.committed(place) for place in places}
    return sum(ends[place] - max(done[place] or 0, starts[place]) for place in places)


async def _partitions(consumer: AIOKafkaConsumer, topic: str) -> list[int]:
    await consumer._client.force_metadata_update()  # its own fetch of a topic that it does not read
    return sorted(consumer.partitions_for_topic(topic) or ())
