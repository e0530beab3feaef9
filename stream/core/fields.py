"""The listed fields of a JSON object, as used; all else is kept aside. Receipt may not enter."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stream.core.codec import encode
from stream.core.delivery import content
from stream.core.ids import digest
from stream.core.receipt import read_ts

# In characters: what is carried along with every member of a story, of which a state holds 20 in 64 KB.
LONGEST = 512
# White space, controls, zero-width and bidi marks, fillers, variation selectors, tags: nothing a reader sees.
VISIBLE = re.compile(
    "[^\\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U000e0000-\U000e0fff]"
)


def blank(text: str) -> bool:
    """Whether a reader would see nothing."""
    return VISIBLE.search(text) is None


@dataclass(frozen=True, slots=True)
class Fields:
    """What an item says. `given` is its `ts` as JSON (empty for none), `ts` what was read of it."""

    title: str = ""
    text: str = ""
    id: str = ""
    source: str = ""
    version: str = ""
    dateline: str = ""
    slug: str = ""
    lang: str = ""
    priority: str = ""
    given: bytes = b""
    ts: int | None = None
    flags: tuple[str, ...] = ()
    aside: Mapping[str, Any] = field(default_factory=dict)

    def content(self) -> str:
        """The hash of what the item says; how it came, and what no rule reads, are no part of it."""
        return content(self.title, self.text, self.dateline, self.slug, self.lang, self.priority, self.given)


class _Sorter:
    """Takes the listed fields out of an object one by one; what is wrong stays behind and is flagged."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.rest = dict(given)
        self.flags: list[str] = []

    def text(self, name: str) -> str:
        return self._word(name, self.rest.get(name), longest=None)

    def short(self, name: str) -> str:
        return self._word(name, self.rest.get(name), longest=LONGEST)

    def number(self, name: str) -> str:
        """A field that some sources write as text and some as a whole number."""
        value = self.rest.get(name)
        whole = isinstance(value, int) and not isinstance(value, bool)
        return self._word(name, str(value) if whole else value, longest=LONGEST)

    def id(self) -> str:
        """An id too long to be carried along is told apart by its hash."""
        value = self.rest.get("id")
        word = self.number("id")
        return f"h-{digest(value)}" if not word and isinstance(value, str) and value else word

    def ts(self) -> tuple[bytes, int | None]:
        value = self.rest.get("ts")
        if value is None or value == "":
            self.rest.pop("ts", None)
            return b"", None
        moment = read_ts(value)
        if moment is None:
            self.flags.append("ts.unreadable")
        else:
            del self.rest["ts"]
        return encode(value), moment

    def _word(self, name: str, value: Any, longest: int | None) -> str:
        if value is None or (isinstance(value, str) and (longest is None or len(value) <= longest)):
            self.rest.pop(name, None)
            return value or ""
        self.flags.append(f"{name}.unreadable")
        return ""


def sort_fields(given: Mapping[str, Any]) -> Fields:
    """An object's listed fields; null and absent are the same, a wrong type is flagged and kept aside."""
    sorter = _Sorter(given)
    title, text = sorter.text("title"), sorter.text("text")
    if blank(text):
        text = sorter.text("body") or text
    written, ts = sorter.ts()
    return Fields(
        title=title,
        text=text,
        id=sorter.id(),
        source=sorter.short("source"),
        version=sorter.number("version"),
        dateline=sorter.short("dateline"),
        slug=sorter.short("slug"),
        lang=sorter.short("lang"),
        priority=sorter.number("priority"),
        given=written,
        ts=ts,
        flags=tuple(sorter.flags),
        aside=sorter.rest,
    )
