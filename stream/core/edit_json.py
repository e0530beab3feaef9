"""An edit as a message of wire.items.v1, and back, exactly; and which of the two such a message is. No story enters."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from stream.core.codec import decode
from stream.core.edit import LONGEST_EDITOR, LONGEST_NOTE, MOST_MEMBERS, MOST_STORIES, Edit, Kind
from stream.core.fields import LONGEST
from stream.core.item import Item
from stream.core.item_json import item_from_message, time
from stream.core.readers import Reader, each, fields, form, length, one_of
from stream.core.story import Ref
from stream.core.times import write_time

EDIT: Final = "application/vnd.slugline.edit+json"  # the content type


def edit_to_json(edit: Edit) -> dict[str, Any]:
    """The message: what is empty is left out."""
    members = [{"id": ref.id, "source": ref.source, "identity": ref.identity} for ref in edit.members]
    optional = {"others": list(edit.others), "members": members, "editor": edit.editor, "note": edit.note}
    said = {"identity": edit.identity, "edit": edit.kind, "lane": edit.lane, "story": edit.story}
    return said | {"at": write_time(edit.at)} | {name: value for name, value in optional.items() if value}


def edit_from_json(message: Any) -> Edit:
    """Raises ValueError, naming the field, for what the contract does not allow."""
    said = _edit("the message", message)
    kind = said.pop("edit")
    if ("others" in said, "members" in said) != (kind == "merge", kind == "split"):
        raise ValueError("a merge has others, a split has members, and neither has both")
    return Edit(kind=kind, **said)


def message_from_topic(value: bytes) -> Item | Edit:
    """A message of wire.items.v1. Raises ValueError, saying what is wrong with it."""
    message = decode(value)
    if isinstance(message, dict) and "edit" in message:
        return edit_from_json(message)
    return item_from_message(message)


def _ref(name: str, value: Any) -> Ref:
    return Ref(**_member(name, value))


def _some(reader: Reader, most: int) -> Reader:
    """At least one, no two alike."""
    listed = each(reader, most)

    def read(name: str, value: Any) -> tuple[Any, ...]:
        found: tuple[Any, ...] = listed(name, value)
        if not found or len(set(found)) < len(found):
            raise ValueError(f"{name} is empty, or names one twice")
        return found

    return read


_identity: Final = form("[0-9a-f]{32}", "32 hexadecimal digits")
_story: Final = form("[0-9a-f]{24}", "24 hexadecimal digits")
_REF: Final[Mapping[str, Reader]] = {
    "identity": _identity,
    **dict.fromkeys(("id", "source"), length(1, LONGEST)),
}
_member: Final = fields(_REF, frozenset(_REF))
_FIELDS: Final[Mapping[str, Reader]] = {
    "identity": _identity,
    "edit": one_of(get_args(Kind)),
    "lane": form("[a-z]{2,3}", "two or three small letters"),
    "story": _story,
    "at": time,
    "others": _some(_story, MOST_STORIES - 1),
    "members": _some(_ref, MOST_MEMBERS),
    "editor": length(0, LONGEST_EDITOR),
    "note": length(0, LONGEST_NOTE),
}
KNOWN: Final = set(_FIELDS)
_edit: Final = fields(_FIELDS, frozenset({"identity", "edit", "lane", "story", "at"}))
