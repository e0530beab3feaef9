"""Laws of the AsyncAPI document: it agrees with the table of topics, with the code, and with itself.

The document was held against AsyncAPI's own 3.0 schema and parser when it was written. They are too large to be kept
here; what a slip of the pen could break is checked by these tests.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import schemas
from bench.wire import wire
from examples.feed import EXAMPLE, message
from replay.inputs import read
from stream.core.codec import decode
from stream.core.events import binary
from stream.core.parse import JSON, NORMALISED, TEXT
from stream.topics import RAW, RECORDS, table
from tests.contracts.validate import assert_valid_on, registry

FOLDER = Path(schemas.__file__).parent
DOCUMENT = yaml.safe_load(schemas.asyncapi())
PUBLIC = [topic for topic in table() if topic.name != RECORDS]
KINDS = {"info", "servers", "channels", "operations", "components", "asyncapi", "id", "defaultContentType"}


def test_it_has_the_parts_of_asyncapi_3() -> None:
    """And no other; a version, a title and a licence."""
    assert DOCUMENT.keys() == KINDS
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert DOCUMENT["info"].keys() >= {"title", "version", "license", "description"}
    assert {server["protocol"] for server in DOCUMENT["servers"].values()} == {"kafka"}


def test_its_channels_are_the_public_topics() -> None:
    """Every topic but the worker's own changelog, under its own name."""
    assert [channel["address"] for channel in DOCUMENT["channels"].values()] == list(DOCUMENT["channels"])
    assert set(DOCUMENT["channels"]) == {topic.name for topic in PUBLIC}


@pytest.mark.parametrize("topic", PUBLIC, ids=lambda topic: topic.name)
def test_a_channel_is_as_the_table_says(topic: Any) -> None:
    """Partitions, cleanup, retention, the largest message, and the key of each of its messages."""
    kafka = DOCUMENT["channels"][topic.name]["bindings"]["kafka"]
    retention = {} if topic.retention_ms is None else {"retention.ms": topic.retention_ms}
    assert kafka == {
        "topic": topic.name,
        "partitions": topic.partitions,
        "topicConfiguration": {
            "cleanup.policy": [topic.cleanup],
            "max.message.bytes": topic.max_message_bytes,
            **retention,
        },
        "bindingVersion": "0.5.0",
    }
    keys = {made["bindings"]["kafka"]["key"]["description"] for made in messages(topic.name)}
    assert {key.removeprefix("the ") for key in keys} == {topic.key}


@pytest.mark.parametrize("topic", [topic for topic in PUBLIC if topic.schema], ids=lambda topic: topic.name)
def test_its_messages_are_of_the_topics_schema(topic: Any) -> None:
    """By value, or, of dead letters, by headers."""
    for made in messages(topic.name):
        contract = made["headers"] if topic.schema == "dead" else made["payload"]
        assert contract["schemaFormat"] == "application/schema+json;version=draft-2020-12"
        names = {schemas.FILES[name] for name in (topic.schema, topic.also) if name}
        assert contract["schema"]["$ref"].partition("#")[0] in names


def test_every_reference_leads_somewhere() -> None:
    """Within the document, and into the schemas beside it."""
    found = list(references(DOCUMENT))
    assert len(found) > 30
    resolver = registry().resolver(base_uri=schemas.ASYNCAPI)
    for reference in found:
        assert resolver.lookup(reference).contents


def test_every_topic_is_used_and_every_operation_has_its_topic() -> None:
    """Slugline receives what feeders send, and sends everything else."""
    operations = DOCUMENT["operations"].values()
    used = {(operation["action"], operation["channel"]["$ref"]) for operation in operations}
    assert ("receive", f"#/channels/{RAW}") in used
    assert {channel for _, channel in used} == {f"#/channels/{topic.name}" for topic in PUBLIC}


@pytest.mark.parametrize("name", sorted(DOCUMENT["components"]["schemas"]))
def test_its_own_schemas_are_json_schema(name: str) -> None:
    """The headers of each topic, and the object that feeders send."""
    Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][name])


def test_every_type_of_event_is_a_message() -> None:
    """Its name is its ce_type, its payload the data of that type, its headers say so."""
    types = schemas.load("event")["properties"]["type"]["enum"]
    told = {made["name"]: made for made in messages("story.events.v1")}
    assert list(told) == types
    for name, made in told.items():
        kind = name.removeprefix("org.slugline.story.").removesuffix(".v1")
        assert made["payload"]["schema"] == {"$ref": f"event.v1.json#/$defs/{kind}"}
        assert {"properties": {"ce_type": {"const": name}}} in made["headers"]["allOf"]


def test_an_event_in_binary_mode_keeps_the_contract() -> None:
    """Attributes in headers, data alone as value, the story id as key; without one attribute it is broken."""
    example = decode((FOLDER / "examples/event/seeds-updated.json").read_bytes())
    key, headers, value = binary(example)
    assert_valid_on("story.events.v1", key, value, headers)
    for gone in headers:
        with pytest.raises(AssertionError, match=gone[0]):
            assert_valid_on("story.events.v1", key, value, [one for one in headers if one != gone])
    with pytest.raises(AssertionError, match="the key is"):
        assert_valid_on("story.events.v1", b"0" * 24, value, headers)


def test_what_feeders_send_keeps_the_contract() -> None:
    """The example feeder, replay of the seeds, and a generated wire; an item that says nothing does not."""
    key, headers = message(EXAMPLE)
    assert_valid_on(RAW, key, EXAMPLE, headers)
    for given in read([], BytesIO()):
        assert_valid_on(
            RAW, given.key, given.raw, [(name, said.encode()) for name, said in given.headers.items()]
        )
    contract = Draft202012Validator(DOCUMENT["components"]["schemas"]["wire.raw.v1.object"])
    for one in (decode(EXAMPLE), *wire(3, 100)):
        contract.validate(one)
    assert not contract.is_valid({"id": "w-17", "source": "sundial"})
    assert not contract.is_valid(["w-17"])


def test_content_types_are_those_that_the_front_door_takes() -> None:
    """One message of the raw topic for each."""
    assert {made["contentType"] for made in messages(RAW)} == {JSON, TEXT, NORMALISED}


def messages(channel: str) -> list[dict[str, Any]]:
    names = [one["$ref"].rpartition("/")[2] for one in DOCUMENT["channels"][channel]["messages"].values()]
    return [DOCUMENT["components"]["messages"][name] for name in names]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)
