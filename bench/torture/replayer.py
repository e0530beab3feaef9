"""`slugline replay` that is killed and goes on: it sends what is not on wire.raw.v1 yet. What is sent is not judged."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.checks.commands import SLUGLINE
from bench.checks.outcome import Wrong
from bench.torture.process import Kept, Say
from bench.torture.wire import Wire
from stream.broker.problem import BrokerError
from stream.reading.topic import reading
from stream.topics import RAW

BACK = 50  # items before the first missing one that are sent again
PATIENCE = 600.0  # seconds for what is left, at full speed


@dataclass
class Replayer:
    """`rate` in items/s, None for as fast as the broker takes them."""

    address: str
    wire: Wire
    folder: Path
    rate: float | None
    passes: int = 1
    again: bool = False  # once more from the beginning
    _there: set[str] = field(default_factory=set)
    process: Kept = field(init=False)

    def __post_init__(self) -> None:
        self.process = Kept("replayer", self._command, self.folder / "replayer.log")

    def go_on(self) -> None:
        """Once more from the beginning where it has sent everything, so that the stream does not end before the faults."""
        if self.process.wanted and self.process.done:
            self.passes, self.again = self.passes + 1, True
            self.process.start()

    def finish(self, say: Say) -> None:
        """Everything that is left, at once. Wrong where that does not end."""
        self.process.kill()
        self.rate, self.again = None, False
        self.process.start()
        deadline = time.monotonic() + PATIENCE
        while not self.process.done:
            if time.monotonic() > deadline:
                raise Wrong(f"the replayer was not done in {PATIENCE:.0f} s")
            time.sleep(0.2)
        self.process.wanted = False
        if missing := len(self._look()):
            say(f"the replayer ended with 0 and {missing:,} items are not on {RAW}")

    def _command(self) -> Sequence[str]:
        path = self.folder / "rest.jsonl"
        missing = self._look()
        begin = 0 if self.again else max(0, (missing or [len(self.wire.ids)])[0] - BACK)
        path.write_bytes(b"".join(line + b"\n" for line in self.wire.lines[begin:]))
        pace = [] if self.rate is None else ["--rate", f"{self.rate:g}"]
        return [*SLUGLINE, "replay", str(path), "--broker", self.address, "--json", *pace]

    def _look(self) -> list[int]:
        """The places of the items that are not on the topic, as far as it answers: what came is a repeat."""
        try:
            self._there |= asyncio.run(_ids(self.address))
        except BrokerError:
            pass  # sent again from where it was seen last
        return [place for place, one in enumerate(self.wire.ids) if one not in self._there]


async def _ids(address: str) -> set[str]:
    async with reading(address, RAW, "beginning") as reader:
        return {
            dict(message.headers)["id"].decode()
            async for messages in reader.to_the_end()
            for message in messages
        }
