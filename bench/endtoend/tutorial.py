"""The two stages as faust's tutorials write them: faust's own app, one event at a time. It loses what a broker does not
take: not for use."""

from collections.abc import Mapping
from typing import Any

import faust

from bench.endtoend.stages import Stages
from stream.topics import DEAD, EVENTS, ITEMS, LANE_PARTITIONS, RAW, STATE
from stream.worker.batches import Event
from stream.worker.faust_app import APP_ID, source
from stream.worker.writer import Write


def tutorial(address: str, settings: Mapping[str, Any], stages: Stages) -> faust.App:
    """Of faust's settings, what bytes and topics that are there already ask for."""
    app = faust.App(
        APP_ID,
        broker=f"kafka://{address}",
        datadir=settings["folder"],
        store="memory://",
        key_serializer="raw",
        value_serializer="raw",
        topic_disable_leader=True,
        topic_allow_declare=False,
        web_enabled=False,
    )
    topics = {name: source(app, name) for name in (RAW, ITEMS, EVENTS, STATE, DEAD)}
    records = app.Table("records", key_type=bytes, value_type=bytes, partitions=LANE_PARTITIONS)

    async def send(one: Write) -> None:
        await topics[one.topic].send(key=one.key, value=one.value, headers=list(one.headers))

    @app.agent(topics[RAW], name="normalise")
    async def normalise(stream: Any) -> None:
        async for event in stream.events():
            await send(stages.normalised(seen(event)))

    @app.agent(topics[ITEMS], name="desk")
    async def decide(stream: Any) -> None:
        async for event in stream.events():
            made = stages.decided([seen(event)], lambda _, key: records.get(key))
            for one in made.publish:
                await send(one)
            for keep in made.keep:
                records[keep.key] = keep.value
            made.done()

    return app


def seen(event: Any) -> Event:
    message = event.message
    headers = list(message.headers or ())
    return Event(message.topic, message.partition, message.offset, message.key, message.value, headers)
