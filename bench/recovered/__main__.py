"""`python -m bench.recovered --members 1000000`: a window decided, then its memory made again, with the folder and without."""

import asyncio
import json
import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import click
from aiokafka import AIOKafkaProducer

from bench.measure.figures import tell
from bench.recovered.again import Stood, stood
from bench.recovered.window import leave
from stream.broker.connection import connection
from stream.broker.kafka import LocalKafka
from stream.topics import RECORDS
from stream.worker.on_disk import OnDisk

AT_ONCE = 2_000


@click.command("recovered")
@click.option("--members", default=1_000_000, show_default=True, type=click.IntRange(1_000))
@click.option(
    "--kafka", is_flag=True, help="Without the folder, too: from a local Apache Kafka (Java 17 and Maven)."
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for the window, used again if it is there.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def main(members: int, kafka: bool, keep: Path | None, as_json: bool) -> None:
    """Measure how soon a worker that was killed stands again: from its folder (a snapshot and the longest tail that there may
    be), from the folder's records alone, and from the changelog alone.

    A million items take a quarter of an hour to decide, 12 GB of memory and 10 GB of disk.
    """
    with ExitStack() as held:
        scratch = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="slugline-recovered-")))
        folder = keep or scratch / "state"
        if not folder.exists():
            leave(folder, members)
        found = {"snapshot and tail": _told("snapshot and tail", stood(folder))}
        if kafka:
            broker = held.enter_context(LocalKafka()).address
            asyncio.run(_put(broker, folder))
            found["the changelog alone"] = _told("the changelog alone", stood(scratch / "lost", broker))
        (folder / "0" / "fold").rename(scratch / "fold")
        found["records alone"] = _told("records alone", stood(folder))
        shutil.move(scratch / "fold", folder / "0" / "fold")
    if as_json:
        click.echo(json.dumps({name: asdict(one) for name, one in found.items()}))


def _told(name: str, one: Stood) -> Stood:
    tell(
        f"recovered: {name}: {one.reading + one.making:.1f} s for {one.members:,} members "
        f"({one.reading:.1f} to read, {one.making:.1f} for {one.records:,} records), {one.gigabytes:.1f} GB at most"
    )
    return one


async def _put(broker: str, folder: Path) -> None:
    """Every record of the folder on the changelog."""
    tell("recovered: the records go to a changelog")
    volume = OnDisk(folder / "0" / "records")
    records = volume.records()
    settings = connection(broker).aiokafka()
    async with AIOKafkaProducer(acks="all", linger_ms=5, max_batch_size=1 << 20, **settings) as producer:
        while some := list(islice(records, AT_ONCE)):
            sent = [await producer.send(RECORDS, key=key, value=value, partition=0) for key, value in some]
            await asyncio.gather(*sent)
    volume.close()


if __name__ == "__main__":
    main()
