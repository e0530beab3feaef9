"""The last state of every story on story.state.v1. How it is shown may not enter."""

from dataclasses import dataclass, field
from typing import Any

from stream.core.codec import decode, encode
from stream.reading.topic import reading
from stream.topics import STATE

State = dict[str, Any]


@dataclass
class Stories:
    """`states` by story id; `unread` tells where what stood on the topic was no state."""

    states: dict[str, State] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def canonical(self) -> list[bytes]:
        """Canonical JSON by story id, as `slugline fold --stories` prints it."""
        return [encode(self.states[story]) for story in sorted(self.states)]

    def newest_first(self) -> list[State]:
        return sorted(
            self.states.values(), key=lambda state: (state["seen"]["last"], state["id"]), reverse=True
        )


async def stories(address: str, topic: str = STATE) -> Stories:
    """Every story, open and closed; of a run where its topic is named. Raises BrokerError."""
    last: dict[bytes | None, tuple[str, bytes | None]] = {}
    async with reading(address, topic, "beginning") as reader:
        async for messages in reader.to_the_end():
            for message in messages:
                last[message.key] = (f"{topic}[{message.partition}] {message.offset}", message.value)
    found = Stories()
    for where, value in last.values():
        if value is not None:  # a key without a value is a story taken away
            _take(found, where, value)
    return found


def _take(found: Stories, where: str, value: bytes) -> None:
    try:
        state = decode(value)
        found.states[state["id"]] = state
    except (ValueError, KeyError, TypeError):
        found.unread.append(f"{where} is no story state")
