"""Whether two fingerprints are one text: measures.py, judged by the policy's tables. No threshold is set here.

What is cheap is measured first, and what is dear only where it may decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from stream.core import policy
from stream.core.fingerprint import Fingerprint
from stream.core.index import Candidate
from stream.core.measures import (
    MOST_FOREIGN,
    UNIT,
    Measures,
    aligned,
    apart,
    carrying,
    flashed,
    headlines,
    in_order,
    phrases,
    reports,
    share,
    with_alignment,
)
from stream.core.overlap import Opening
from stream.core.policy import Measured, Rule, Weighed

FAINT = 4_500  # words in order under which phrases need no counting, unless the index finds them likely
# Shares of sampled shingles from which texts are aligned, and from which everything is measured. What is much shorter
# shares little of what is sampled wherever it stands in the longer text, and is aligned whenever it is compared.
ALIGNED, LIKELY, SHORTER = 2_500, 4_000, 3
LEDE_FLOOR: Final = dict(policy.REWRITE.floors).get("lede", 0)


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
    """One item held against members."""

    def __init__(self, new: Fingerprint) -> None:
        self.new = new
        self._opening: Opening | None = None

    def verify(self, candidate: Candidate) -> Match | None:
        """The first rule of the policy that holds between the two."""
        new = self.new
        if new.has_text and candidate.text_words:
            return self._report(candidate) if candidate.share >= policy.UNLIKELY else None
        old = candidate.fingerprint
        if new.notice or old.notice:
            return _first(policy.NOTICE, headlines(new, old))
        if not new.has_text and not old.has_text:
            return _first(policy.HEADLINE, headlines(new, old))
        flash, story = (old, new) if new.has_text else (new, old)
        if flash.ts - story.ts > policy.FLASH_LATE * 60_000:
            return None
        return _weigh(policy.FLASH, flashed(flash, story))

    def carries(self, candidate: Candidate) -> Match | None:
        """Whether the member's lede stands inside the item's text, which is longer by half or more."""
        if candidate.shared < policy.FEW or not candidate.carried:
            return None
        new, rule = self.new, policy.CARRIES
        if 2 * new.text_words < 3 * min(candidate.text_words, policy.CARRIED_WORDS):
            return None
        if apart(new.ts, candidate.ts) > rule.within:
            return None
        old = candidate.fingerprint
        if in_order(new, old.text_codes[: policy.CARRIED_WORDS]) < rule.in_order:
            return None
        return _first((rule,), carrying(new, old, policy.CARRIED_WORDS))

    def _report(self, candidate: Candidate) -> Match | None:
        near = candidate.share >= ALIGNED or _much_shorter(self.new.text_words, candidate.text_words)
        if not near and not self._may_be_rewritten(candidate):
            return None
        old = candidate.fingerprint
        measured = reports(self.new, old)
        sure = _first(policy.FAMILY, self._aligned(candidate, measured)) if near else None
        if measured.words < policy.BRIEF_WORDS and not _holds(policy.BRIEF, measured):
            return sure
        return sure or _weigh(policy.REWRITE, measured)

    def _may_be_rewritten(self, candidate: Candidate) -> bool:
        """What is cheap of `REWRITE`: nine of ten members that share sampled shingles share a template, and fail here."""
        if apart(self.new.ts, candidate.ts) > policy.REWRITE.within:
            return False
        if self._opening is None:
            self._opening = Opening(self.new)
        lede = share(*self._opening.beside(candidate.fingerprint))
        return lede is None or lede >= LEDE_FLOOR

    def _aligned(self, candidate: Candidate, measured: Measures) -> Measures:
        new, old = self.new, candidate.fingerprint
        alignment = aligned(new, old)
        faint = alignment.in_order < FAINT and candidate.share < LIKELY
        return with_alignment(measured, alignment, 0 if faint else phrases(new, old))


def _much_shorter(new: int, old: int) -> bool:
    """By the words of both texts."""
    return SHORTER * new <= old or SHORTER * old <= new


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
    found = evidence(weighed, measures)
    if found < weighed.least:
        return None
    return Match(weighed, found, measures._replace(evidence=found))


def evidence(weighed: Weighed, measures: Measures) -> int:
    """All points together."""
    return sum(weight.points * _known(measures, weight) for weight in weighed.weights) // UNIT


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


MINIMA: Final[tuple[Measured, ...]] = (
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
    names = sorted(MINIMA, key=lambda name: name != rule.decides)
    return tuple((name, getattr(rule, name)) for name in names if getattr(rule, name))
