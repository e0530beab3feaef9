"""Laws of examples/feed.py: what a feeder of one's own puts on the topic is an item at the front door."""

import os
import subprocess
import sys
from asyncio import run
from pathlib import Path

from stream.broker.embedded import EmbeddedBroker
from stream.core.codec import encode
from stream.core.item import Item
from stream.core.parse import parse
from stream.topics import RAW
from tests.replay.topic import messages

FEED = Path(__file__).parents[2] / "examples" / "feed.py"


def feed(broker: EmbeddedBroker, *arguments: str, given: bytes = b"") -> str:
    done = subprocess.run(
        [sys.executable, str(FEED), *arguments],
        input=given,
        env=os.environ | {"SLUGLINE_BROKER": broker.address},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


def items(broker: EmbeddedBroker) -> list[Item]:
    parsed = [
        parse(one.value, dict(one.headers), max_bytes=900_000) for one in run(messages(broker.address, RAW))
    ]
    return [item for item in parsed if isinstance(item, Item)]


def test_the_example_item_is_an_item_received_now(broker: EmbeddedBroker) -> None:
    """With all that the topic's contract asks of a live feeder: key, headers, content type, received."""
    assert feed(broker) == "1 items on wire.raw.v1\n"
    (message,) = run(messages(broker.address, RAW))
    assert message.key == b"example-desk:example-1"
    assert {name for name, _ in message.headers} == {"source", "id", "content-type", "received"}
    (item,) = items(broker)
    assert (item.id, item.source, item.flags) == ("example-1", "example-desk", ())


def test_lines_of_ones_own_become_items(broker: EmbeddedBroker) -> None:
    """Every line that is not blank, as it stands."""
    own = [encode({"id": n, "source": "own", "title": "Ferry", "desk": "city"}) for n in range(200)]
    assert feed(broker, "-", given=b"\n\n".join(own)) == "200 items on wire.raw.v1\n"
    assert {item.id for item in items(broker)} == {str(n) for n in range(200)}
    assert all(item.aside == {"desk": "city"} for item in items(broker))


def test_the_example_is_short_and_needs_nothing_of_ours() -> None:
    """Sixty lines that anyone can copy into a service that knows only Kafka."""
    lines = FEED.read_text().splitlines()
    assert len(lines) <= 60
    imported = {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported == {"asyncio", "os", "sys", "collections", "datetime", "orjson", "aiokafka"}
