"""From the bytes of a delivery to a normalised item in its lane, or why not: the stateless half. No story enters."""

from collections.abc import Mapping

from stream.core.codec import encode
from stream.core.item import Item, Rejected
from stream.core.item_json import item_to_json
from stream.core.normalise import normalise
from stream.core.parse import parse
from stream.core.settings import Settings

# No byte of a delivery takes more than 6 in JSON, and none is said more than twice (a caption is furniture too);
# what headers say, and the dates and names that are read, stay below the rest.
_MOST_GROWTH, _MOST_BESIDES = 16, 40_000


def admit(raw: bytes, headers: Mapping[str, str | bytes], settings: Settings) -> Item | Rejected:
    """Never raises: a bug that nobody foresaw is the item's rejection, and the stream goes on."""
    try:
        item = parse(raw, headers, max_bytes=settings.max_item_bytes)
        if isinstance(item, Rejected):
            return item
        return _bounded(normalise(item, settings.languages, settings.default_lane), raw, settings)
    except Exception as bug:
        return Rejected(f"{type(bug).__name__}: {bug}", raw)


def _bounded(item: Item, raw: bytes, settings: Settings) -> Item | Rejected:
    """What wire.items.v1 takes: checked here, so that a fold refuses what a broker would."""
    if len(raw) * _MOST_GROWTH + _MOST_BESIDES < settings.max_message_bytes:
        return item
    size = len(encode(item_to_json(item)))
    if size > settings.max_message_bytes:
        return Rejected(f"{size} bytes when normalised, at most {settings.max_message_bytes} are taken", raw)
    return item
