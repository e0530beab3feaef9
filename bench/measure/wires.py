"""The wire that is measured on, as raw messages, each with the report that it re-issues. Nothing is measured here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from bench.wire import wire
from stream.core.codec import decode, encode
from stream.core.front import admit
from stream.core.item import Item
from stream.core.settings import Settings

SETTINGS = Settings()
GOLD = ("parent", "kind", "contains")
LANES = ("en", "it", "es", "nl")  # languages whose lanes lie on four different partitions
ORDINARY = (2_000, 2_800)  # bytes: the items of about 2.4 KB


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as a feeder sends it; `root` is the id of the report that it re-issues, else its own."""

    raw: bytes
    id: str
    root: str
    source: str
    kind: str

    @property
    def first(self) -> bool:
        return self.id == self.root

    @property
    def key(self) -> bytes:
        return f"{self.source}:{self.id}".encode()

    @property
    def headers(self) -> dict[str, str]:
        return {"source": self.source, "id": self.id, "content-type": "application/json"}


def sent(seed: int, **settings: Any) -> Iterator[Sent]:
    """A wire without end."""
    return map(_sent, wire(seed, 10_000_000, **settings))


def some(seed: int, count: int, **settings: Any) -> list[Sent]:
    return list(islice(sent(seed, **settings), count))


def longer(one: Sent, more: str) -> Sent:
    """The same message with more at the end of its text."""
    fields = decode(one.raw)
    return replace(one, raw=encode({**fields, "text": fields.get("text", "") + more}))


def admitted(one: Sent) -> Item:
    item = admit(one.raw, one.headers, SETTINGS)
    assert isinstance(item, Item), item.reason
    return item


def dealt(messages: Iterable[dict[str, Any]]) -> Iterator[Sent]:
    """The wire in four lanes, a whole story in one: for brokers that hold little on a partition."""
    for one in messages:
        root = one["parent"] or one["id"]
        lane = LANES[int(root.rpartition("-")[2]) % len(LANES)]
        yield _sent({**one, "lang": lane})


def _sent(one: dict[str, Any]) -> Sent:
    raw = encode({name: value for name, value in one.items() if name not in GOLD})
    return Sent(raw, one["id"], one["parent"] or one["id"], one["source"], one["kind"])
