"""One run of one app: fed when it is awake, timed to its last record. What the figures mean is told elsewhere."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeAlias

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from confluent_kafka.admin import AdminClient

from bench.endtoend.lineups import Lineup
from bench.endtoend.parts import BEGIN, TELL
from bench.measure.wires import Sent
from stream.broker.connection import connection
from stream.topics import GROUP, LANE_PARTITIONS, RAW, RECORDS
from stream.worker.writer import Write, write

ROOT = Path(__file__).parents[2]
APP = ("-m", "bench.endtoend.app")
Process: TypeAlias = "subprocess.Popen[bytes]"
GRACE = 20.0  # seconds to end after SIGTERM
LOOK = 0.1  # seconds between two looks
AWAKE, STUCK = 60.0, 20.0  # seconds without a record after which the run is given up
PLACES = [TopicPartition(RECORDS, partition) for partition in range(LANE_PARTITIONS)]


@dataclass(frozen=True, slots=True)
class Run:
    """Per item: seconds from the first one sent to the last one kept, and of processor time, by process; with `parts`
    (one process), by part of its work."""

    seconds: float
    each: tuple[float, ...]
    parts: Mapping[str, float]

    @property
    def processor(self) -> float:
        return sum(self.each)


@dataclass(frozen=True, slots=True)
class Course:
    """What all runs have in common. The first `warm` messages wake the apps and warm them, and do not count."""

    messages: Sequence[Sent]
    warm: int
    said: Path  # what an app without the core passes on
    python: Mapping[bool, str]  # the interpreter: of an app that needs quix, and of all others


def run(lineup: Lineup, address: str, course: Course, parts: Path | None = None) -> Run:
    """One run of one app, on topics that hold nothing."""
    with ExitStack() as held:
        more = ["--said", str(course.said)] * lineup.bare + (["--parts", str(parts)] if parts else [])
        python = course.python[lineup.needs_quix]
        processes = [held.enter_context(app([python, *APP, kind, address, *more])) for kind in lineup.kinds]
        together(address, processes)
        return asyncio.run(_timed(processes, address, course, parts))


@contextmanager
def app(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[Process]:
    """Until SIGTERM; what it said last is shown where something fails meanwhile."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield process
        except BaseException:
            sys.stderr.write(_end_of(log))
            raise
        finally:
            process.terminate()
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def together(address: str, processes: Sequence[Process]) -> None:
    """Until all are in one group and it is at rest: one that joins late would stop the others."""
    client, deadline = AdminClient(connection(address).confluent()), time.monotonic() + AWAKE
    while len(processes) > 1:  # the embedded broker describes no groups, and has no second member
        told = client.describe_consumer_groups([GROUP], request_timeout=AWAKE)[GROUP].result(AWAKE)
        if len(told.members) >= len(processes) and told.state.name == "STABLE":
            return
        if time.monotonic() > deadline or any(one.poll() is not None for one in processes):
            raise TimeoutError(f"{len(told.members)} of {len(processes)} workers are in their group")
        time.sleep(5 * LOOK)


def _end_of(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read().decode("utf-8", "replace")[-2_000:]


async def _timed(processes: Sequence[Process], address: str, course: Course, parts: Path | None) -> Run:
    messages, warm = course.messages, course.warm
    async with clients(address) as (producer, consumer):
        await wake(producer, consumer, messages[:warm])
        pids = [one.pid for one in processes]
        if parts:
            os.kill(pids[0], BEGIN)
        before, begin = [_processor(pid) for pid in pids], time.time()
        await write(producer, [raw(one) for one in messages[warm:]])
        await _kept(consumer, len(messages))
        after = [_processor(pid) for pid in pids]
        if parts:
            os.kill(pids[0], TELL)
        took = await _last(consumer) - begin
    count = len(messages) - warm
    each = tuple((end - start) / count for start, end in zip(before, after, strict=True))
    told = await _told(parts) if parts else {}
    return Run(took / count, each, {name: seconds / count for name, seconds in told.items()})


async def _told(parts: Path) -> dict[str, float]:
    deadline = time.monotonic() + STUCK
    while not parts.exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the app did not tell how its time was spent in {STUCK:.0f} s")
        await asyncio.sleep(LOOK)
    found: dict[str, float] = json.loads(parts.read_text(encoding="utf-8"))
    return found


async def wake(producer: AIOKafkaProducer, consumer: AIOKafkaConsumer, warm: Sequence[Sent]) -> None:
    """One at a time until the first is kept: an app that joins its group late is not measured by that."""
    deadline, sent = time.monotonic() + AWAKE, 0
    while not await _count(consumer):
        if time.monotonic() > deadline:
            raise TimeoutError(f"the app kept nothing in {AWAKE:.0f} s")
        if sent < len(warm) // 2:
            await write(producer, [raw(warm[sent])])
            sent += 1
        await asyncio.sleep(5 * LOOK)
    await write(producer, [raw(one) for one in warm[sent:]])
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
async def clients(address: str) -> AsyncIterator[tuple[AIOKafkaProducer, AIOKafkaConsumer]]:
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


def raw(one: Sent) -> Write:
    return Write(RAW, one.key, one.raw, [(name, said.encode()) for name, said in one.headers.items()])


def _processor(pid: int) -> float:
    """Seconds of processor time that the process has used; 0 where the system does not say."""
    said = Path(f"/proc/{pid}/stat")
    if not said.exists():
        return 0.0
    fields = said.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
