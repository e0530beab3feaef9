"""Laws of change: what subscribers rely on stays. A break fails here, with the words that say what to do instead."""

from collections.abc import Callable
from typing import Any

import pytest

import schemas
from tests.contracts.breaks import breaks
from tests.contracts.frozen import broken, published
from tests.contracts.listing import Facts, Listing, documents, listings

NOW = listings(documents())
KILLED = "org.slugline.story.killed.v1"
Edit = Callable[[dict[str, Any]], object]

INSTEAD = """

This breaks those who read what was published. Within v1 add instead: a property that may be absent, an event type
whose name is reserved. What cannot be done so is a new version, <name>.v2.json, on a topic of its own."""
RENEW = "the contract has grown: python -m tests.contracts.frozen publishes the additions"


def test_nothing_published_is_broken() -> None:
    """Every path, type, value and bound of schemas/frozen is still kept."""
    found = broken()
    assert not found, "\n".join(found) + INSTEAD


def test_everything_is_published() -> None:
    """What was added is published too, so that it cannot be taken away unseen."""
    assert published() == NOW, RENEW


@pytest.mark.parametrize("name", NOW)
def test_the_same_contract_breaks_nothing(name: str) -> None:
    """And an empty one would break all of it."""
    assert breaks(NOW[name], NOW[name]) == []
    assert len(breaks(NOW[name], {})) >= len(NOW[name])


@pytest.mark.parametrize("name", NOW)
def test_every_path_is_guarded(name: str) -> None:
    """Removed, made optional, of another type or form, with a value more or less: each is told, with its path."""
    for path, facts in NOW[name].items():
        if path:
            for worse in worsened(facts):
                told = breaks(NOW[name], {**NOW[name], path: worse})
                assert any(one.startswith(f"{path}: ") for one in told), (path, worse)
            assert any(f"{path}: removed" in one for one in breaks(NOW[name], without(NOW[name], path)))


BREAKS: list[tuple[str, str, Edit]] = [
    ("event", "the value org.slugline.story.echoed.v1 was removed", lambda s: types(s).remove("org.slugline.story.echoed.v1")),
    ("event", "the value org.slugline.story.noted.v1 was added", lambda s: types(s).append("org.slugline.story.noted.v1")),
    ("event", "data.material: removed or renamed", lambda s: rename(s["$defs"]["updated"], "material", "important")),
    ("event", "data.item: was always there, may now be absent", lambda s: s["$defs"]["created"]["required"].remove("item")),
    ("event", "data.material: was boolean, is object", lambda s: retype(s["$defs"]["updated"], "material")),
    ("event", "sequence: pattern was", lambda s: s["properties"]["sequence"].update(pattern="^[0-9]+$")),
    ("event", "values were urn:slugline:desk", lambda s: s["properties"]["source"].pop("const")),
    ("story", "headline: maxLength was", lambda s: s["$defs"]["headline"].pop("maxLength")),
    ("story", "members[].role: the value wrap-up was added", lambda s: values(s["$defs"]["member"], "role").append("wrap-up")),
    ("story", "seen.material: removed or renamed", lambda s: rename(s["$defs"]["seen"], "material", "new")),
    ("item", "title: was string, is null or string", lambda s: s["properties"]["title"].update(type=["string", "null"])),
    ("item", "wire: required, and what was kept before", lambda s: add(s, "wire", required=True)),
    ("item", "text: now required, and what was kept before", lambda s: s["required"].append("text")),
    ("record", "<shrunk>.count: required, and what was kept before", lambda s: add(s["$defs"]["shrunk"], "count", required=True)),
    ("dead", "dead.stage: the value alerts was added", lambda s: s["properties"]["dead.stage"]["enum"].append("alerts")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told", "edit"), BREAKS, ids=[f"{name}-{told[:40]}" for name, told, _ in BREAKS]
)
def test_a_break_is_told(name: str, told: str, edit: Edit) -> None:
    """A schema edited in a way that subscribers would notice is refused, in words that name the path."""
    found = breaks(NOW[name], edited(name, edit))
    assert any(told in one for one in found), found


ADDITIONS: list[tuple[str, Edit]] = [
    ("event", lambda s: types(s).append(KILLED)),
    ("event", lambda s: add(s["$defs"]["created"], "desk", required=True)),
    ("story", lambda s: add(s["$defs"]["member"], "byline", required=False)),
    ("story", lambda s: s["properties"]["members"].update(maxItems=11)),
    ("item", lambda s: add(s, "byline", required=False)),
    ("record", lambda s: add(s["$defs"]["item"], "note", required=False)),
    (
        "record",
        lambda s: s["$defs"]["item"]["properties"].update(
            notes={"type": "array", "items": {"type": "string"}}
        ),
    ),
]


@pytest.mark.parametrize(("name", "edit"), ADDITIONS)
def test_an_addition_is_let_pass(name: str, edit: Edit) -> None:
    """A property that readers may pass over, a reserved event type, a bound drawn closer."""
    newer = edited(name, edit)
    assert newer != NOW[name]
    assert breaks(NOW[name], newer) == []


def worsened(facts: Facts) -> list[Facts]:
    """Each way in which what is known of one path can get worse for a reader."""
    worse: list[Facts] = [{**facts, "type": ["a new type"]}]
    if facts.get("required"):
        worse.append({name: value for name, value in facts.items() if name != "required"})
    if "enum" in facts:
        worse += [{**facts, "enum": [*facts["enum"], "unheard of"]}, {**facts, "enum": facts["enum"][1:]}]
    for name in ("pattern", "format", "maxLength", "maxItems", "maximum", "minLength", "minItems", "minimum"):
        if name in facts:
            worse.append({known: value for known, value in facts.items() if known != name})
    return worse


def without(known: Listing, path: str) -> Listing:
    return {name: facts for name, facts in known.items() if name != path}


def edited(name: str, edit: Edit) -> Listing:
    contract = documents()
    edit(contract[schemas.FILES[name]])
    return listings(contract)[name]


def types(schema: dict[str, Any]) -> list[str]:
    return values(schema, "type")


def values(node: dict[str, Any], name: str) -> list[str]:
    found: list[str] = node["properties"][name]["enum"]
    return found


def retype(node: dict[str, Any], name: str) -> None:
    node["properties"][name]["type"] = "object"


def rename(node: dict[str, Any], name: str, another: str) -> None:
    node["properties"][another] = node["properties"].pop(name)
    node["required"] = [another if one == name else one for one in node["required"]]


def add(node: dict[str, Any], name: str, *, required: bool) -> None:
    node["properties"][name] = {"type": "string"}
    node["required"] = [*node["required"], *([name] if required else [])]
