"""The two stages as faust's tutorials write them: one event at a time. It loses what a broker does not take: not for use."""

from collections.abc import Mapping
from typing import Any

import faust

from bench.measure.wires import SETTINGS
from stream.topics import DEAD, EVENTS, ITEMS, LANE_PARTITIONS, RAW, STATE
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.faust_app import make_app, source
from stream.worker.steps import Keeper
from stream.worker.writer import Write


def tutorial(address: str, settings: Mapping[str, Any]) -> faust.App:
    app = make_app(address, **settings)
    topics = {name: source(app, name) for name in (RAW, ITEMS, EVENTS, STATE, DEAD)}
    records = app.Table("records", key_type=bytes, value_type=bytes, partitions=LANE_PARTITIONS)
    desk = Desk(SETTINGS, Keeper())

    async def send(one: Write) -> None:
        await topics[one.topic].send(key=one.key, value=one.value, headers=list(one.headers))

    @app.agent(topics[RAW], name="normalise")
    async def normalise(stream: Any) -> None:
        async for event in stream.events():
            await send(steps.normalised(seen(event), SETTINGS))

    @app.agent(topics[ITEMS], name="desk")
    async def decide(stream: Any) -> None:
        async for event in stream.events():
            read = steps.read(seen(event))
            work = desk.decide([read], lambda _, identity: records.get(identity.encode()), {})
            for caused in work.publish:
                await send(caused.write)
            for keep in work.keep:
                records[keep.write.key] = keep.write.value
            desk.keep(work, [event.message.partition])

    return app


def seen(event: Any) -> Event:
    message = event.message
    headers = list(message.headers or ())
    return Event(message.topic, message.partition, message.offset, message.key, message.value, headers)
