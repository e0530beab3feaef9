"""A worker to be killed: it keeps a record of every item; `hold` never acks, `serve` always does."""

import asyncio
import sys
from pathlib import Path

from stream.topics import ITEMS
from stream.worker.batches import Batch
from stream.worker.faust_app import make_worker, producer_of
from stream.worker.table import records_table
from stream.worker.writer import write
from tests.worker.running import app_on, read_with


def main(address: str, folder: str, manner: str) -> None:
    app = app_on(address, Path(folder))
    table = records_table(app)

    async def handle(batch: Batch) -> None:
        keys = [b"%d-%d" % (event.partition, event.offset) for event in batch.events]
        kept = [
            table.changelog_write(e.partition, key, e.value)
            for e, key in zip(batch.events, keys, strict=True)
        ]
        await write(producer_of(app), kept)
        print(len(kept), flush=True)
        if manner == "serve":
            batch.ack()
            return
        await asyncio.Event().wait()

    read_with(app, ITEMS, handle)
    make_worker(app).execute_from_commandline()


if __name__ == "__main__":
    main(*sys.argv[1:])
