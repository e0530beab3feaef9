"""A part of a topic in one order, whatever fetches bring first: by the time when it came. What it means may not enter."""

from collections import deque
from collections.abc import AsyncIterator, Mapping

from stream.broker.problem import BrokerError
from stream.reading.span import WHOLE, Span
from stream.reading.topic import Message, Reader

Bounds = Mapping[int, tuple[int, int]]  # by partition, the first offset and the one after the last


async def bounds(reader: Reader, span: Span) -> Bounds:
    """Offsets between which the whole span lies, as the topic is now. BrokerError for offsets that are not kept, or not there."""
    edges = await reader.edges()
    if span.offsets:
        return {partition: _asked(edges, partition, *asked) for partition, asked in span.offsets.items()}
    return {
        partition: (
            first if span.since is None else await _at(reader, partition, span.since, first, end),
            end,
        )
        for partition, (first, end) in edges.items()
    }


async def merged(reader: Reader, within: Bounds, span: Span = WHOLE) -> AsyncIterator[Message]:
    """All of the span, by the broker's times. Partition by partition the lanes' clocks would run through the whole time once
    for each; so they run as they did when it came, and the order is the same however often it is read."""
    reader.begin_at({partition: begin for partition, (begin, _) in within.items()})
    waiting: dict[int, deque[Message]] = {partition: deque() for partition in sorted(within)}
    while waiting:
        for partition in [partition for partition, queue in waiting.items() if not queue]:
            waiting[partition].extend(await reader.more_of(partition, within[partition][1]))
            if not waiting[partition]:
                del waiting[partition]
        if waiting:
            first = min(
                waiting.values(), key=lambda queue: (queue[0].timestamp, queue[0].partition)
            ).popleft()
            if span.takes(first.timestamp):
                yield first


def _asked(
    edges: Mapping[int, tuple[int, int]], partition: int, begin: int, end: int | None
) -> tuple[int, int]:
    if partition not in edges:
        raise BrokerError(f"there is no partition {partition}: they are {min(edges)} to {max(edges)}")
    first, last = edges[partition]
    if begin < first or begin > last or (end is not None and end > last):
        raise BrokerError(
            f"partition {partition} is kept from offset {first} up to {last}: ask for a part of that"
        )
    return begin, last if end is None else end


async def _at(reader: Reader, partition: int, moment: int, first: int, end: int) -> int:
    """The first offset that came then or later, else the end. Where the broker does not say, it is looked for."""
    if first == end:
        return end
    if (found := await reader.first_at(partition, moment)) is not None:
        return min(found, end)
    reader.begin_at({partition: first})
    while messages := await reader.more_of(partition, end):
        for message in messages:
            if message.timestamp >= moment:
                return int(message.offset)
    return end
