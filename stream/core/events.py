"""What is published of a story: CloudEvents 1.0 with derived ids. Topics, partitions and hosts may not enter.

Binary mode on Kafka: attributes in `ce_` headers, the data alone as value. Structured mode: one JSON object.
"""

from dataclasses import dataclass
from typing import Any, Literal

from stream.core.codec import encode
from stream.core.ids import digest
from stream.core.times import write_time

Kind = Literal["created", "updated", "echoed", "conflict.opened", "merged", "split", "closed"]
RESERVED = ("corrected", "killed", "conflict.resolved")
SOURCE = "urn:slugline:desk"
CONTENT_TYPE = "application/json"
CLOSED = "org.slugline.story.closed.v1"


@dataclass(frozen=True, slots=True)
class Event:
    """`time` in ms of event time; `version` and `ordinal` order the events of one story."""

    id: str
    kind: Kind
    story: str
    time: int
    version: int
    ordinal: int
    data: dict[str, Any]

    @property
    def type(self) -> str:
        return f"org.slugline.story.{self.kind}.v1"

    @property
    def sequence(self) -> str:
        """Text order is event order: `0000000002.01`."""
        return f"{self.version:010d}.{self.ordinal:02d}"


def event(
    identity: str, kind: Kind, story: str, time: int, version: int, ordinal: int, data: dict[str, Any]
) -> Event:
    """`identity` is that of the delivery that caused it: its repeat gives the same id."""
    made = digest(identity, f"org.slugline.story.{kind}.v1", story, f"{version}.{ordinal}")
    return Event(made, kind, story, time, version, ordinal, data)


def structured(event: Event) -> dict[str, Any]:
    """The whole event as one JSON object."""
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": SOURCE,
        "type": event.type,
        "subject": event.story,
        "time": write_time(event.time),
        "sequence": event.sequence,
        "datacontenttype": CONTENT_TYPE,
        "data": event.data,
    }


def binary(structured: dict[str, Any]) -> tuple[bytes, list[tuple[str, bytes]], bytes]:
    """Key, headers and value of the Kafka message, from structured mode."""
    attributes = [(f"ce_{name}", str(structured[name]).encode()) for name in _ATTRIBUTES]
    headers = [("content-type", structured["datacontenttype"].encode()), *attributes]
    return structured["subject"].encode(), headers, encode(structured["data"])


_ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time", "sequence")


def from_binary(headers: dict[str, str], data: Any) -> dict[str, Any]:
    """Structured mode again, from a message's headers and decoded value."""
    whole = {name: headers[f"ce_{name}"] for name in _ATTRIBUTES}
    return {**whole, "datacontenttype": headers.get("content-type", CONTENT_TYPE), "data": data}
