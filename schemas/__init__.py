"""The contracts: JSON Schema 2020-12 for every message, AsyncAPI 3.0 for the topics. They outlive any deploy; no rule enters."""

from importlib.resources import files
from typing import Any

from stream.core.codec import decode

# As stream.topics names them. Within a version, only additions; anything else is a new version on a new topic.
FILES = {
    "item": "item.v1.json",
    "edit": "edit.v1.json",
    "story": "story.v1.json",
    "event": "event.v1.json",
    "generation": "generation.v1.json",
    "record": "record.v1.json",
    "dead": "dead-letter.v1.json",
}
ASYNCAPI = "asyncapi.yaml"


def load(name: str) -> dict[str, Any]:
    """The schema of one message, by the name that the table of topics gives it. KeyError for another."""
    schema: dict[str, Any] = decode(files("schemas").joinpath(FILES[name]).read_bytes())
    return schema


def asyncapi() -> str:
    """The AsyncAPI document, as YAML."""
    return files("schemas").joinpath(ASYNCAPI).read_text("utf-8")
