"""Captions and photo credits between the paragraphs of a report. A caption is set apart, never dropped."""

import re
from typing import Final

from stream.core.agencies import first_agency
from stream.core.furniture.taken import Taken
from stream.core.item import Furniture

_LONGEST: Final = 700  # characters: nobody writes longer captions
_CREDIT: Final = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,90})[)\]]$")
_PHOTO: Final = re.compile(
    r"\b(?:photos?|photograph|photographer|pictures?|images?|courtesy|getty|handout)\b", re.IGNORECASE
)
_OPENING: Final = re.compile(
    r"(?:file (?:photo|picture)|photo|caption|picture|pictured|in this \w+ photo)\b ?[:,–—-]", re.IGNORECASE
)
_POSITION: Final = re.compile(
    r"\((?:\d?[a-z]{0,2} ?)?[LRC]\)|\((?:left|right|cent(?:er|re)|top|bottom)\)|, (?:left|right),"
)
_NAMED: Final = re.compile(r"[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,3}")
_BARE: Final = re.compile(
    r"[(\[]?(?:buy photo|click photo to enlarge|photos?(?: by|:| courtesy)[^.]{0,60}|file photo)[)\]]?",
    re.IGNORECASE,
)


def take(paragraphs: list[str]) -> Taken:
    """Captions with their credits; a text that is nothing but one keeps it."""
    taken: list[Furniture] = []
    kept: list[str] = []
    for place, paragraph in enumerate(paragraphs):
        found = _read(paragraph, 0 < place < len(paragraphs) - 1) if len(paragraph) <= _LONGEST else []
        taken += found
        kept += [] if found else [paragraph]
    return Taken(kept, taken) if kept else Taken(paragraphs, [])


def _read(paragraph: str, within: bool) -> list[Furniture]:
    if _BARE.fullmatch(paragraph):
        return [Furniture("photo_credit", paragraph)]
    credit = (
        _CREDIT.search(paragraph, max(0, len(paragraph) - 94)) if paragraph.endswith((")", "]")) else None
    )
    if credit and _is_caption(paragraph, credit["credit"], within):
        return _parted(paragraph, credit)
    return [Furniture("caption", paragraph)] if _OPENING.match(paragraph) else []


def _is_caption(paragraph: str, credit: str, within: bool) -> bool:
    """A picture's credit says so; a known agency's between other paragraphs, anybody's with `(R)` in the words."""
    if _PHOTO.search(credit) or (within and first_agency(credit)):
        return True
    return bool(_POSITION.search(paragraph) and _NAMED.fullmatch(credit))


def _parted(paragraph: str, credit: re.Match[str]) -> list[Furniture]:
    photo = Furniture("photo_credit", credit.group())
    words = paragraph[: credit.start()].rstrip()
    return [Furniture("caption", words), photo] if words else [photo]
