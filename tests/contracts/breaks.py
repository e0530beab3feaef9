"""What in a newer contract would break those who rely on an older one, in sentences."""

from collections.abc import Iterator
from typing import Any

from tests.contracts.listing import LOWER, SHAPES, UPPER, Facts, Listing


def breaks(older: Listing, newer: Listing) -> list[str]:
    """A sentence for each path that a reader of the older would trip over; empty for additions alone."""
    gone = [f"{path}: removed or renamed" for path in older if path not in newer]
    kept = [
        f"{path}: {what}" for path in older if path in newer for what in _broken(older[path], newer[path])
    ]
    back = older.get("", {}).get("read_back", False)
    return [*gone, *kept, *(_unreadable(older, newer) if back else ())]


def _broken(older: Facts, newer: Facts) -> Iterator[str]:
    if older.get("required") and not newer.get("required"):
        yield "was always there, may now be absent"
    if older.get("type") != newer.get("type"):
        yield f"was {_words(older.get('type'))}, is {_words(newer.get('type'))}"
    yield from _values(older, newer)
    for name in SHAPES:
        if older.get(name) != newer.get(name):
            yield f"{name} was {older.get(name)}, is {newer.get(name)}"
    yield from _bounds(older, newer)


def _values(older: Facts, newer: Facts) -> Iterator[str]:
    """Values that readers switch on. Added ones are breaks too, but for those whose names were reserved."""
    before, after = older.get("enum"), newer.get("enum")
    if before is None or after is None:
        if before != after:
            yield f"values were {_words(before)}, are {_words(after)}"
        return
    reserved = older.get("reserved", [])
    yield from (f"the value {value} was removed or renamed" for value in before if value not in after)
    for value in after:
        if value not in before and value not in reserved:
            yield f"the value {value} was added, which no reader expects"


def _bounds(older: Facts, newer: Facts) -> Iterator[str]:
    for name in UPPER:
        if name in older and newer.get(name, older[name] + 1) > older[name]:
            yield f"{name} was {older[name]}, is {newer.get(name, 'none')}"
    for name in LOWER:
        if name in older and newer.get(name, older[name] - 1) < older[name]:
            yield f"{name} was {older[name]}, is {newer.get(name, 'none')}"


def _unreadable(older: Listing, newer: Listing) -> Iterator[str]:
    """We read these back: what was written before a property existed has none."""
    parents = {_parent(path) for path in older} | older.keys()
    for path, facts in newer.items():
        if not facts.get("required") or older.get(path, {}).get("required"):
            continue
        if path in older:
            yield f"{path}: now required, and what was kept before may have none"
        elif _parent(path) in parents:
            yield f"{path}: required, and what was kept before has none"


def _parent(path: str) -> str:
    """Of an entry its list, of a property its object."""
    return path.removesuffix("[]") if path.endswith("[]") else path.rpartition(".")[0]


def _words(value: Any) -> str:
    return (
        "anything"
        if value is None
        else " or ".join(map(str, value))
        if isinstance(value, list)
        else str(value)
    )
