"""Whether two fingerprints are one text: measures.py, judged by the policy's tables. No threshold is set here.

What is cheap is measured first, and what is dear only where it may decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from rapidfuzz.distance import LCSseq

from stream.core import policy
from stream.core.fingerprint import Fingerprint, triples
from stream.core.index import Candidate
from stream.core.measures import (
    MOST_FOREIGN,
    UNIT,
    Measures,
    agree,
    aligning,
    flashed,
    foreign,
    headlines,
    part,
    phrases,
    rewriting,
)
from stream.core.policy import Measured, Rule, Weighed

FAINT = 4_500  # words in order under which phrases need no counting, unless the index finds them likely
UNLIKELY, ALIGNED, LIKELY = (
    1_500,
    2_500,
    4_000,
)  # shares of sampled shingles: nothing, no text, everything is measured
FAINT_FLASH = 1_000  # the same of a headline alone
FEW = 4  # shared sampled shingles under which no lede is carried


@dataclass(frozen=True, slots=True)
class Match:
    """`score` and `threshold` are the deciding measure and its minimum, in parts of ten thousand."""

    rule: Rule | Weighed
    score: int
    measures: Measures

    @property
    def threshold(self) -> int:
        return self.rule.least

    @property
    def sure(self) -> bool:
        """By a rule, and not by evidence that was weighed."""
        return isinstance(self.rule, Rule)


class Comparison:
    """One item held against members: what is the same for each of them is worked out once."""

    def __init__(self, new: Fingerprint) -> None:
        self.new = new
        self._headlines: dict[int, Measures] = {}

    def verify(self, candidate: Candidate) -> Match | None:
        """The first rule of the policy that holds between the two, near-duplicates before same-story."""
        return self._family(candidate) or self._story(candidate)

    def carries(self, candidate: Candidate) -> Match | None:
        """Whether the member's lede stands inside the item's text, which is longer by half or more."""
        old = candidate.entry.fingerprint
        lede = old.text[: policy.CARRIED_WORDS]
        if candidate.shared < FEW or 2 * len(self.new.text) < 3 * len(lede):
            return None
        if not old.figures.intersection(lede) <= self.new.figures:
            return None
        in_order = part(LCSseq.similarity(self.new.text, lede), len(lede))
        if in_order < policy.CARRIES.in_order:
            return None
        measured = replace(
            self.headlines(candidate),
            in_order=in_order,
            phrases=agree(phrases(self.new), frozenset(triples(lede))),
            foreign=foreign(old, lede, self.new),
            words=len(lede),
        )
        return _first((policy.CARRIES,), measured)

    def headlines(self, candidate: Candidate) -> Measures:
        """What can be measured without texts."""
        number = candidate.entry.number
        if number not in self._headlines:
            self._headlines[number] = headlines(self.new, candidate.entry.fingerprint)
        return self._headlines[number]

    def _family(self, candidate: Candidate) -> Match | None:
        new, old = self.new, candidate.entry.fingerprint
        if new.text and old.text:
            return self._report(candidate) if candidate.share >= UNLIKELY else None
        if candidate.share < FAINT_FLASH:
            return None
        beside = self.headlines(candidate)
        if new.notice or old.notice:
            return _first(policy.NOTICE, beside)
        if not new.text and not old.text:
            return _first(policy.HEADLINE, beside)
        flash, story = (old, new) if new.text else (new, old)
        if flash.ts - story.ts > policy.FLASH_LATE * 60_000:
            return None
        return _weigh(policy.FLASH, flashed(beside, flash, story))

    def _report(self, candidate: Candidate) -> Match | None:
        old = candidate.entry.fingerprint
        measured = rewriting(self.headlines(candidate), self.new, old)
        sure = (
            _first(policy.FAMILY, self._aligned(candidate, measured)) if candidate.share >= ALIGNED else None
        )
        if min(len(self.new.text), len(old.text)) < policy.BRIEF_WORDS and not _holds(policy.BRIEF, measured):
            return sure
        return sure or _weigh(policy.REWRITE, measured)

    def _aligned(self, candidate: Candidate, measured: Measures) -> Measures:
        old = candidate.entry.fingerprint
        aligned = aligning(measured, self.new, old)
        if (aligned.in_order or 0) < FAINT and candidate.share < LIKELY:
            return replace(aligned, phrases=0)
        return replace(aligned, phrases=agree(phrases(self.new), phrases(old)) or 0)

    def _story(self, candidate: Candidate) -> Match | None:
        if not self.new.text or not candidate.entry.fingerprint.text:
            return None
        return _first(policy.STORY, self.headlines(candidate))


def meets(rule: Rule, match: Match) -> bool:
    """Whether a match, by whichever rule it was found, meets another rule too."""
    return _holds(rule, match.measures)


def _first(rules: Sequence[Rule], measures: Measures) -> Match | None:
    for rule in rules:
        if _holds(rule, measures):
            return Match(rule, getattr(measures, rule.decides), measures)
    return None


def _holds(rule: Rule, measures: Measures) -> bool:
    if getattr(measures, rule.decides) is None or measures.words < rule.words:
        return False
    if rule.within and measures.apart > rule.within:
        return False
    if _many_foreign(rule.foreign, measures):
        return False
    for name, least in _minima(rule):
        value = getattr(measures, name)
        if value is not None and value < least:
            return False
    return True


def _weigh(weighed: Weighed, measures: Measures) -> Match | None:
    if measures.apart > weighed.within or not _grounded(weighed, measures):
        return None
    evidence = sum(weight.points * _known(measures, weight) for weight in weighed.weights) // UNIT
    if evidence < weighed.least:
        return None
    return Match(weighed, evidence, replace(measures, evidence=evidence))


def _grounded(weighed: Weighed, measures: Measures) -> bool:
    """Whether every floor is met by what is known."""
    if _many_foreign(weighed.foreign, measures):
        return False
    values = ((getattr(measures, name), least) for name, least in weighed.floors)
    return all(value is None or value >= least for value, least in values)


def _many_foreign(most: int, measures: Measures) -> bool:
    return (measures.foreign or 0) * MOST_FOREIGN > most * UNIT


def _known(measures: Measures, weight: policy.Weight) -> int:
    value = getattr(measures, weight.of)
    return weight.unknown if value is None else int(value)


_MINIMA: Final[tuple[Measured, ...]] = (
    "in_order",
    "alike",
    "phrases",
    "opening",
    "headline",
    "subject",
    "figures",
    "names",
)


@cache
def _minima(rule: Rule) -> tuple[tuple[str, int], ...]:
    """The measures that a rule asks something of, the deciding one first: it fails most often."""
    names = sorted(_MINIMA, key=lambda name: name != rule.decides)
    return tuple((name, getattr(rule, name)) for name in names if getattr(rule, name))
