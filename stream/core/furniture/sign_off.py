"""Sign-offs: what an agency puts at the end of its own copy. Credits that others give it may not enter."""

import re
from typing import Final

from stream.core.agencies import agency
from stream.core.furniture.encoding import visible
from stream.core.furniture.taken import Taken
from stream.core.item import Furniture

# 1987 copy ends in ` REUTER`, `Reuter...`, `REUTER...^M` or, where a take follows, `MORE`.
_ALONE: Final = re.compile(
    r"-\s?(?:0|30)\s?-|={2,}\s?[\w ]{2,30}|#{2,5}|\(?(?:ends?|more|over)\)?(?:\.{3})?|-{1,3}\s?ends?\s?-{0,3}"
    r"|[/(\[]?(?P<name>[A-Za-z][A-Za-z .-]{1,24}?)[/)\]]?(?:\.{3})?(?:\^M)?",
    re.IGNORECASE,
)
_ENDING: Final = re.compile(r"(?<!\S)(?:={2,}\s?\w{2,20}(?: [A-Z]\w{1,20}){0,2}|-0-|-30-)$")
_WIDEST: Final = 40
_MOST: Final = 8  # a text that goes on in sign-offs is no text of an agency, but must stay small


def take_lines(lines: list[str]) -> Taken:
    """Sign-offs that stand alone on the last lines, before lines are joined to paragraphs."""
    taken: list[Furniture] = []
    end = len(lines)
    while end > 1 and len(taken) < _MOST:
        line = visible(lines[end - 1]) if len(lines[end - 1]) <= 200 else lines[end - 1]
        if line and not _is_sign_off(line):
            break
        if line:
            taken.append(Furniture("sign_off", line))
        end -= 1
    return Taken(lines[:end] if taken else lines, taken[::-1])


def take_endings(paragraphs: list[str]) -> Taken:
    """Sign-offs at the end of a paragraph: `(Kyodo) ==Kyodo` under a caption, `-0-`."""
    taken: list[Furniture] = []
    kept: list[str] = []
    for paragraph in paragraphs:
        if paragraph.endswith(("-0-", "-30-")) or "==" in paragraph[-_WIDEST:]:
            paragraph = _without_ending(paragraph, taken)
        kept.append(paragraph)
    return Taken([paragraph for paragraph in kept if paragraph] if taken else paragraphs, taken)


def agency_of(written: str) -> str:
    """The agency that signs off, or an empty string: `==Kyodo` is `Kyodo`, `REUTER...` is `Reuters`."""
    return agency(written.removesuffix("^M").strip("=/()[]-. "))


def _is_sign_off(line: str) -> bool:
    alone = _ALONE.fullmatch(line) if len(line) <= _WIDEST else None
    return alone is not None and (not alone["name"] or bool(agency(alone["name"])))


def _without_ending(paragraph: str, taken: list[Furniture]) -> str:
    if ending := _ENDING.search(paragraph, max(0, len(paragraph) - _WIDEST)):
        taken.append(Furniture("sign_off", ending.group()))
        return paragraph[: ending.start()].rstrip()
    return paragraph
