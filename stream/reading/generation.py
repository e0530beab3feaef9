"""Which generation of stories speaks, by the one record that says so, and how far a switch has come. Nothing is switched here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stream.broker.problem import BrokerError
from stream.core.codec import decode, encode
from stream.core.times import read_time, write_time
from stream.reading.topic import reading
from stream.runs import FIRST
from stream.topics import GENERATION

KEY = b"live"
Phase = Literal["", "keeping", "telling", "placing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`live` speaks; `before` spoke until `at` (ms). Where there is a `next`, a switch to it is under way, begun `at`.
    `since`: by partition of story.state.v1, the offset from which what stands there is of the live generation."""

    live: str = FIRST
    before: str = ""
    next: str = ""
    phase: Phase = ""
    at: int = 0
    since: Mapping[int, int] = field(default_factory=dict)

    @property
    def value(self) -> bytes:
        told = {name: said for name in ("before", "next", "phase") if (said := getattr(self, name))}
        since = {str(partition): offset for partition, offset in self.since.items()}
        return encode({"live": self.live, "at": write_time(self.at), "since": since, **told})


async def standing(address: str) -> Standing:
    """The last record; where there is none, the stories are as they were made first. Raises BrokerError."""
    found = Standing()
    async with reading(address, GENERATION, "beginning") as reader:
        async for messages in reader.to_the_end():
            for message in messages:
                found = _read(message.value)
    return found


async def speaking(address: str) -> str:
    """The generation that workers are of. BrokerError while a switch is under way."""
    found = await standing(address)
    if found.next:
        raise BrokerError(
            f"a switch from {found.live} to {found.next} is under way on {address}: "
            f"`slugline rebuild` with what began it ends it, then start the workers"
        )
    return found.live


async def still_speaks(address: str, generation: str) -> None:
    """BrokerError where another generation speaks by now, or is about to."""
    if (live := await speaking(address)) != generation:
        raise BrokerError(f"generation {live} speaks on {address}, not {generation}: start the worker again")


def _read(value: bytes) -> Standing:
    told = decode(value)
    since = {int(partition): offset for partition, offset in told["since"].items()}
    said = {name: told.get(name, "") for name in ("before", "next", "phase")}
    return Standing(live=told["live"], at=read_time(told["at"]) or 0, since=since, **said)
