"""Batched, awaited writes: what returns is acknowledged by the broker. Nothing is sent and forgotten here."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from aiokafka import AIOKafkaProducer
from aiokafka.errors import (
    InvalidTimestampError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    RecordListTooLargeError,
)
from aiokafka.partitioner import murmur2

from stream.runs import plain
from stream.topics import table

Place: TypeAlias = tuple[str, int]  # a topic and one of its partitions

LIMITS: Mapping[str, int] = {topic.name: topic.max_message_bytes for topic in table()}
FRAME = 61 + 21  # bytes that a batch, and one record in it, take beside key, value and headers
NEVER = (MessageSizeTooLargeError, RecordListTooLargeError, InvalidTimestampError)

Wait: TypeAlias = Callable[[Place, KafkaError], Awaitable[None]]
"""Awaited where a write did not land and may land later; what it raises ends the whole call."""


@dataclass(frozen=True, slots=True)
class Write:
    """One message to be written. Its partition is that of the key unless given.

    `timestamp` is Kafka's, in milliseconds, and no news time: leave it to the producer's clock.
    """

    topic: str
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]] = ()
    partition: int | None = None
    timestamp: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A write that can never succeed, and why."""

    write: Write
    reason: str


class Refused(Exception):  # noqa: N818 - it is what the broker did
    """Some writes can never succeed; every other write of the same call is acknowledged."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        first = refusals[0]
        more = f" and {len(refusals) - 1} more" if len(refusals) > 1 else ""
        super().__init__(f"{first.write.topic}: {first.reason}{more}")


async def write(
    producer: AIOKafkaProducer,
    writes: Sequence[Write],
    limits: Mapping[str, int] = LIMITS,
    wait: Wait | None = None,
) -> dict[Place, int]:
    """Writes all; returns when all are acknowledged, with the last offset written on each partition.

    In one partition the order is that of `writes`, and what follows a batch is sent only when that batch is
    acknowledged. What a broker may take later (it is away, its disk is full, too few replicas are in sync) is tried
    again after `wait`, for as long as that returns. Refused tells of writes that can never succeed, when all others
    have landed. Any other error is raised when nothing is under way any more: some writes have landed, and the caller
    may ack nothing.
    """
    places = await _by_place(producer, writes)
    sent = await asyncio.gather(
        *(_write_place(producer, place, some, limits, wait) for place, some in places.items()),
        return_exceptions=True,
    )
    failed = [one for one in sent if isinstance(one, BaseException)]
    if failed:
        raise failed[0]
    done = dict(zip(places, (one for one in sent if not isinstance(one, BaseException)), strict=True))
    refusals = [refusal for one in done.values() for refusal in one.refusals]
    if refusals:
        raise Refused(refusals)
    return {place: one.offset for place, one in done.items()}


def refusal(one: Write, limits: Mapping[str, int] = LIMITS) -> str | None:
    """Why the write would be refused, as far as it can be told before it is tried."""
    size, limit = size_of(one), limits.get(plain(one.topic))
    if one.key is None and one.value is None:
        return "neither key nor value"
    if limit is not None and size > limit:
        return f"{size} bytes, and {one.topic} takes {limit}"
    return None


def size_of(one: Write) -> int:
    """The bytes that the write takes alone in a batch, uncompressed: never fewer than it really does."""
    headers = sum(len(name.encode()) + len(value) + 10 for name, value in one.headers)
    return FRAME + len(one.key or b"") + len(one.value or b"") + headers


async def partition_of(producer: AIOKafkaProducer, topic: str, key: bytes | None) -> int:
    """The partition where every Kafka client puts this key (murmur2); of no key, the first."""
    count = len(await producer.partitions_for(topic))
    return 0 if key is None else _murmur(key) % count


@lru_cache(maxsize=4_096)
def _murmur(key: bytes) -> int:
    return int(murmur2(key)) & 0x7FFFFFFF


async def _by_place(producer: AIOKafkaProducer, writes: Sequence[Write]) -> dict[Place, list[Write]]:
    places: dict[Place, list[Write]] = {}
    for one in writes:
        partition = one.partition
        if partition is None:
            partition = await partition_of(producer, one.topic, one.key)
        places.setdefault((one.topic, partition), []).append(one)
    return places


@dataclass(slots=True)
class _Sent:
    """What became of the writes of one partition; the offset is -1 if none landed."""

    offset: int
    refusals: list[Refusal]


async def _write_place(
    producer: AIOKafkaProducer,
    place: Place,
    writes: Sequence[Write],
    limits: Mapping[str, int],
    wait: Wait | None,
) -> _Sent:
    reasons = [(one, refusal(one, limits)) for one in writes]
    sent = _Sent(-1, [Refusal(one, reason) for one, reason in reasons if reason])
    for some, builder in _filled(producer, [one for one, reason in reasons if not reason]):
        try:
            sent.offset = await _land(producer, place, some, builder, wait)
        except NEVER:
            await _one_by_one(producer, place, some, sent, wait)
    return sent


async def _one_by_one(
    producer: AIOKafkaProducer, place: Place, writes: Sequence[Write], sent: _Sent, wait: Wait | None
) -> None:
    """A broker refuses a whole batch for one message and writes nothing of it: each is tried, in order."""
    for one in writes:
        try:
            sent.offset = await _land(producer, place, [one], _built(producer, [one]), wait)
        except NEVER as error:
            sent.refusals.append(Refusal(one, f"refused by the broker: {error}"))


async def _land(
    producer: AIOKafkaProducer, place: Place, writes: Sequence[Write], builder: Any, wait: Wait | None
) -> int:
    """One batch, again and again where it may land later. Tried twice it may lie there twice: the same bytes."""
    while True:
        try:
            return await _send(producer, place, builder)
        except KafkaError as error:
            if wait is None or not _passing(error):
                raise
            await wait(place, error)
            builder = _built(producer, writes)


def _passing(error: KafkaError) -> bool:
    """Whether the same write may land later. aiokafka gives up on such errors after its request timeout."""
    return bool(error.retriable) or isinstance(error, KafkaTimeoutError)


def _filled(producer: AIOKafkaProducer, writes: Sequence[Write]) -> Iterator[tuple[list[Write], Any]]:
    """Batches as full as the producer's max_batch_size lets them be; a message above it goes alone."""
    some: list[Write] = []
    builder = producer.create_batch()
    for one in writes:
        if not _append(builder, one):
            yield some, builder
            some, builder = [], producer.create_batch()
            _append(builder, one)  # the first of a batch always fits
        some.append(one)
    if some:
        yield some, builder


def _built(producer: AIOKafkaProducer, writes: Sequence[Write]) -> Any:
    builder = producer.create_batch()
    for one in writes:
        _append(builder, one)
    return builder


def _append(builder: Any, one: Write) -> bool:
    headers = list(one.headers)  # aiokafka's builder, compiled, takes nothing but a list
    return bool(builder.append(timestamp=one.timestamp, key=one.key, value=one.value, headers=headers))


async def _send(producer: AIOKafkaProducer, place: Place, builder: Any) -> int:
    builder.close()  # a closed batch does not linger
    count = int(builder.record_count())
    topic, partition = place
    future = await producer.send_batch(builder, topic, partition=partition)
    return int((await future).offset) + count - 1
