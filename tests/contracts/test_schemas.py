"""Laws of the schemas: valid themselves, in step with the code, kept by their examples, broken by what is wrong."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

import schemas
from stream.core import cut, edit, edit_json, events, item, item_json, story
from stream.core.codec import decode
from stream.core.dead import LONGEST_ERROR, Stage
from stream.core.fields import LONGEST
from stream.topics import table
from tests.contracts import mutations
from tests.contracts.listing import Listing, documents, listings
from tests.contracts.validate import assert_valid, errors

FOLDER = Path(schemas.__file__).parent
EXAMPLES: dict[tuple[str, str], dict[str, Any]] = {
    (file.parent.name, file.stem): decode(file.read_bytes())
    for file in sorted((FOLDER / "examples").glob("*/*.json"))
}
EACH = [pytest.param(name, example, id=f"{name}-{stem}") for (name, stem), example in EXAMPLES.items()]
EACH_CLOSED = [one for one in EACH if not str(one.id).startswith("dead")]
LISTINGS = listings(documents())
OPTIONAL = {"dead"}  # any header may come along with a dead letter, so no name is one too many


@pytest.mark.parametrize("name", schemas.FILES)
def test_a_schema_is_json_schema_2020_12(name: str) -> None:
    """By the draft's own meta-schema; its $id is its file's name, so that references work in any folder."""
    schema = schemas.load(name)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == schemas.FILES[name]


@pytest.mark.parametrize("name", schemas.FILES)
def test_every_property_says_what_it_means(name: str) -> None:
    """A description of its own, or that of the definition which it refers to."""
    assert [where for where, node in properties(schemas.load(name)) if not described(node, name)] == []


@pytest.mark.parametrize("name", sorted(schemas.FILES.keys() - OPTIONAL))
def test_objects_are_closed(name: str) -> None:
    """No object of ours takes a name that its schema does not list."""
    nodes = [node for _, node in objects(schemas.load(name))]
    assert nodes
    open_ones = [
        node
        for node in nodes
        if "properties" in node and node.get("additionalProperties") is not False and "allOf" not in node
    ]
    assert open_ones == []


def test_every_topic_names_its_schema() -> None:
    """What the table of topics calls a message can be loaded; the raw topic has bytes as they came."""
    named = {name: topic.name for topic in table() for name in (topic.schema, topic.also) if name}
    assert named.keys() == schemas.FILES.keys()
    assert {name: schemas.load(name)["x-topic"] for name in named} == named


@pytest.mark.parametrize(
    ("message", "path", "values"),
    [
        ("item", "dates[].where", get_args(item.Where)),
        ("item", "dates[].sure", get_args(item.Sure)),
        ("item", "furniture[].kind", get_args(item.FurnitureKind)),
        ("story", "members[].role", get_args(story.Role)),
        ("story", "members[].decision.relation", get_args(story.Relation)),
        ("story", "conflicts[].readings[].where", get_args(item.Where)),
        ("record", "<item>.decision.relation", get_args(story.Relation)),
        ("record", "kind", ("item", "edit", "dead", "shrunk")),
        ("edit", "edit", get_args(edit.Kind)),
        ("event", "type", tuple(f"org.slugline.story.{kind}.v1" for kind in get_args(events.Kind))),
        ("dead", "dead.stage", get_args(Stage)),
    ],
)
def test_the_values_are_those_of_the_code(message: str, path: str, values: tuple[str, ...]) -> None:
    """A value that the code may write and the schema does not know, or the other way round, is found here."""
    assert set(LISTINGS[message][path]["enum"]) == set(values)


def test_the_item_has_the_fields_that_the_code_reads() -> None:
    """Its properties are those which item_from_json knows; its limits are the front door's."""
    properties_of_item = schemas.load("item")["properties"]
    assert set(properties_of_item) == item_json.KNOWN
    assert LISTINGS["item"]["id"]["maxLength"] == LONGEST
    assert LISTINGS["item"]["origin"]["maxLength"] == item_json.LONGEST_AGENCY
    assert LISTINGS["item"]["flags[]"]["maxLength"] == item_json.LONGEST_FLAG
    assert LISTINGS["item"]["dates"]["maxItems"] == item_json.MOST_DATES
    assert LISTINGS["dead"]["dead.error"]["maxLength"] == LONGEST_ERROR


def test_the_edit_has_the_fields_that_the_code_reads() -> None:
    """Its properties are those which edit_from_json knows; its limits are the code's."""
    assert set(schemas.load("edit")["properties"]) == edit_json.KNOWN
    assert LISTINGS["edit"]["editor"]["maxLength"] == edit.LONGEST_EDITOR
    assert LISTINGS["edit"]["note"]["maxLength"] == edit.LONGEST_NOTE
    assert LISTINGS["edit"]["members"]["maxItems"] == edit.MOST_MEMBERS
    assert LISTINGS["edit"]["others"]["maxItems"] == edit.MOST_STORIES - 1


@pytest.mark.parametrize("example", [example for (name, _), example in EXAMPLES.items() if name == "edit"])
def test_what_the_contract_of_an_edit_refuses_is_not_read(example: dict[str, Any]) -> None:
    """As of an item: by the desk's own reader, which reads back what it refuses nothing of."""
    assert edit_json.edit_to_json(edit_json.edit_from_json(example)) == example
    changed = [
        *mutations.without(example),
        *mutations.with_another(example),
        *mutations.with_wrong_types(example),
        *mutations.with_wrong_words(example, WRONG_WORDS),
    ]
    refused = [(what, message) for what, message in changed if errors("edit", message)]
    assert refused
    assert [what for what, message in refused if not unread(message, edit_json.edit_from_json)] == []


@pytest.mark.parametrize("example", [example for (name, _), example in EXAMPLES.items() if name == "item"])
def test_what_the_contract_refuses_is_not_read(example: dict[str, Any]) -> None:
    """A field left out, of another type, of another form, or one too many: item_from_json refuses it too."""
    assert item_json.item_to_json(item_json.item_from_json(example)) == example
    changed = [
        *mutations.without(example),
        *mutations.with_another(example),
        *mutations.with_wrong_types(example),
        *mutations.with_wrong_words(example, WRONG_WORDS),
    ]
    refused = [(what, message) for what, message in changed if errors("item", message)]
    refused = [one for one in refused if one[0] != ("lane",)]  # what has none is not normalised yet
    assert refused
    assert [what for what, message in refused if not unread(message)] == []


def unread(message: Any, reader: Callable[[Any], object] = item_json.item_from_json) -> bool:
    try:
        reader(message)
    except ValueError:
        return True
    return False


def test_lists_are_cut_where_the_contract_says() -> None:
    """What the code lists of origins and flags, and no more."""
    for message, path in (("story", "origins"), ("event", "<org.slugline.story.updated.v1>.data.origins")):
        assert LISTINGS[message][path]["maxItems"] == cut.MOST_LISTED
    assert LISTINGS["story"]["members[].flags"]["maxItems"] == cut.MOST_LISTED


def test_the_names_of_what_comes_are_reserved() -> None:
    """The event types that later versions add, in the schema as in the code."""
    reserved = schemas.load("event")["properties"]["type"]["x-reserved"]
    assert reserved == [f"org.slugline.story.{kind}.v1" for kind in events.RESERVED]


SWITCHES = {"event": "type", "record": "kind", "dead": "dead.stage", "story": "status", "edit": "edit"}


@pytest.mark.parametrize("name", schemas.FILES)
def test_every_message_has_examples(name: str) -> None:
    """And every variant of it: each type of event, each kind of record, each stage of a dead letter."""
    shown = [example for (of, _), example in EXAMPLES.items() if of == name]
    switch = SWITCHES.get(name)
    assert shown
    if switch:
        assert {one[switch] for one in shown} == set(LISTINGS[name][switch]["enum"])


@pytest.mark.parametrize(("name", "example"), EACH)
def test_an_example_is_valid(name: str, example: dict[str, Any]) -> None:
    """By its schema, and by what the schema says in words."""
    assert_valid(name, example)


@pytest.mark.parametrize(("name", "example"), EACH)
def test_what_is_required_cannot_be_left_out(name: str, example: dict[str, Any]) -> None:
    """Each property that is required, left out of the example, makes it invalid; each other one may be absent."""
    required = needed(LISTINGS[name], name, example)
    assert required
    told = {steps: errors(name, message) for steps, message in mutations.without(example)}
    assert [steps for steps, found in told.items() if steps in required and not found] == []


@pytest.mark.parametrize(("name", "example"), EACH)
def test_a_wrong_type_is_refused(name: str, example: dict[str, Any]) -> None:
    """Each value of the example, replaced by each other type."""
    wrong = list(mutations.with_wrong_types(example))
    assert len(wrong) >= 3 * len(example)
    assert [what for what, message in wrong if not errors(name, message)] == []


@pytest.mark.parametrize(("name", "example"), EACH_CLOSED)
def test_an_unknown_name_is_refused(name: str, example: dict[str, Any]) -> None:
    """In every object of the example: what we write has no name that the contract does not list."""
    assert [what for what, message in mutations.with_another(example) if not errors(name, message)] == []


WRONG_WORDS = {
    "identity": "d72261722d9169cdc3a79eaa4a0eaa1G",
    "ts": "2024-05-02T00:00:00Z",
    "time": "2024-13-02T00:00:00.000Z",
    "first": "2024-05-02 00:00:00.000Z",
    "sequence": "2.1",
    "subject": "c4cb4778b1ef7b55ab9dcf4b00",
    "family": "",
    "engine": "latest",
    "type": "org.slugline.story.killed.v1",
    "source": "",
    "specversion": "1.0.2",
    "lane": "en-GB",
    "relation": "repeat",
    "role": "author",
    "day": "2 May 2024",
    "weekday": "Mon",
    "sure": "certain",
    "where": "photo",
    "status": "killed",
    "kind": "note",
    "edit": "correct",
    "at": "2024-05-02T00:00:00Z",
    "dead.stage": "alerts",
    "dead.offset": "-1",
    "dead.sha256": "44136fa3",
}


@pytest.mark.parametrize(("name", "example"), EACH)
def test_a_wrong_word_is_refused(name: str, example: dict[str, Any]) -> None:
    """An id of another form, a time without milliseconds, a value that is not listed, a reserved type."""
    wrong = list(mutations.with_wrong_words(example, WRONG_WORDS))
    assert wrong
    accepted = [what for what, message in wrong if not errors(name, message)]
    assert [what for what in accepted if not (name == "dead" and "'source'" in what)] == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("event", {"subject": "0" * 24}),
        ("event", {"sequence": "0000000007.01"}),
        ("story", {"members_count": 1}),
        ("story", {"representative": {"id": "another", "source": "file"}}),
        ("record", {"lane": "fr"}),
        ("record", {"identity": "0" * 32}),
        ("dead", {"dead.note": "no header of ours"}),
        ("dead", {"dead.input": "wire.jsonl:17"}),
    ],
)
def test_what_the_schema_says_in_words_is_held(name: str, wrong: dict[str, Any]) -> None:
    """Agreement between the parts of one message, which JSON Schema cannot state."""
    example = EXAMPLES[
        name, {"event": "seeds-updated", "story": "seeds", "record": "item", "dead": "retried"}[name]
    ]
    assert_valid(name, example)
    with pytest.raises(AssertionError):
        assert_valid(name, example | wrong)


def needed(listing: Listing, name: str, example: dict[str, Any]) -> set[mutations.Steps]:
    """Where in the example a property stands that its schema requires."""
    variant = str(example.get({"event": "type", "record": "kind"}.get(name, ""), ""))
    required = {
        path.removeprefix(f"<{variant}>").removeprefix(".")
        for path in listing
        if listing[path].get("required")
    }
    return {steps for steps, _ in mutations.without(example) if dotted(steps) in required}


def dotted(steps: mutations.Steps) -> str:
    return re.sub(r"\.\[\]", "[]", ".".join("[]" if isinstance(step, int) else step for step in steps))


def objects(node: Any, where: str = "") -> Any:
    if isinstance(node, dict):
        yield where, node
        for name, value in node.items():
            if name not in ("if", "then", "else", "allOf", "enum", "const", "x-reserved"):
                yield from objects(value, f"{where}/{name}")


def properties(schema: dict[str, Any]) -> Any:
    for where, node in objects(schema):
        for name, value in (
            node.get("properties", {}).items()
            if "properties" in node and where[-11:] != "/properties"
            else ()
        ):
            yield f"{where}/{name}", value


def described(node: Any, name: str) -> bool:
    if "description" in node:
        return bool(node["description"].endswith((".", "…")))
    file, _, pointer = str(node.get("$ref", "")).partition("#")
    target: Any = decode((FOLDER / (file or schemas.FILES[name])).read_bytes())
    for step in filter(None, pointer.split("/")):
        target = target[step]
    return "$ref" in node and "description" in target
