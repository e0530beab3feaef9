"""What the worker's tests share: apps that run, messages written and read, a worker as a process."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import faust
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from stream.worker.batches import Batch, batches
from stream.worker.faust_app import make_app, source
from stream.worker.writer import Write, write

ROOT = Path(__file__).parents[2]
SESSION = (
    3.0  # a restarted member waits this long for the one before, on the embedded broker even after it left
)
PATIENCE = 45.0

Handle = Callable[[Batch], Awaitable[None]]


def app_on(address: str, folder: Path, **settings: Any) -> faust.App:
    return make_app(address, folder=folder, session_timeout=SESSION, **settings)


def read_with(app: faust.App, topic: str, handle: Handle, *, most: int = 500) -> None:
    """An agent that gives every batch of the topic to `handle`."""

    async def agent(stream: Any) -> None:
        async for batch in batches(stream, most=most):
            await handle(batch)

    app.agent(source(app, topic), name=topic)(agent)


@asynccontextmanager
async def running(app: faust.App) -> AsyncIterator[faust.App]:
    await app.start()
    try:
        yield app
    finally:
        await app.stop()


@asynccontextmanager
async def producer_on(address: str, **settings: Any) -> AsyncIterator[AIOKafkaProducer]:
    producer = AIOKafkaProducer(bootstrap_servers=address, acks="all", **settings)
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


async def put(address: str, writes: Sequence[Write]) -> None:
    async with producer_on(address) as producer:
        await write(producer, writes)


async def lying_on(address: str, topic: str, partition: int) -> list[Any]:
    """Every message of the partition, as aiokafka reads it."""
    place = TopicPartition(topic, partition)
    # seek_to_beginning right after assign races with the reset, and loses to "latest"
    consumer = AIOKafkaConsumer(bootstrap_servers=address, auto_offset_reset="earliest")
    await consumer.start()
    try:
        consumer.assign([place])
        end = (await consumer.end_offsets([place]))[place]
        return [await consumer.getone() for _ in range(end)]
    finally:
        await consumer.stop()


async def soon(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), PATIENCE)


@contextmanager
def victim(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The worker of victim.py in a process of its own, gone when the block is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.worker.victim", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


async def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), PATIENCE)
