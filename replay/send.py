"""Inputs to wire.raw.v1, every delivery awaited; what is too large to wire.dead.v1. Reading may not enter."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from replay.inputs import Input
from replay.pace import Pace
from stream.broker.access import admitted
from stream.broker.connection import connection
from stream.broker.declare import mending
from stream.broker.door import nobody
from stream.broker.problem import BrokerError
from stream.core.dead import Headers, Offered, dead_letter
from stream.core.parse import too_large
from stream.rights import writes
from stream.topics import DEAD, MAX_DEAD, RAW

SECONDS = 10.0  # for a broker to answer at all
UNDER_WAY = 2_000  # deliveries awaited at a time
CATCH_UP = 1.0  # seconds: after a stall, what is late is sent at once for no longer than this

Stamp = Callable[[Input, int], Input]
Report = Callable[[Input, "Tally", str | None], None]
Delivery: TypeAlias = "asyncio.Future[Any]"


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the inputs so far: each was sent or refused."""

    sent: int = 0
    refused: int = 0
    bytes: int = 0

    @property
    def inputs(self) -> int:
        return self.sent + self.refused

    def with_one(self, given: Input, refusal: str | None) -> "Tally":
        size = self.bytes + len(given.raw)
        if refusal is None:
            return replace(self, sent=self.sent + 1, bytes=size)
        return replace(self, refused=self.refused + 1, bytes=size)


@asynccontextmanager
async def producing(address: str, *topics: str) -> AsyncIterator[AIOKafkaProducer]:
    """A producer on a broker that answers, has the topics and lets us write them; BrokerError, in one line,
    otherwise."""
    await admitted(address, writes(*topics))
    producer = AIOKafkaProducer(
        **connection(address).aiokafka(),
        client_id="slugline-replay",
        acks="all",
        linger_ms=5,
        max_batch_size=262_144,
        max_request_size=MAX_DEAD,
    )
    try:
        await _reach(producer, address, topics)
        yield producer
    except KafkaError as error:
        raise BrokerError(
            f"{address} did not take everything ({_said(error)}): send it again, what arrived is a repeat"
        ) from error
    finally:
        with suppress(TimeoutError):  # what is still under way to a dead broker is not waited for
            async with asyncio.timeout(SECONDS):
                await producer.stop()


async def _reach(producer: AIOKafkaProducer, address: str, topics: tuple[str, ...]) -> None:
    try:
        async with asyncio.timeout(SECONDS):
            await producer.start()
            there = (await producer.client.fetch_all_metadata()).topics()
    except (KafkaError, OSError, TimeoutError) as error:
        raise BrokerError(nobody(address, _said(error))) from error
    if missing := sorted(set(topics) - there):
        raise BrokerError(f"topics missing on {address}: {', '.join(missing)}. Mend: {mending(address)}")


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__


async def send(
    inputs: AsyncIterator[Input],
    producer: AIOKafkaProducer,
    *,
    pace: Pace,
    stamp: Stamp,
    report: Report,
    max_bytes: int,
) -> Tally:
    """Every input in order, each acknowledged by the broker before this returns. Raises KafkaError."""
    tally, before = Tally(), None
    under_way: deque[Delivery] = deque()
    clock = _Clock()
    async for given in inputs:
        await clock.wait(pace.wait(before, given.ts))
        refusal = too_large(given.raw, max_bytes)
        under_way.append(await _put(producer, stamp(given, tally.inputs), refusal, max_bytes))
        before = before if given.ts is None else given.ts
        tally = tally.with_one(given, refusal)
        await _settle(under_way, UNDER_WAY)
        report(given, tally, refusal)
    await producer.flush()
    await _settle(under_way, 0)
    return tally


class _Clock:
    """Keeps to the sum of the waits, not to each, so that a slow send does not slow the pace."""

    def __init__(self) -> None:
        self._now = asyncio.get_running_loop().time
        self._due = self._now()

    async def wait(self, seconds: float) -> None:
        self._due = max(self._due + seconds, self._now() - CATCH_UP)
        if seconds and (ahead := self._due - self._now()) > 0:
            await asyncio.sleep(ahead)


async def _put(producer: AIOKafkaProducer, given: Input, refusal: str | None, max_bytes: int) -> Delivery:
    headers: Headers = tuple((name, value.encode()) for name, value in given.headers.items())
    if refusal is None:
        delivery: Delivery = await producer.send(RAW, given.raw, given.key, headers=list(headers))
    else:
        letter = dead_letter(
            key=given.key,
            value=given.raw,
            headers=headers,
            origin=Offered(given.where),
            stage="front-door",
            error=refusal,
            max_bytes=max_bytes,
        )
        delivery = await producer.send(DEAD, letter.value, letter.key, headers=list(letter.headers))
    delivery.add_done_callback(_seen)
    return delivery


def _seen(delivery: Delivery) -> None:
    """The first failure is raised; asyncio would complain of the others that nobody looked at them."""
    if not delivery.cancelled():
        delivery.exception()


async def _settle(under_way: deque[Delivery], most: int) -> None:
    """Takes out what was delivered, and waits until at most so many are under way."""
    while under_way and (under_way[0].done() or len(under_way) > most):
        await under_way.popleft()
