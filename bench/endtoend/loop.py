"""The two stages with the worker's loop and nothing around it: drained batches, built batches, the table of records."""

from collections.abc import Mapping
from typing import Any

import faust

from bench.endtoend.stages import Stages
from stream.topics import ITEMS, RAW
from stream.worker.agents import AT_ONCE
from stream.worker.batches import batches
from stream.worker.faust_app import make_app, producer_of, source
from stream.worker.table import records_table
from stream.worker.writer import write


def loop(address: str, settings: Mapping[str, Any], stages: Stages) -> faust.App:
    app = make_app(address, **settings)
    table = records_table(app)

    @app.agent(source(app, RAW), name="normalise")
    async def normalise(stream: Any) -> None:
        async for batch in batches(stream, most=AT_ONCE):
            await write(producer_of(app), [stages.normalised(event) for event in batch.events])
            batch.ack()

    @app.agent(source(app, ITEMS), name="desk")
    async def decide(stream: Any) -> None:
        async for batch in batches(stream, most=AT_ONCE):
            made = stages.decided(batch.events, table.record)
            await write(producer_of(app), made.publish)
            await write(producer_of(app), made.keep)
            for one in made.keep:
                table.keep(one.partition or 0, [(one.key or b"", one.value)], -1)
            made.done()
            batch.ack()

    return app
