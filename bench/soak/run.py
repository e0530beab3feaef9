"""The run itself: a broker, a worker, the feed and the looks at them. What they mean is told elsewhere."""

import asyncio
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from bench.endtoend.run import Process, app
from bench.measure.figures import tell
from bench.soak.feed import Feed
from bench.soak.samples import Sample, sample
from stream.broker.kafka import LocalKafka, free_ports
from stream.broker.node import HOST
from stream.core.codec import encode

AWAKE = 90.0  # seconds that a worker may take to be ready
DRAIN = 30.0  # after the feed: what is under way ends


@dataclass(frozen=True, slots=True)
class Plan:
    """`window`: items in a story's life; `every`: seconds between samples."""

    seconds: float
    rate: float
    window: int
    every: float


Look = Callable[[float], Sample]


def soak(plan: Plan, lines: Path | None) -> list[Sample]:
    """Each sample is also written to `lines` as it is taken."""
    with ExitStack() as held:
        told = held.enter_context(lines.open("wb")) if lines else None
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="slugline-soak-")))
        kafka = held.enter_context(LocalKafka())
        port, state = free_ports(1)[0].broker, folder / "state"
        worker = held.enter_context(_worker(kafka.address, port, state))
        where, broker = f"http://{HOST}:{port}", kafka.nodes[0].properties.parent
        _wait(worker, f"{where}/ready")
        feed = Feed(kafka.address, plan.rate, plan.window)

        def look(at: float) -> Sample:
            return sample(at, feed.sent, worker.pid, f"{where}/metrics", state, broker)

        return asyncio.run(_run(plan, feed, look, told))


async def _run(plan: Plan, feed: Feed, look: Look, lines: IO[bytes] | None) -> list[Sample]:
    """From the first item to a while after the last."""
    begin, samples = time.monotonic(), list[Sample]()
    feeding = asyncio.create_task(feed.run(plan.seconds))

    async def take() -> None:
        samples.append(await asyncio.to_thread(look, time.monotonic() - begin))
        _say(samples[-1], lines)

    while not feeding.done():
        await asyncio.wait([feeding], timeout=plan.every)
        await take()
    await feeding
    deadline = time.monotonic() + DRAIN
    while samples[-1].lag and time.monotonic() < deadline:
        await asyncio.sleep(min(plan.every, 2.0))
        await take()
    return samples


def _say(one: Sample, lines: IO[bytes] | None) -> None:
    tell(
        f"soak: {one.at / 60:.1f} min, {one.sent:,} sent, {one.memory:,.0f} MiB, lag {one.lag:,}, "
        f"{one.open_stories:,} stories open, files {one.state:,.1f} MiB"
    )
    if lines:
        lines.write(encode(asdict(one)) + b"\n")
        lines.flush()


def _worker(address: str, port: int, state: Path) -> AbstractContextManager[Process]:
    command = [sys.executable, "-m", "stream", "worker", "--broker", address, "--watch-port", str(port)]
    return app(command, os.environ | {"SLUGLINE_STATE": str(state)})


def _wait(worker: Process, ready: str) -> None:
    deadline = time.monotonic() + AWAKE
    while True:
        try:
            with urllib.request.urlopen(ready, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):  # not yet there, or not yet ready: 503
            if worker.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError(f"the worker was not ready in {AWAKE:.0f} s") from None
            time.sleep(0.2)
