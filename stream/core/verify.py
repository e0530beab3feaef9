"""Whether two fingerprints are one text: measures by rapidfuzz, judged by the policy's table. No threshold is set here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import get_args

from rapidfuzz.distance import LCSseq

from stream.core import policy
from stream.core.fingerprint import Fingerprint, triples
from stream.core.index import Candidate
from stream.core.policy import Measured, Rule

UNIT = 10_000
FAINT = 4_500  # words in order under which phrases need no counting, unless the index finds them likely
UNLIKELY, LIKELY = 800, 4_000  # shares of sampled shingles: no text is aligned; everything is counted
FEW = 4  # shared sampled shingles under which no lede is carried


@dataclass(frozen=True, slots=True)
class Measures:
    """Agreement in parts of ten thousand; None where one side has nothing to compare."""

    in_order: int | None = None
    alike: int | None = None
    phrases: int | None = None
    subject: int | None = None
    lede: int | None = None
    headline: int | None = None
    figures: int | None = None
    names: int | None = None
    words: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """`score` and `threshold` are the deciding measure and its minimum, in parts of ten thousand."""

    rule: Rule
    score: int
    measures: Measures

    @property
    def threshold(self) -> int:
        return int(getattr(self.rule, self.rule.decides))


class Comparison:
    """One item held against members: what is the same for each of them is worked out once."""

    def __init__(self, new: Fingerprint) -> None:
        self.new = new
        self._headlines: dict[int, Measures] = {}
        self._measured: dict[int, Measures] = {}

    def verify(self, candidate: Candidate) -> Match | None:
        """The first rule of the policy that holds between the two."""
        old = candidate.entry.fingerprint
        if not self.new.text and not old.text:
            return _first(policy.HEADLINE, self.headlines(candidate))
        if not self.new.text or not old.text:
            return _first(policy.FLASH, _flashed(self.new, old))
        return _first(policy.FAMILY, self.measure(candidate)) if candidate.share >= UNLIKELY else None

    def carries(self, candidate: Candidate) -> Match | None:
        """Whether the member's lede stands inside the item's text, which is longer by half or more."""
        lede = candidate.entry.fingerprint.text[: policy.CARRIED_WORDS]
        if candidate.shared < FEW or 2 * len(self.new.text) < 3 * len(lede):
            return None
        common = LCSseq.similarity(self.new.text, lede)
        measured = replace(
            self.headlines(candidate),
            in_order=_part(common, len(lede)),
            phrases=_shared(phrases(self.new), frozenset(triples(lede))),
            words=len(lede),
        )
        return _first((policy.CARRIES,), measured)

    def measure(self, candidate: Candidate) -> Measures:
        """All measures of two items with texts."""
        number = candidate.entry.number
        if number not in self._measured:
            self._measured[number] = self._measure(candidate)
        return self._measured[number]

    def headlines(self, candidate: Candidate) -> Measures:
        """What can be measured without texts."""
        number = candidate.entry.number
        if number not in self._headlines:
            self._headlines[number] = headlines(self.new, candidate.entry.fingerprint)
        return self._headlines[number]

    def _measure(self, candidate: Candidate) -> Measures:
        new, old = self.new, candidate.entry.fingerprint
        common = LCSseq.similarity(new.text, old.text)
        shorter = min(len(new.text), len(old.text))
        in_order = _part(common, shorter)
        counted = in_order >= FAINT or candidate.share >= LIKELY
        return replace(
            self.headlines(candidate),
            in_order=in_order,
            alike=_part(2 * common, len(new.text) + len(old.text)),
            phrases=_shared(phrases(new), phrases(old)) if counted else 0,
            words=shorter,
        )


@lru_cache(maxsize=512)
def phrases(fingerprint: Fingerprint) -> frozenset[int]:
    """The text's three-word phrases; those of a running story's members are asked for again and again."""
    return frozenset(triples(fingerprint.text))


def _shared(mine: frozenset[int], theirs: frozenset[int]) -> int:
    return _part(len(mine & theirs), min(len(mine), len(theirs)))


def headlines(new: Fingerprint, old: Fingerprint) -> Measures:
    """What can be measured without texts."""
    common = LCSseq.similarity(new.title, old.title)
    return Measures(
        headline=_part(2 * common, len(new.title) + len(old.title)) if new.title and old.title else None,
        figures=_agree(new.figures, old.figures),
        names=_agree(new.names, old.names),
        words=min(len(new.title), len(old.title)),
    )


def _flashed(new: Fingerprint, old: Fingerprint) -> Measures:
    """A headline alone against an item with a text, whichever came first."""
    flash, whole = (old, new) if new.text else (new, old)
    said, there = set(flash.title), {*whole.title, *whole.text[: policy.LEDE_WORDS]}
    return replace(
        headlines(new, old),
        subject=UNIT if flash.title[:1] and flash.title[0] in there else 0,
        lede=_part(len(said & there), len(said)),
        words=len(flash.title),
    )


def _first(rules: Sequence[Rule], measures: Measures) -> Match | None:
    for rule in rules:
        if _holds(rule, measures):
            return Match(rule, getattr(measures, rule.decides), measures)
    return None


def _holds(rule: Rule, measures: Measures) -> bool:
    if getattr(measures, rule.decides) is None or measures.words < rule.words:
        return False
    for name, least in _minima(rule):
        value = getattr(measures, name)
        if value is not None and value < least:
            return False
    return True


@cache
def _minima(rule: Rule) -> tuple[tuple[str, int], ...]:
    """The measures that a rule asks something of, the deciding one first: it fails most often."""
    names = sorted(get_args(Measured), key=lambda name: name != rule.decides)
    return tuple((name, getattr(rule, name)) for name in names if getattr(rule, name))


def _agree(mine: frozenset[int], theirs: frozenset[int]) -> int | None:
    fewer = min(len(mine), len(theirs))
    return _part(len(mine & theirs), fewer) if fewer else None


def _part(some: int, whole: int) -> int:
    return some * UNIT // whole if whole else 0
