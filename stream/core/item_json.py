"""An item as the message of wire.items.v1, and back, exactly. Rules about items may not enter."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

from stream.core.item import DateReading, Furniture, FurnitureKind, Item, Sure, Where
from stream.core.receipt import read_ts
from stream.core.times import write_time

WORDS = (
    *("title", "text", "version", "dateline", "slug", "lang", "priority"),
    *("place", "origin", "lane"),
)
LISTS = ("flags", "captions", "credits")
Entry = TypeVar("Entry")

KNOWN = {"identity", "id", "source", "ts", "attempt", "aside", "dates", "furniture", *WORDS, *LISTS}


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
    """Raises ValueError, naming the field, for anything that `item_to_json` would not have written."""
    fields = _known(message, "the message", KNOWN)
    ts = read_ts(_string(fields, "ts"))
    if ts is None:
        raise ValueError("ts is no RFC 3339 time")
    for name in ("identity", "id", "source"):
        if not _string(fields, name):
            raise ValueError(f"{name} is missing")
    words: dict[str, Any] = {name: _string(fields, name) for name in WORDS}
    words |= {name: _each(fields, name, _word) for name in LISTS}
    return Item(
        identity=fields["identity"],
        id=fields["id"],
        source=fields["source"],
        ts=ts,
        attempt=_attempt(fields),
        aside=_known(fields.get("aside", {}), "aside"),
        dates=_each(fields, "dates", _date),
        furniture=_each(fields, "furniture", _furniture),
        **words,
    )


def _date_to_json(reading: DateReading) -> dict[str, Any]:
    written = {"where": reading.where, "date": reading.date, "sure": reading.sure, "written": reading.written}
    return written if reading.weekday is None else written | {"weekday": reading.weekday}


def _date(value: Any) -> DateReading:
    fields = _known(value, "a date", {"where", "date", "sure", "written", "weekday"})
    weekday = fields.get("weekday")
    if weekday is not None and (type(weekday) is not int or not 0 <= weekday <= 6):
        raise ValueError("weekday is not 0 to 6")
    return DateReading(
        where=_one_of(fields, "where", get_args(Where)),
        date=_string(fields, "date"),
        weekday=weekday,
        sure=_one_of(fields, "sure", get_args(Sure)),
        written=_string(fields, "written"),
    )


def _furniture(value: Any) -> Furniture:
    fields = _known(value, "a piece of furniture", {"kind", "written"})
    return Furniture(_one_of(fields, "kind", get_args(FurnitureKind)), _string(fields, "written"))


def _known(value: Any, what: str, names: set[str] | None = None) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} is not an object")
    if names is not None and not value.keys() <= names:
        raise ValueError(f"{what} has a field {min(value.keys() - names)!r} that is not in the contract")
    return value


def _string(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")
    return value


def _word(value: Any) -> str:
    return _string({"an entry of a list": value}, "an entry of a list")


def _one_of(fields: Mapping[str, Any], name: str, values: tuple[Any, ...]) -> Any:
    if fields.get(name) not in values:
        raise ValueError(f"{name} is not one of {', '.join(values)}")
    return fields[name]


def _each(fields: Mapping[str, Any], name: str, read: Callable[[Any], Entry]) -> tuple[Entry, ...]:
    values = fields.get(name, [])
    if not isinstance(values, list):
        raise ValueError(f"{name} is not a list")
    return tuple(read(value) for value in values)


def _attempt(fields: Mapping[str, Any]) -> int:
    attempt = fields.get("attempt", 0)
    if type(attempt) is not int or attempt < 0:
        raise ValueError("attempt is not a whole number from 0")
    return attempt
