"""Events read back from story.events.v1, and which are distinct. How they are shown may not enter."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from stream.core.codec import decode, encode
from stream.core.events import Kind, from_binary
from stream.reading.topic import Message

Structured = dict[str, Any]
KINDS: tuple[str, ...] = get_args(Kind)
_TYPE = "org.slugline.story.{}.v1"


@dataclass(frozen=True, slots=True)
class Unread:
    """A message that is no event: where it stands, and what it lacks."""

    what: str


def full_type(name: str) -> str:
    """`updated` or the whole type, as the whole type. ValueError for what is never published."""
    types = {kind: _TYPE.format(kind) for kind in KINDS}
    if name not in types and name not in types.values():
        raise ValueError(f"{name!r}: it is one of {', '.join(types)}")
    return types.get(name, name)


def kind_of(event: Mapping[str, Any]) -> str:
    """`updated`, of `org.slugline.story.updated.v1`."""
    return str(event["type"]).removeprefix("org.slugline.story.").removesuffix(".v1")


def read_event(message: Message) -> Structured | Unread:
    """One message of the topic, whatever stands there."""
    headers = {name: value.decode("utf-8", "replace") for name, value in message.headers}
    try:
        return from_binary(headers, decode(message.value or b""))
    except (KeyError, ValueError) as error:
        lacks = f"no header {error.args[0]}" if isinstance(error, KeyError) else "its value is not JSON"
        return Unread(f"{message.topic}[{message.partition}] {message.offset} is no event: {lacks}")


@dataclass
class Distinct:
    """Events each once, however often they stood on the topic: the form in which two runs are compared."""

    seen: set[tuple[str, str, str, bytes]] = field(default_factory=set)

    def take(self, event: Structured) -> None:
        self.seen.add((event["subject"], event["sequence"], event["id"], encode(event)))

    def lines(self) -> Iterator[bytes]:
        """Canonical JSON by subject, sequence, id, as `slugline fold --events` prints it."""
        return (line for *_, line in sorted(self.seen))

    def clashes(self) -> list[str]:
        """Ids under which more than one event was published: law 2 is broken."""
        times = Counter(event for _, _, event, _ in self.seen)
        return sorted(event for event, count in times.items() if count > 1)
