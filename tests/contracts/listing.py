"""A schema as a flat listing, path by path: `members[].decision.score`, `<item>.closed[]` of the kind item."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

import schemas

Facts = dict[str, Any]
Listing = dict[str, Facts]
Node = dict[str, Any]

# A bound may be drawn closer in what we write, never loosened: a subscriber has sized its columns by it.
UPPER = ("maxLength", "maxItems", "maximum")
LOWER = ("minLength", "minItems", "minimum")
SHAPES = ("pattern", "format")
READ_BACK: Listing = {"": {"read_back": True}}


def documents() -> dict[str, Node]:
    """The whole contract, by file."""
    return {
        **{file: schemas.load(name) for name, file in schemas.FILES.items()},
        schemas.ASYNCAPI: yaml.safe_load(schemas.asyncapi()),
    }


def listings(contract: dict[str, Node]) -> dict[str, Listing]:
    """By message; `raw` is what feeders write, `topics` where all of it lies."""
    walk = Walk(contract)
    messages = {name: walk.message(file) for name, file in schemas.FILES.items()}
    return messages | {"raw": dict(walk.raw()), "topics": dict(walk.topics())}


@dataclass(frozen=True, slots=True)
class Walk:
    """Through the documents, from reference to reference."""

    documents: dict[str, Node]

    def message(self, file: str) -> Listing:
        schema = self.documents[file]
        return (READ_BACK if schema.get("x-read-back") else {}) | dict(self._properties(schema, file, ""))

    def raw(self) -> Iterator[tuple[str, Facts]]:
        """What feeders write: it is read back, so nothing may come to be required of them."""
        yield from READ_BACK.items()
        for part in ("headers", "object"):
            node = self.documents[schemas.ASYNCAPI]["components"]["schemas"][f"wire.raw.v1.{part}"]
            yield from self._under(node, schemas.ASYNCAPI, part, required=False)

    def topics(self) -> Iterator[tuple[str, Facts]]:
        """Every channel: partitions, cleanup, keys, and the headers that it promises."""
        for name, channel in self.documents[schemas.ASYNCAPI]["channels"].items():
            yield from self._channel(name, channel)

    def _channel(self, name: str, channel: Node) -> Iterator[tuple[str, Facts]]:
        kafka, feeds = channel["bindings"]["kafka"], name == "wire.raw.v1"
        # More partitions of the raw topic are a setting; elsewhere they would send keys to other places.
        shape = {} if feeds else {"enum": [str(kafka["partitions"])]}
        yield name, {"type": kafka["topicConfiguration"]["cleanup.policy"], "required": True, **shape}
        for message in channel["messages"].values():
            made, _ = self._resolved(message, schemas.ASYNCAPI)
            key = made["bindings"]["kafka"]["key"]["description"]
            yield f"{name} {made['contentType']}", {"required": True, "enum": [f"key: {key}"]}
        headers = self.documents[schemas.ASYNCAPI]["components"]["schemas"][f"{name}.headers"]
        if not feeds:
            yield from self._under(headers, schemas.ASYNCAPI, f"{name} headers", required=True)

    def _properties(self, node: Node, file: str, path: str) -> Iterator[tuple[str, Facts]]:
        """The properties under a node, and those of every branch, under its constant."""
        for name, value in node.get("properties", {}).items():
            if isinstance(value, dict):
                required = name in node.get("required", [])
                yield from self._under(value, file, f"{path}.{name}".removeprefix("."), required)
        for then, constant in _branches(node):
            branch, where = self._resolved(then, file)
            yield from self._properties(branch, where, f"{path}<{constant}>")

    def _under(self, value: Node, file: str, path: str, required: bool) -> Iterator[tuple[str, Facts]]:
        node, where = self._resolved(value, file)
        yield path, _facts(node, required)
        if "$id" in node:  # another message whole, which has a listing of its own
            return
        for choice in (node, *node.get("anyOf", [])):
            chosen, place = self._resolved(choice, where)
            yield from self._properties(chosen, place, path)
        if isinstance(items := node.get("items"), dict):
            yield from self._under(items, where, f"{path}[]", required=True)

    def _resolved(self, value: Node, file: str) -> tuple[Node, str]:
        """A node without its reference, and the file in which it stands."""
        while "$ref" in value:
            target, _, pointer = value["$ref"].partition("#")
            file = target or file
            value = self.documents[file]
            for step in filter(None, pointer.split("/")):
                value = value[step]
        return value, file


def _branches(node: Node) -> Iterator[tuple[Node, str]]:
    for rule in node.get("allOf", []):
        for name, value in rule.get("if", {}).get("properties", {}).items():
            if name in ("type", "kind") and "const" in value:
                yield rule["then"], value["const"]


def _facts(node: Node, required: bool) -> Facts:
    facts = {name: node[name] for name in (*SHAPES, *UPPER, *LOWER) if name in node}
    if "type" in node or "anyOf" in node:
        facts["type"] = sorted(_types(node))
    if "enum" in node or "const" in node:
        facts["enum"] = node.get("enum", [node.get("const")])
    if "x-reserved" in node:
        facts["reserved"] = node["x-reserved"]
    return facts | {"required": True} if required else facts


def _types(node: Node) -> set[str]:
    given = node.get("type", [])
    own = {given} if isinstance(given, str) else set(given)
    return own.union(
        *({"object"} if "$ref" in choice else _types(choice) for choice in node.get("anyOf", []))
    )
