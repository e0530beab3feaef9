"""Credits that a text gives an agency: `(AFP)` at its end, `, Kyodo News Agency reported.` in it."""

import re
from typing import Final

from stream.core.agencies import agency, first_agency
from stream.core.furniture.taken import Taken
from stream.core.item import Furniture

_AT_END: Final = re.compile(r"(?:(?<=[.!?\"”’])\s?|\s)[(\[](?P<names>[^()\[\]]{2,40})[)\]]$")
_DAY: Final = r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| earlier)?"
_MOST: Final = 16
_REPORTED: Final = re.compile(
    rf", (?P<name>[^\W\d_][\w .&'-]{{1,40}}?) (?:has |had )?reported{_DAY}(?=[.;](?!\w)|$)"
)


def take(paragraphs: list[str]) -> Taken:
    """The words of a credit leave their sentence; the sentence and its full stop stay."""
    taken: list[Furniture] = []
    kept = [_without_reported(paragraph, taken) for paragraph in paragraphs]
    if kept and kept[-1].endswith((")", "]")):
        kept[-1] = _without_names(kept[-1], taken)
    return Taken(kept, taken) if taken else Taken(paragraphs, [])


def agency_of(written: str) -> str:
    """The agency that a credit names, or an empty string."""
    return first_agency(
        written.partition(" reported")[0].removesuffix(" has").removesuffix(" had").strip(", ()[]")
    )


def _without_reported(paragraph: str, taken: list[Furniture]) -> str:
    if " reported" not in paragraph:
        return paragraph
    kept, at = [], 0
    for credit in _REPORTED.finditer(paragraph):
        if len(taken) < _MOST and agency(credit["name"]):
            taken.append(Furniture("credit", credit.group()[2:]))
            kept.append(paragraph[at : credit.start()])
            at = credit.end()
    return "".join([*kept, paragraph[at:]])


def _without_names(paragraph: str, taken: list[Furniture]) -> str:
    credit = _AT_END.search(paragraph, max(0, len(paragraph) - 50))
    if credit is None or not first_agency(credit["names"]) or not credit.start():
        return paragraph
    taken.append(Furniture("credit", credit.group().strip()))
    return paragraph[: credit.start()].rstrip()
