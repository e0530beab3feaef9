"""Every message that a test sees on a topic is held against its contract by these functions. No test lives here."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

import schemas
from stream.core.codec import decode, encode
from stream.core.cut import MOST_LISTED
from stream.core.dead import OURS, DeadLetter
from stream.core.edit_json import EDIT
from stream.core.events import from_binary
from stream.topics import DEAD, EVENTS, GENERATION, ITEMS, MAX_EVENT_BYTES, RAW, RECORDS, STATE

Headers = Iterable[tuple[str, bytes]]
LISTED = 5  # errors told of one message


@cache
def registry() -> Registry[Any]:
    """The schemas by their file names, which is how they refer to one another, and the AsyncAPI document."""
    named = [(file, schemas.load(name)) for name, file in schemas.FILES.items()]
    named.append((schemas.ASYNCAPI, yaml.safe_load(schemas.asyncapi())))
    return Registry().with_resources(
        (file, Resource.from_contents(contents, default_specification=DRAFT202012))
        for file, contents in named
    )


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas.load(name), registry=registry())


@cache
def header_validator(topic: str) -> Draft202012Validator:
    """Of the headers of a topic, as the AsyncAPI document has them."""
    where = {"$ref": f"{schemas.ASYNCAPI}#/components/schemas/{topic}.headers"}
    return Draft202012Validator(where, registry=registry())


def errors(name: str, message: Any) -> list[str]:
    """What is wrong with a decoded message, and where; empty if nothing is."""
    return _told(validator(name), message) or _beyond(name, message)


def assert_valid(name: str, message: Any) -> None:
    """`name`: item, story, event (structured mode), record or dead (the headers as an object).
    `message`: decoded, or the bytes as they are on the topic."""
    value = decode(message) if isinstance(message, bytes) else message
    wrong = errors(name, value)
    assert not wrong, f"no {name} of the contract: {'; '.join(wrong)}\n{str(value)[:2_000]}"


def assert_valid_on(topic: str, key: bytes | None, value: bytes | None, headers: Headers = ()) -> None:
    """A whole message as it stands on a topic: headers, value, and the key that belongs to them."""
    first = dead_object(headers) if topic == DEAD else first_of_each(headers)
    edit = topic == ITEMS and first.get("content-type") == EDIT
    if (
        wrong := _told(header_validator(f"{topic}.edit" if edit else topic), first)
        if topic != RECORDS
        else []
    ):
        raise AssertionError(f"headers on {topic}: {'; '.join(wrong)}\n{str(first)[:2_000]}")
    if topic in (RAW, DEAD):
        return
    assert value is not None, f"{topic} has no messages without a value"
    message = decode(value)
    if topic == EVENTS:
        message = from_binary(first, message)
    assert_valid("edit" if edit else _SCHEMA[topic], message)
    owner = message[_KEY[topic]] if topic in _KEY else "live"
    assert key == owner.encode(), f"{topic}: the key is {key!r}, the message is of {owner!r}"


def first_of_each(headers: Headers) -> dict[str, str]:
    """Headers as an object: of those of one name the first, as the contract says."""
    return {name: value.decode("utf-8", "replace") for name, value in reversed([*headers])}


def dead_object(headers: Headers) -> dict[str, str]:
    """Those of a dead letter: ours up to dead.sha256, then what came, without what would pass for ours."""
    letter = DeadLetter(None, b"", tuple(headers))
    came = {name: said for name, said in first_of_each(letter.came).items() if not name.startswith(OURS)}
    return came | {f"{OURS}{name}": said for name, said in letter.ours.items()}


_SCHEMA = {ITEMS: "item", EVENTS: "event", STATE: "story", RECORDS: "record", GENERATION: "generation"}
_KEY = {ITEMS: "lane", EVENTS: "subject", STATE: "id", RECORDS: "identity"}


def _told(contract: Draft202012Validator, message: Any) -> list[str]:
    found = sorted(contract.iter_errors(message), key=lambda error: str(error.json_path))
    return [f"{error.json_path}: {error.message[:300]}" for error in found[:LISTED]]


def _beyond(name: str, message: dict[str, Any]) -> list[str]:
    """What the contract says in words and JSON Schema cannot, of a message that keeps its schema."""
    return [what for what, holds in _LAWS[name](message).items() if not holds]


def _event_laws(event: dict[str, Any]) -> dict[str, bool]:
    told, version = event["data"], event["sequence"][:10]
    return _about_laws(event, told) | {
        "the subject is not the story of the data": event["subject"] == told["story"],
        "the sequence is not of the data's version": version == f"{told['version']:010d}",
    }


def _story_laws(story: dict[str, Any]) -> dict[str, bool]:
    first = {name: story["members"][0][name] for name in ("id", "source")}
    return _about_laws(story, story) | {
        "the representative is not listed first": first == story["representative"],
        "more members are listed than counted": len(story["members"]) <= story["members_count"],
    }


def _about_laws(message: dict[str, Any], told: dict[str, Any]) -> dict[str, bool]:
    """Of what every event and the state say of a story."""
    listed, seen = min(told["origins_count"], MOST_LISTED), told.get("seen")
    return _size(message) | {
        "other origins are counted than listed": len(told["origins"]) == listed,
        "its last material change is not between first and last": (
            not seen or seen["first"] <= seen["material"] <= seen["last"]
        ),
    }


def _record_laws(record: dict[str, Any]) -> dict[str, bool]:
    item = record.get("item", record.get("edit", record) if record["kind"] == "edit" else record)
    wrong = [what for event in record.get("events", []) for what in _beyond("event", event)]
    return {
        "the item has another identity": item["identity"] == record["identity"],
        "the item has another lane": item["lane"] == record["lane"],
        "its events are of another lane": all(
            event["data"]["lane"] == record["lane"] for event in record.get("events", [])
        ),
        f"its events: {'; '.join(wrong)}": not wrong,
    }


def _size(message: dict[str, Any]) -> dict[str, bool]:
    size = len(encode(message))
    return {f"{size} bytes, {MAX_EVENT_BYTES} are the most": size <= MAX_EVENT_BYTES}


def _no_laws(_message: dict[str, Any]) -> dict[str, bool]:
    return {}


_LAWS = {
    "item": _no_laws,
    "edit": _no_laws,
    "generation": _no_laws,
    "dead": _no_laws,
    "event": _event_laws,
    "story": _story_laws,
    "record": _record_laws,
}
