"""Words from a wire made fit for a terminal: one line, nothing unseen, cut at a word. No layout here."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from stream.core.conflicts import spelled

SHORT = 3  # characters of an id at least
WHOLE = 8  # an id of so many is as short as its short form
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters: an escape in a headline would drive the terminal
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction: an override turns what follows it around
    "\u2028\u2029\ufeff]"
)

Name = tuple[str, str]  # source and id
Names = dict[Name, str]


def plain(text: Any, most: int = 0) -> str:
    """One line; what would not be seen as a mark. With `most`, at most so many characters."""
    line = UNSEEN.sub("\ufffd", " ".join(str(text).split()))
    return clipped(line, most) if most else line


def clipped(line: str, most: int) -> str:
    """Its first words and …, or the line itself where it is short enough."""
    if len(line) <= most:
        return line
    head = line[: most - 2]
    words, space, _ = head.rpartition(" ")
    return f"{words.rstrip(',;:') if space and len(words) > most // 2 else head} …"


def quoted(text: Any, most: int = 0) -> str:
    """In straight quotation marks, or in curly ones around words that have straight ones themselves."""
    said = plain(text, most)
    return f"“{said}”" if '"' in said else f'"{said}"'


def moment(time: Any) -> str:
    """`2024-05-02 09:30:00`, of RFC 3339 with milliseconds; all times are UTC."""
    return plain(time)[:19].replace("T", " ")


def day(iso: Any) -> str:
    """`2 May 2024`; as it stands where it is no date."""
    try:
        return spelled(date.fromisoformat(str(iso)))
    except ValueError:
        return plain(iso)


def count(number: int, one: str) -> str:
    """`1 origin`, `2 origins`, `1,200 members`."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def short_names(items: Iterable[Mapping[str, Any]]) -> Names:
    """For each item the shortest beginning of its id that no other has, from three characters up."""
    named = {name_of(item) for item in items}
    ids = {item for _, item in named}
    return {(source, item): _short(source, item, named, ids) for source, item in named}


def name_of(item: Mapping[str, Any]) -> Name:
    return str(item["source"]), str(item["id"])


def _short(source: str, item: str, named: set[Name], ids: set[str]) -> str:
    others = ids - {item}
    lengths = range(SHORT, len(item))
    most = next((n for n in lengths if not any(other.startswith(item[:n]) for other in others)), len(item))
    short = plain(item) if len(item) <= WHOLE or most == len(item) else f"{plain(item[:most])}…"
    alone = sum(each == item for _, each in named) == 1
    return short if alone else f"{short} ({plain(source, 20)})"
