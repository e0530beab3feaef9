"""Datelines: the place, day and agency at the head of a report. Dates as values are made by dates."""

import re
from typing import Final, NamedTuple

from stream.core.agencies import first_agency
from stream.core.furniture.taken import Taken
from stream.core.item import Furniture

_MONTH: Final = r"(?i:(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?)"
_DATE: Final = rf"{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?"
_NAME: Final = r"[^\W\d_][^\W\d_.'’/-]*(?:[.'’/-]+[^\W\d_][^\W\d_.'’/-]*)*\.?"
_HEAD: Final = re.compile(
    rf"(?:(?P<place>{_NAME}(?: {_NAME}){{0,4}}?))?"
    rf"(?P<region>(?:, (?!(?:{_DATE})\b){_NAME}(?: {_NAME}){{0,3}}){{0,3}}?)"
    rf"(?:,? (?P<date>{_DATE}))?"
    r"(?: ?\((?P<agency>[^()]{2,40})\))?[,.]?"
)
_DASH: Final = re.compile(r"\s*(?:--+|—|–)(?!\d)\s*|\s+-\s+|:\s+")
_WIDEST: Final = 110
# Words in capitals that stand where a place would and are none.
_NO_PLACE_WORDS: Final = """
    ADVISORY ALERT ANALYSIS ATTENTION BREAKING BRIEF BULLETIN CORRECTED CORRECTION EDITOR EDITORS
    EMBARGOED EXCLUSIVE FACTBOX FILE FLASH INSIGHT INTERVIEW KILL LEAD NEWSALERT NOTE OPINION PHOTO
    PHOTOS POLICE POLL PREVIEW REFILE REPEAT REPORT RECAP SNAP SNAPSHOT STORY TABLE TEXT TIMELINE
    TOP UPDATE UPDATED URGENT VIDEO WATCH WRAPUP A AN THE REPORTS MEETINGS DIVIDEND SHAREHOLDER
"""
_NO_PLACE: Final = frozenset(_NO_PLACE_WORDS.split())


class Dateline(NamedTuple):
    """What a dateline says; `date` and `agency` as written, empty where it has none."""

    place: str = ""
    date: str = ""
    agency: str = ""


def take(paragraphs: list[str]) -> Taken:
    """The dateline at the text's head: `PARIS, May 2 (Kyodo) --`, `LONDON -`, `(Reuters) -`."""
    first = paragraphs[0] if paragraphs else ""
    for dash in _DASH.finditer(first[:_WIDEST]):
        head = first[: dash.start()]
        if _is_dateline(head, dash.group().strip(), first[dash.end() : dash.end() + 2]):
            written = first[: dash.end()].rstrip()
            rest = [kept] if (kept := first[dash.end() :]) else []
            return Taken(rest + paragraphs[1:], [Furniture("dateline", written)])
    return Taken(paragraphs, [])


def read(written: str) -> Dateline:
    """Place, date and agency of a dateline, from the text or from a field of the item."""
    head = _HEAD.fullmatch(written[:_WIDEST].rstrip(" -–—:"))
    if head is None:
        return Dateline(re.split(r"[,(:–—]| -|--", written[:_WIDEST], maxsplit=1)[0].strip())
    return Dateline(head["place"] or "", head["date"] or "", first_agency(head["agency"] or ""))


def _is_dateline(head: str, dash: str, after: str) -> bool:
    said = _HEAD.fullmatch(head)
    if said is None or not after:
        return False
    place = said["place"] or ""
    if not _NO_PLACE.isdisjoint(place.upper().split()) or (said["agency"] or "").upper() in _NO_PLACE:
        return False
    if said["agency"] or (said["date"] and place):
        return bool(place) or dash != ":"
    if dash == ":":
        return False
    return _is_capitals(place) or (dash in ("—", "–") and after[0].isupper() and bool(said["region"]))


def _is_capitals(place: str) -> bool:
    return len(place) > 2 and place.isupper()
