"""How far two fingerprints agree, in parts of ten thousand. Nothing is decided here, and no threshold is known.

All of them are the same whichever of the two came first, so that families do not hang on the order of arrival.
"""

from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from stream.core import overlap
from stream.core.fingerprint import Fingerprint, written
from stream.core.overlap import beside
from stream.core.policy import LONG_FLASH, SOON
from stream.core.scan import Codes

UNIT = 10_000
OPENING = 40  # words of a text's opening
MOST_FOREIGN = 3  # words counted
_MINUTE = 60_000


class Measures(NamedTuple):
    """None where one side has nothing to compare, or where nobody asked. `apart` in minutes, `foreign` in words."""

    in_order: int | None = None
    alike: int | None = None
    phrases: int | None = None
    opening: int | None = None
    headline: int | None = None
    subject: int | None = None
    lede: int | None = None
    covered: int | None = None
    figures: int | None = None
    names: int | None = None
    foreign: int | None = None
    missing: int | None = None
    soon: int | None = None
    length: int | None = None
    evidence: int | None = None
    words: int = 0
    apart: int = 0


class Alignment(NamedTuple):
    """The words of both texts in order, and how much of the shorter one's opening opens the longer one."""

    in_order: int
    alike: int
    opening: int


def aligned(new: Fingerprint, old: Fingerprint) -> Alignment:
    """By rapidfuzz's longest common subsequence, a character a word."""
    shorter, longer = (new.text, old.text) if new.text_words <= old.text_words else (old.text, new.text)
    common = LCSseq.similarity(shorter, longer)
    opening = shorter[:OPENING]
    return Alignment(
        in_order=part(common, len(shorter)),
        alike=part(2 * common, len(shorter) + len(longer)),
        opening=part(LCSseq.similarity(opening, longer[: OPENING * 3 // 2]), len(opening)),
    )


def headlines(new: Fingerprint, old: Fingerprint) -> Measures:
    """Two items of which one at most has a text."""
    seen = beside(new, old)
    return Measures(
        headline=in_both(new.title, old.title),
        subject=_half(seen.new_subject, seen.old_subject) if new.title and old.title else None,
        figures=share(seen.figures, min(seen.new_figures, seen.old_figures)),
        names=share(*overlap.names(new, old)),
        words=min(new.title_words, old.title_words),
        apart=apart(new.ts, old.ts),
    )


def reports(new: Fingerprint, old: Fingerprint) -> Measures:
    """Two items with texts: what is cheap. `with_alignment` adds the rest, where it may decide."""
    seen = beside(new, old)
    return Measures(
        headline=in_both(new.title, old.title),
        subject=_half(seen.new_subject, seen.old_subject) if new.title and old.title else None,
        lede=share(seen.openings, min(seen.new_opening, seen.old_opening)),
        figures=share(seen.figures, min(seen.new_figures, seen.old_figures)),
        names=share(*overlap.names(new, old)),
        foreign=some(max(seen.new_foreign, seen.old_foreign)),
        words=min(new.text_words, old.text_words),
        apart=apart(new.ts, old.ts),
    )


def with_alignment(measures: Measures, alignment: Alignment, phrases: int) -> Measures:
    return measures._replace(
        in_order=alignment.in_order,
        alike=alignment.alike,
        opening=alignment.opening,
        phrases=phrases,
    )


def flashed(flash: Fingerprint, story: Fingerprint) -> Measures:
    """A headline alone against an item with a text, whichever came first."""
    seen, minutes = beside(flash, story), apart(flash.ts, story.ts)
    return Measures(
        headline=in_both(flash.title, story.title),
        lede=part(seen.openings, seen.new_content),
        covered=part(seen.contents, seen.old_content),
        subject=_half(seen.new_led, seen.old_subject) if flash.title and story.title else None,
        figures=share(seen.figures, seen.new_figures),
        foreign=some(seen.old_foreign),
        names=share(overlap.said(flash.names, story), len(flash.names)),
        missing=some(seen.new_figures - seen.figures),
        soon=part(sum(minutes <= passed for passed in SOON), len(SOON)),
        length=part(min(flash.title_words, LONG_FLASH), LONG_FLASH),
        words=flash.title_words,
        apart=minutes,
    )


def carrying(new: Fingerprint, old: Fingerprint, lede: int) -> Measures:
    """The first words of a member, `lede` of them, against an item that may carry them: no foreign word is in them."""
    seen, first = beside(new, old), old.text_codes[:lede]
    return Measures(
        in_order=in_order(new, first),
        phrases=part(*overlap.phrases(new.text_codes, first)),
        headline=in_both(new.title, old.title),
        figures=share(seen.figures, min(seen.new_figures, seen.old_figures)),
        names=share(*overlap.names(new, old)),
        foreign=0,
        words=len(first),
        apart=apart(new.ts, old.ts),
    )


def in_order(new: Fingerprint, some: Codes) -> int:
    """How many of some words stand in an item's text in their order."""
    return part(LCSseq.similarity(new.text, written(some)), len(some))


def phrases(new: Fingerprint, old: Fingerprint) -> int:
    """Three-word phrases of the shorter text that stand anywhere in the longer one."""
    return part(*overlap.phrases(new.text_codes, old.text_codes))


def apart(new: int, old: int) -> int:
    """Minutes between two times."""
    return abs(new - old) // _MINUTE


def in_both(mine: str, theirs: str) -> int | None:
    return part(2 * LCSseq.similarity(mine, theirs), len(mine) + len(theirs)) if mine and theirs else None


def some(count: int) -> int:
    """So many, of `MOST_FOREIGN`."""
    return min(count, MOST_FOREIGN) * UNIT // MOST_FOREIGN


def share(both: int, fewer: int) -> int | None:
    """The share of the smaller set that is in the other."""
    return part(both, fewer) if fewer else None


def part(some: int, whole: int) -> int:
    return some * UNIT // whole if whole else 0


def _half(mine: int, theirs: int) -> int:
    """Half for each headline whose first word, whom it is about, the other has."""
    return UNIT // 2 * (mine + theirs)
