"""Puts your own items on wire.raw.v1 with plain aiokafka. Nothing of Slugline is needed, or imported.

    SLUGLINE_BROKER=localhost:9092 python examples/feed.py             one example item
    SLUGLINE_BROKER=localhost:9092 python examples/feed.py - < FILE    JSON lines, one item a line

An item is a JSON object: `id`, `ts`, `source`, `title`, `text`; when you have them `dateline`, `slug`,
`lang`, `version`, `priority`. Any other field is kept with the item and read by no rule.
"""

import asyncio
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import orjson
from aiokafka import AIOKafkaProducer

try:  # examples/secured.py, copied beside it: TLS and a user
    from secured import kafka  # type: ignore[import-not-found]
except ImportError:
    kafka = dict

TOPIC = "wire.raw.v1"
EXAMPLE = (
    b'{"id":"example-1","ts":"2024-05-03T09:30:00Z","source":"example-desk","title":"Harbour ferry returns to service",'
    b'"text":"OSLO, May 3 - The harbour ferry returned to service on Friday after repairs to its ramp."}'
)


def message(line: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Key and headers. One key for one source and id, so that a revision never overtakes its original."""
    item = orjson.loads(line)
    source, item_id = str(item["source"]), str(item["id"])
    headers = {
        "source": source,
        "id": item_id,
        "content-type": "application/json",
        "received": datetime.now(UTC).isoformat(),
    }
    return f"{source}:{item_id}".encode(), [(name, value.encode()) for name, value in headers.items()]


async def feed(lines: Iterable[bytes]) -> int:
    """Every delivery is awaited: when this returns, the broker has them all."""
    deliveries = []
    how = {"bootstrap_servers": os.environ["SLUGLINE_BROKER"], "acks": "all"} | kafka()
    async with AIOKafkaProducer(**how) as producer:
        for line in lines:
            key, headers = message(line)
            deliveries.append(await producer.send(TOPIC, line, key, headers=headers))
        await asyncio.gather(*deliveries)
    return len(deliveries)


if __name__ == "__main__":
    given = (line.strip() for line in sys.stdin.buffer) if "-" in sys.argv[1:] else [EXAMPLE]
    print(asyncio.run(feed(line for line in given if line)), "items on", TOPIC)
