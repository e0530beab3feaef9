"""The two stages with the worker's loop and nothing around it: drained batches, built batches, the table of records."""

from collections.abc import Mapping
from typing import Any

import faust

from bench.measure.wires import SETTINGS
from stream.topics import ITEMS, RAW
from stream.worker import steps
from stream.worker.agents import AT_ONCE
from stream.worker.batches import batches
from stream.worker.desk import Desk
from stream.worker.faust_app import make_app, producer_of, source
from stream.worker.steps import Keeper
from stream.worker.table import records_table
from stream.worker.writer import write


def loop(address: str, settings: Mapping[str, Any]) -> faust.App:
    app = make_app(address, **settings)
    table, desk = records_table(app), Desk(SETTINGS, Keeper())

    @app.agent(source(app, RAW), name="normalise")
    async def normalise(stream: Any) -> None:
        async for batch in batches(stream, most=AT_ONCE):
            await write(producer_of(app), [steps.normalised(event, SETTINGS) for event in batch.events])
            batch.ack()

    @app.agent(source(app, ITEMS), name="desk")
    async def decide(stream: Any) -> None:
        async for batch in batches(stream, most=AT_ONCE):
            reads = [steps.read(event) for event in batch.events]
            work = desk.decide(reads, lambda p, identity: table.record(p, identity.encode()), {})
            await write(producer_of(app), [caused.write for caused in work.publish])
            await write(producer_of(app), [keep.write for keep in work.keep])
            for keep in work.keep:
                table.keep(keep.partition, [(keep.identity.encode(), keep.write.value)], -1)
            desk.keep(work, {event.partition for event in batch.events})
            batch.ack()

    return app
