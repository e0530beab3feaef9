"""An item as the message of wire.items.v1, and back, exactly. Rules about items may not enter."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from stream.core.fields import LONGEST
from stream.core.item import DateReading, Furniture, FurnitureKind, Item, Sure, Where
from stream.core.readers import Reader, anything, each, fields, form, length, one_of, text, whole
from stream.core.receipt import read_ts
from stream.core.times import write_time

WORDS: Final = (
    *("title", "text", "version", "dateline", "slug", "lang", "priority"),
    *("place", "origin", "lane"),
)
LISTS: Final = ("flags", "captions", "credits")
MOST_DATES: Final = 24
LONGEST_AGENCY: Final = 64
LONGEST_FLAG: Final = 64


def item_to_json(item: Item) -> dict[str, Any]:
    """The message: what is empty is left out."""
    optional: dict[str, Any] = {name: getattr(item, name) for name in WORDS}
    optional |= {name: list(getattr(item, name)) for name in LISTS}
    optional["attempt"] = item.attempt
    optional["aside"] = dict(item.aside)
    optional["dates"] = [_date_to_json(reading) for reading in item.dates]
    optional["furniture"] = [{"kind": taken.kind, "written": taken.written} for taken in item.furniture]
    required = {"identity": item.identity, "id": item.id, "source": item.source, "ts": write_time(item.ts)}
    return required | {name: value for name, value in optional.items() if value}


def item_from_json(message: Any) -> Item:
    """Raises ValueError, naming the field, for what the contract does not allow.

    An empty field passes for an absent one, and so does an item without a lane: it is not normalised yet.
    """
    return Item(**_item("the message", message))


def _date_to_json(reading: DateReading) -> dict[str, Any]:
    written = {"where": reading.where, "date": reading.date, "sure": reading.sure, "written": reading.written}
    return written if reading.weekday is None else written | {"weekday": reading.weekday}


_DAY: Final = "(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_time: Final = form(
    rf"[0-9]{{4}}-{_DAY}T[0-9:]{{8}}\.[0-9]{{3}}Z", "an RFC 3339 time in UTC with milliseconds"
)


def time(name: str, value: Any) -> int:
    """In milliseconds."""
    moment = read_ts(_time(name, value))
    if moment is None:
        raise ValueError(f"{name} is no time of the years 1 to 9998")
    return moment


_DATE: Final[Mapping[str, Reader]] = {
    "where": one_of(get_args(Where)),
    "date": form(f"(?:(?:[0-9]{{4}}|-)-{_DAY})?", "an ISO date"),
    "weekday": whole(0, 6),
    "sure": one_of(get_args(Sure)),
    "written": text,
}
_FURNITURE: Final[Mapping[str, Reader]] = {"kind": one_of(get_args(FurnitureKind)), "written": text}
_date: Final = fields(_DATE, frozenset(_DATE) - {"weekday"})
_piece: Final = fields(_FURNITURE, frozenset(_FURNITURE))


def _reading(name: str, value: Any) -> DateReading:
    read = _date(name, value)
    return DateReading(read["where"], read["date"], read.get("weekday"), read["sure"], read["written"])


def _furniture(name: str, value: Any) -> Furniture:
    read = _piece(name, value)
    return Furniture(read["kind"], read["written"])


# Texts, and what was taken off them, may be of any length.
_FIELDS: Final[Mapping[str, Reader]] = {
    "identity": form("[0-9a-f]{32}", "32 hexadecimal digits"),
    **dict.fromkeys(("id", "source"), length(1, LONGEST)),
    "ts": time,
    "lane": form("[a-z]{2,3}", "two or three small letters"),
    **dict.fromkeys(("title", "text", "dateline", "place"), text),
    **dict.fromkeys(("version", "slug", "lang", "priority"), length(0, LONGEST)),
    "origin": length(0, LONGEST_AGENCY),
    "credits": each(length(0, LONGEST_AGENCY)),
    "captions": each(text),
    "flags": each(
        form(rf"(?=.{{1,{LONGEST_FLAG}}}$)[a-z][a-z-]*\.[a-z]+", "a field and what was wrong with it")
    ),
    "attempt": whole(0, 1_000_000),
    "aside": anything,
    "dates": each(_reading, MOST_DATES),
    "furniture": each(_furniture),
}
KNOWN: Final = set(_FIELDS)
_item: Final = fields(_FIELDS, frozenset({"identity", "id", "source", "ts"}))


def item_from_message(message: Any) -> Item:
    """Of wire.items.v1, where every item has its lane. Raises ValueError, saying what is wrong with it."""
    item = item_from_json(message)
    if not item.lane:
        raise ValueError("the item has no lane")
    return item
