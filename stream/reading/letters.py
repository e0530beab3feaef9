"""The dead letters of wire.dead.v1, each refusal once. Sending them back may not enter."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace

from stream.core.dead import DeadLetter, Stage
from stream.reading.named import meant
from stream.reading.topic import Message, reading
from stream.topics import DEAD


@dataclass(frozen=True, slots=True)
class Kept:
    """A dead letter and where it lies: `at` is the broker's time in milliseconds, never news time."""

    letter: DeadLetter
    partition: int
    offset: int
    at: int

    @property
    def id(self) -> str:
        """The letter's own, or its place where it says nothing of itself."""
        return self.letter.id if "stage" in self.letter.ours else f"{DEAD}/{self.partition}/{self.offset}"


async def letters(address: str, stage: Stage | None = None) -> AsyncGenerator[Kept, None]:
    """All that lie there now, the first telling of each refusal. Close it, or exhaust it; raises BrokerError."""
    known: set[str] = set()
    async with reading(address, DEAD, "beginning") as reader:
        async for messages in reader.to_the_end():
            for kept in map(_kept, messages):
                if kept.id not in known and stage in (None, kept.letter.ours.get("stage")):
                    known.add(kept.id)
                    yield kept


async def listed(address: str, stage: Stage | None = None) -> list[Kept]:
    """As they lie there, without their bytes: a month of them may not fit into memory."""
    return [_without_bytes(kept) async for kept in letters(address, stage)]


async def letter(address: str, written: str) -> Kept:
    """The one that is meant by an id or its beginning. Raises NotOne and BrokerError."""
    found = {kept.id: kept async for kept in letters(address) if kept.id.startswith(written)}
    return found[meant(written, found, "dead letter", "slugline dead list")]


def _kept(message: Message) -> Kept:
    held = DeadLetter(message.key, message.value or b"", tuple(message.headers))
    return Kept(held, message.partition, message.offset, message.timestamp)


def _without_bytes(kept: Kept) -> Kept:
    return replace(kept, letter=replace(kept.letter, value=b"")) if "size" in kept.letter.ours else kept
