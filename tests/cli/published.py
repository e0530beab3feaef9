"""What the real core says of a wire, put on the public topics as the worker puts it; and commands run on it."""

import asyncio
import io
import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from aiokafka import AIOKafkaProducer

from bench.wire import wire
from replay.fold import Folded, fold
from replay.inputs import read
from stream.core.codec import decode, encode
from stream.core.events import binary
from stream.core.settings import Settings
from stream.topics import EVENTS, STATE

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
Headers = Sequence[tuple[str, bytes]]
Message = tuple[str, bytes | None, bytes | None, Headers]  # topic, key, value, headers


@cache
def told(items: int = 300, seed: int = 5) -> Folded:
    """A fold over this much of a generated wire."""
    lines = b"\n".join(encode(item) for item in wire(seed, items))
    return fold(read(["-"], io.BytesIO(lines)), Settings())


@cache
def seeds(backwards: bool = False) -> dict[str, Any]:
    """The state of the one story that the two seeds are."""
    inputs = list(read([], io.BytesIO()))
    (state,) = fold(reversed(inputs) if backwards else inputs, Settings()).stories()
    story: dict[str, Any] = decode(state)
    return story


def as_event(event: bytes | dict[str, Any]) -> Message:
    key, headers, value = binary(decode(event) if isinstance(event, bytes) else event)
    return EVENTS, key, value, headers


def as_state(state: bytes) -> Message:
    return STATE, decode(state)["id"].encode(), state, ()


def events_of(folded: Folded) -> list[Message]:
    """In the order in which they were decided."""
    return [as_event(event) for event in folded.events.values()]


def put(address: str, messages: Iterable[Message]) -> None:
    """Each acknowledged when this returns."""

    async def write() -> None:
        async with AIOKafkaProducer(bootstrap_servers=address, acks="all") as producer:
            sent = [
                await producer.send(topic, value, key, headers=list(headers))
                for topic, key, value, headers in messages
            ]
            await asyncio.gather(*sent)

    asyncio.run(write())


def environment(address: str | None) -> dict[str, str]:
    """Ours without what a developer's shell may say to the commands."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SLUGLINE_")}
    return kept | ({"SLUGLINE_BROKER": address} if address else {})


def slugline(address: str | None, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with no terminal."""
    command = [sys.executable, "-m", "stream", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(address), capture_output=True, timeout=PATIENCE)


def started(address: str, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
    """The command, running; standard output and error are pipes unless told otherwise."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.Popen(
        [sys.executable, "-m", "stream", *arguments], cwd=ROOT, env=environment(address), **pipes
    )


def lines(raw: bytes) -> list[bytes]:
    return raw.splitlines()


def one_line(said: bytes) -> bool:
    return said.count(b"\n") == 1 and said.endswith(b"\n")


def nobody() -> str:
    """An address where nothing listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"
