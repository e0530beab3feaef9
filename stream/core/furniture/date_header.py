"""Dates before the text: a `date 2024-03-05 PARIS:` header, a page's line of date and time. No others."""

import re
from typing import Final

from stream.core.furniture.taken import Taken
from stream.core.item import Furniture

_WIDEST: Final = 90
_HEADER: Final = re.compile(
    r"(?P<date>(?i:date):? \d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?Z?)?(?=\s|$))"
    r"(?:\s(?P<place>[^\W\da-z][^\da-z:()]{1,40}:)(?=\s))?"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_TIME: Final = r"(?:\s*[,|-]?\s*(?:at )?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?)?"
_LABEL: Final = r"(?:(?:posted|published|updated|last updated)\s*(?:on)?\s*:?\s*)?"
_NAMED: Final = rf"{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}}"
_DAY: Final = rf"(?:[a-z]{{3,6}}day,? )?(?:{_NAMED}|\d{{4}}-\d{{2}}-\d{{2}})"
_LINE: Final = re.compile(rf"{_LABEL}{_DAY}{_TIME}", re.IGNORECASE)


def take(paragraphs: list[str]) -> Taken:
    """The header at the head of the first paragraph, or that paragraph where it is a date alone."""
    if not paragraphs:
        return Taken(paragraphs, [])
    first = paragraphs[0]
    if len(first) <= _WIDEST and len(paragraphs) > 1 and _LINE.fullmatch(first):
        return Taken(paragraphs[1:], [Furniture("date_header", first)])
    header = _HEADER.match(first)
    if header is None or (header.end() == len(first) and len(paragraphs) == 1):
        return Taken(paragraphs, [])
    rest = [kept] if (kept := first[header.end() :].lstrip()) else []
    return Taken(rest + paragraphs[1:], _header(header))


def _header(header: re.Match[str]) -> list[Furniture]:
    day = Furniture("date_header", header["date"])
    return [day, Furniture("dateline", header["place"])] if header["place"] else [day]
