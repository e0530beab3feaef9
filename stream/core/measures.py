"""How far two fingerprints agree, in parts of ten thousand. Nothing is decided here, and no threshold is known.

All of them are the same whichever of the two came first, so that families do not hang on the order of arrival.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from stream.core.fingerprint import SMALL_WORDS, Fingerprint, triples
from stream.core.policy import LEDE_WORDS, LONG_FLASH, SOON

UNIT = 10_000
OPENING = 40  # words of a text's opening
MOST_FOREIGN = 3  # words counted
_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Measures:
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


def headlines(new: Fingerprint, old: Fingerprint) -> Measures:
    """What can be measured without texts."""
    return Measures(
        headline=in_both(new.title, old.title) if new.title and old.title else None,
        subject=_subject(new.title, old.title, old.title, new.title),
        figures=agree(new.figures, old.figures),
        names=agree(new.names, old.names),
        words=min(len(new.title), len(old.title)),
        apart=abs(new.ts - old.ts) // _MINUTE,
    )


def rewriting(beside: Measures, new: Fingerprint, old: Fingerprint) -> Measures:
    """What tells a report in other words. `beside` holds what the headlines told."""
    return replace(
        beside,
        lede=agree(_opening(new), _opening(old)),
        foreign=max(foreign(new, new.text, old), foreign(old, old.text, new)),
    )


def aligning(beside: Measures, new: Fingerprint, old: Fingerprint) -> Measures:
    """The words of both texts in order, and how much of the shorter one's opening opens the longer one."""
    shorter, longer = sorted((new.text, old.text), key=len)
    common = LCSseq.similarity(shorter, longer)
    opening = shorter[:OPENING]
    return replace(
        beside,
        in_order=part(common, len(shorter)),
        alike=part(2 * common, len(shorter) + len(longer)),
        opening=part(LCSseq.similarity(opening, longer[: OPENING * 3 // 2]), len(opening)),
        words=len(shorter),
    )


def flashed(beside: Measures, flash: Fingerprint, story: Fingerprint) -> Measures:
    """A headline alone against an item with a text, whichever came first."""
    said, opening, over = _content(flash), _opening(story), _content(story)
    gone = len(flash.figures - story.figures)
    return replace(
        beside,
        lede=part(len(said & opening), len(said)),
        covered=part(len(over & said), len(over)),
        subject=_subject(flash.title, opening, story.title, flash.title),
        figures=part(len(flash.figures) - gone, len(flash.figures)) if flash.figures else None,
        foreign=foreign(story, story.text, flash),
        names=part(len(flash.names & _every(story)), len(flash.names)) if flash.names else None,
        missing=min(gone, MOST_FOREIGN) * UNIT // MOST_FOREIGN,
        soon=part(sum(beside.apart <= minutes for minutes in SOON), len(SOON)),
        length=part(min(len(flash.title), LONG_FLASH), LONG_FLASH),
        words=len(flash.title),
    )


def foreign(mine: Fingerprint, said: Sequence[int], theirs: Fingerprint) -> int:
    """`OHIO` in `FRANKLIN OHIO INSURED SETS PAYOUT` over a text about Ohio, beside one that has never heard of it."""
    unheard = (_content(mine) & frozenset(said)) - _every(theirs)
    return min(MOST_FOREIGN, len(unheard)) * UNIT // MOST_FOREIGN


def agree(mine: frozenset[int], theirs: frozenset[int]) -> int | None:
    """The share of the smaller set that is in the other."""
    fewer = min(len(mine), len(theirs))
    return part(len(mine & theirs), fewer) if fewer else None


def in_both(mine: Sequence[int], theirs: Sequence[int]) -> int:
    return part(2 * LCSseq.similarity(mine, theirs), len(mine) + len(theirs))


def part(some: int, whole: int) -> int:
    return some * UNIT // whole if whole else 0


@lru_cache(maxsize=512)
def phrases(fingerprint: Fingerprint) -> frozenset[int]:
    """The text's three-word phrases; those of a running story's members are asked for again and again."""
    return frozenset(triples(fingerprint.text))


def _subject(
    mine: Sequence[int], there: Container[int], theirs: Sequence[int], here: Container[int]
) -> int | None:
    """Half for each headline whose first word, whom it is about, the other has."""
    if not mine or not theirs:
        return None
    return UNIT // 2 * ((mine[0] in there) + (theirs[0] in here))


@lru_cache(maxsize=4096)
def _content(fingerprint: Fingerprint) -> frozenset[int]:
    """The headline's words that mean something."""
    return frozenset(fingerprint.title) - SMALL_WORDS


@lru_cache(maxsize=4096)
def _opening(fingerprint: Fingerprint) -> frozenset[int]:
    """The same with those of the lede."""
    return _content(fingerprint) | frozenset(fingerprint.text[:LEDE_WORDS]) - SMALL_WORDS


@lru_cache(maxsize=512)
def _every(fingerprint: Fingerprint) -> frozenset[int]:
    return frozenset(fingerprint.text).union(fingerprint.title)
