"""Whether two fingerprints are one text: measures by rapidfuzz, judged by the policy's table. No threshold is set here."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from stream.core import policy
from stream.core.fingerprint import Fingerprint, triples
from stream.core.policy import Rule

UNIT = 10_000
FAINT = 4_500  # containment under which no rule about texts can hold, so that phrases need no counting


@dataclass(frozen=True, slots=True)
class Measures:
    """Agreement in parts of ten thousand; None where one side has nothing to compare."""

    in_order: int | None = None
    alike: int | None = None
    phrases: int | None = None
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


def verify(new: Fingerprint, old: Fingerprint) -> Match | None:
    """The first rule of the policy that holds between two items, near-duplicates before same-story."""
    if new.text and old.text:
        measures = measure(new, old)
        return _first(policy.FAMILY, measures) or _first(policy.STORY, _headlines(new, old))
    return _first(policy.HEADLINE, _headlines(new, old))


def carries(new: Fingerprint, old: Fingerprint) -> bool:
    """Whether `old`'s text stands inside `new`'s, which is longer by half or more."""
    if not 1.5 * len(old.text) <= len(new.text):
        return False
    return _first((policy.CARRIES,), measure(new, old)) is not None


def measure(new: Fingerprint, old: Fingerprint) -> Measures:
    """All measures of two items with texts."""
    common = LCSseq.similarity(new.text, old.text)
    shorter = min(len(new.text), len(old.text))
    headlines = _headlines(new, old)
    in_order = _part(common, shorter)
    bag = in_order if in_order >= FAINT else _part(_shared(new.text, old.text), shorter)
    return Measures(
        in_order=in_order,
        alike=_part(2 * common, len(new.text) + len(old.text)),
        phrases=_phrases(new.text, old.text) if bag >= FAINT else 0,
        headline=headlines.headline,
        figures=headlines.figures,
        names=headlines.names,
        words=shorter,
    )


def _headlines(new: Fingerprint, old: Fingerprint) -> Measures:
    common = LCSseq.similarity(new.title, old.title)
    return Measures(
        headline=_part(2 * common, len(new.title) + len(old.title)) if new.title and old.title else None,
        figures=_agree(new.figures, old.figures),
        names=_agree(new.names, old.names),
        words=min(len(new.title), len(old.title)),
    )


def _first(rules: Sequence[Rule], measures: Measures) -> Match | None:
    for rule in rules:
        if _holds(rule, measures):
            return Match(rule, getattr(measures, rule.decides), measures)
    return None


def _holds(rule: Rule, measures: Measures) -> bool:
    if getattr(measures, rule.decides) is None or measures.words < rule.words:
        return False
    for name in ("in_order", "alike", "phrases", "headline", "figures", "names"):
        value = getattr(measures, name)
        if value is not None and value < getattr(rule, name):
            return False
    return True


def _phrases(new: "array[int]", old: "array[int]") -> int:
    mine, theirs = set(triples(new)), set(triples(old))
    fewer = min(len(mine), len(theirs))
    return _part(len(mine & theirs), fewer) if fewer else 0


def _shared(new: "array[int]", old: "array[int]") -> int:
    """Words in common wherever they stand: the alignment of the sorted words."""
    return LCSseq.similarity(array("I", sorted(new)), array("I", sorted(old)))


def _agree(mine: frozenset[int], theirs: frozenset[int]) -> int | None:
    fewer = min(len(mine), len(theirs))
    return _part(len(mine & theirs), fewer) if fewer else None


def _part(some: int, whole: int) -> int:
    return some * UNIT // whole if whole else 0
