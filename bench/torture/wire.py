"""What is sent: the wire of 1987 where it is at hand, else a made-up one, dealt to six lanes. No broker may enter."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zlib import crc32

from bench.checks.ground import ITEMS, place
from bench.wire import wire
from stream.core.codec import decode, encode

LANES = ("en", "de", "fr", "it", "es", "pt")  # the texts stay English: what matters is that lanes are several
MADE_UP = 12_000  # items, about as many as the real wire has


@dataclass(frozen=True, slots=True)
class Wire:
    """Lines of JSON with the ids that they bear, in the order in which they are sent."""

    name: str
    lines: tuple[bytes, ...]
    ids: tuple[str, ...]


def dealt(most: int | None) -> Wire:
    """The first `most` items; those of one desk (the first topic that they name) are in one lane, so that they meet."""
    real = place() / ITEMS
    name, items = ("wire-1987", _real(real)) if real.is_file() else ("made-up wire", _made_up(most))
    chosen = [{**item, "lang": lane(item)} for item in items[:most]]
    ids = tuple(str(item["id"]) for item in chosen)
    return Wire(name, tuple(encode(item) for item in chosen), ids)


def lane(item: dict[str, object]) -> str:
    """By the item's first topic, by the story that it issues again, or by itself."""
    topics = item.get("topics")
    told = topics[0] if isinstance(topics, list) and topics else item.get("parent") or item["id"]
    return LANES[crc32(str(told).encode()) % len(LANES)]


def _real(path: Path) -> list[dict[str, object]]:
    return [decode(line) for line in path.read_bytes().splitlines()]


def _made_up(most: int | None) -> list[dict[str, object]]:
    return list(islice(wire(1987, most or MADE_UP), most))
