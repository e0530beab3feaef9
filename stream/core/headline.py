"""What a headline says without the desk's marks, and which headline a correction notice is about. No text enters."""

import re
from typing import Final

from stream.core.item import Item

# `UPDATE 2-X`, `RPT-X`, `(2nd LD) X`, `CORRECTED - X` are marked; `UPDATE ON X`, `LEAD-ZINC`, `SNAP-ON TOOLS` are not:
# a mark that is also a word needs brackets, a number, or a sign that no compound is written with.
_SURE: Final = "corrected correcting correction corrects newsnap recasts refile refiled refiles rpt urgent wrapup wrap-up"
_WORDS: Final = (
    "adds advisory breaking bulletin clarification exclusive flash lead ld releads repeat repeating repeats roundup "
    "snap take update updated updates wrap writethru"
)
_ANY: Final = "|".join(f"{_SURE} {_WORDS}".split())
_NUMBERED: Final = rf"(?:\d+(?:st|nd|rd|th)?[ -]?)(?:{_ANY})|(?:{_ANY})[ -]?\d+"
_MARK: Final = (
    rf"[(\[](?:{_NUMBERED}|{_ANY})[)\]]\s*[-:/\u2013\u2014]*"
    rf"|(?:{_NUMBERED}|{'|'.join(_SURE.split())})\s*[-:/\u2013\u2014]+"
    rf"|(?:{_ANY})(?:\s*[:/\u2014]|\s+[-\u2013]+\s)"
)
_LEADING: Final = re.compile(rf"(?:[\s*]*(?:{_MARK})\s*)+", re.I)
_TRAILING: Final = re.compile(rf"\s*(?:[(\[](?:correct|{_NUMBERED}|(?:{_ANY})[)\]]).*|=\s?\d+)\s*$", re.I)

_NOTICE: Final = re.compile(r"\W*correct(?:ion|ed|s)\b", re.I)
_ASKS: Final = re.compile(
    r"\b(?:please|pls)\b.{0,60}?\b(?:read|correct|reverse|delete|insert|substitute)\b", re.I | re.S
)
_QUOTED: Final = re.compile(r"[\"“]([^\"”]{8,120}?)[,.]?[\"”]")
_NEAR: Final = 400  # characters of a notice in which it names its headline and what to read


def headline(item: Item) -> str:
    """What is compared as the item's headline."""
    return unmarked(item.title) or corrected(item)


def unmarked(headline: str) -> str:
    """The headline alone; as it is where nothing else would be left."""
    marked = _LEADING.match(headline)
    return _TRAILING.sub("", headline[marked.end() :] if marked else headline) or headline


def corrected(item: Item) -> str:
    """The headline that a notice asks to correct; empty for any other item.

    Seen in 1987: no headline of its own, `CORRECTION - BUDAPEST BANK ISSUES BONDS`, then `In Budapest item
    "BUDAPEST BANK ISSUES BONDS TO EXPAND RESOURCES" please read in first paragraph ...`.
    """
    if item.title or not _NOTICE.match(item.text):
        return ""
    said = item.text[:_NEAR]
    if not _ASKS.search(said):
        return ""
    slug, _, rest = said.partition("\n")
    quoted = _QUOTED.search(rest)
    return quoted[1] if quoted else unmarked(slug)
