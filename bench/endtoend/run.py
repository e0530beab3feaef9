"""One run of one app: fed when it is awake, timed to its last record. What the figures mean is told elsewhere."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from bench.measure.wires import Sent
from stream.broker.connection import connection
from stream.topics import LANE_PARTITIONS, RAW, RECORDS
from stream.worker.writer import Write, write

ROOT = Path(__file__).parents[2]
LOOK = 0.1  # seconds between two looks
AWAKE, STUCK = 60.0, 20.0  # seconds without a record after which the run is given up
PLACES = [TopicPartition(RECORDS, partition) for partition in range(LANE_PARTITIONS)]


@dataclass(frozen=True, slots=True)
class Run:
    """Per item: seconds from the first one sent to the last one kept, and of the app's processor time."""

    seconds: float
    processor: float


def run(name: str, address: str, messages: Sequence[Sent], warm: int) -> Run:
    """The first `warm` messages wake the app and warm it, and do not count."""
    with _app(name, address) as process:
        return asyncio.run(_timed(process, address, messages, warm))


@contextmanager
def _app(name: str, address: str) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "bench.endtoend.app", name, address]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            yield process
        except BaseException:
            sys.stderr.write(_end_of(log))
            raise
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _end_of(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode("utf-8", "replace")[-2_000:]


async def _timed(
    process: "subprocess.Popen[bytes]", address: str, messages: Sequence[Sent], warm: int
) -> Run:
    async with _clients(address) as (producer, consumer):
        await _wake(producer, consumer, messages[:warm])
        used, begin = _processor(process.pid), time.time()
        await write(producer, [_write(one) for one in messages[warm:]])
        await _kept(consumer, len(messages))
        used = _processor(process.pid) - used
        took = await _last(consumer) - begin
    count = len(messages) - warm
    return Run(took / count, used / count)


async def _wake(producer: AIOKafkaProducer, consumer: AIOKafkaConsumer, warm: Sequence[Sent]) -> None:
    """One at a time until the first is kept: an app that joins its group late is not measured by that."""
    deadline, sent = time.monotonic() + AWAKE, 0
    while not await _count(consumer):
        if time.monotonic() > deadline:
            raise TimeoutError(f"the app kept nothing in {AWAKE:.0f} s")
        if sent < len(warm) // 2:
            await write(producer, [_write(warm[sent])])
            sent += 1
        await asyncio.sleep(5 * LOOK)
    await write(producer, [_write(one) for one in warm[sent:]])
    await _kept(consumer, len(warm))


async def _kept(consumer: AIOKafkaConsumer, count: int) -> None:
    kept, since = -1, time.monotonic()
    while (now := await _count(consumer)) < count:
        if now > kept:
            kept, since = now, time.monotonic()
        if time.monotonic() - since > STUCK:
            raise TimeoutError(f"{now} of {count} items were kept, and no more in {STUCK:.0f} s")
        await asyncio.sleep(LOOK)


async def _count(consumer: AIOKafkaConsumer) -> int:
    return sum((await consumer.end_offsets(PLACES)).values())


async def _last(consumer: AIOKafkaConsumer) -> float:
    """When the last record was written, by the clock of the app that wrote it: the same machine's."""
    ends = await consumer.end_offsets(PLACES)
    consumer.assign([place for place, end in ends.items() if end])
    times = []
    for place in consumer.assignment():
        consumer.seek(place, ends[place] - 1)
        times.append((await consumer.getone(place)).timestamp / 1_000)
    return float(max(times))


@asynccontextmanager
async def _clients(address: str) -> AsyncIterator[tuple[AIOKafkaProducer, AIOKafkaConsumer]]:
    settings: dict[str, Any] = connection(address).aiokafka()
    producer = AIOKafkaProducer(acks="all", max_batch_size=262_144, **settings)
    consumer = AIOKafkaConsumer(enable_auto_commit=False, auto_offset_reset="earliest", **settings)
    await producer.start()
    await consumer.start()
    try:
        yield producer, consumer
    finally:
        await consumer.stop()
        await producer.stop()


def _write(one: Sent) -> Write:
    return Write(RAW, one.key, one.raw, [(name, said.encode()) for name, said in one.headers.items()])


def _processor(pid: int) -> float:
    """Seconds of processor time that the process has used; 0 where the system does not say."""
    said = Path(f"/proc/{pid}/stat")
    if not said.exists():
        return 0.0
    fields = said.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
