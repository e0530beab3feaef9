"""Every rule of the policies held against two items, with all that it asks and what was measured. Nothing is decided here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stream.core import kinship, policy, policy_story
from stream.core import measures as room
from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.index import ALWAYS
from stream.core.item import Item
from stream.core.measured import MEASURES
from stream.core.measures import MOST_FOREIGN, UNIT, Measures
from stream.core.morgue import Morgue
from stream.core.policy import Rule, Weighed
from stream.core.terms import terms
from stream.core.verify import MINIMA, evidence


@dataclass(frozen=True, slots=True)
class Asked:
    """`value` is None where the two have nothing to compare. `least` and `most` in the value's unit, `points` of evidence.

    Units are parts of ten thousand, but `words` and `foreign` (words), `apart` and `late` (minutes), and those of
    likeness.py for the rule of one event.
    """

    of: str
    value: int | None
    met: bool
    least: int | None = None
    most: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule against two items: it holds when everything is met and, where evidence is weighed, that is enough."""

    rule: str
    why: str
    holds: bool
    score: int | None
    threshold: int
    asked: tuple[Asked, ...]


def explained(new: Item, old: Item) -> tuple[Reading, ...]:
    """In the order in which the rules are tried; what the index would not have held out is measured too."""
    return (*of_texts(fingerprint(new), fingerprint(old)), one_event(new, (old,)))


def one_event(new: Item, members: Sequence[Item]) -> Reading:
    """The rule of one event held against a story of these members; nothing asked where no telling word is shared."""
    morgue = Morgue()
    for number, member in enumerate(members):
        morgue.file("story", number, member.ts, member.ts, terms(member))
    found = morgue.nearest(terms(new), new.ts, ALWAYS)
    score = kinship.score(found[0].measures) if found else None
    holds = score is not None and score >= policy_story.THRESHOLD
    asked = tuple(_weighed_measures(found[0].measures)) if found else ()
    return Reading(policy_story.NAME, policy_story.WHY, holds, score, policy_story.THRESHOLD, asked)


def _weighed_measures(measures: Any) -> Iterator[Asked]:
    """Points: hundredths of a log of odds."""
    weighed = (measures * kinship.weights(measures)).tolist()
    for of, value, points in zip(MEASURES, measures.tolist(), weighed, strict=True):
        if points:
            yield Asked(of, value, True, points=points // 100)


def of_texts(new: Fingerprint, old: Fingerprint) -> Iterator[Reading]:
    """The rules of one text alone."""
    if new.text and old.text:
        whole = room.with_alignment(room.reports(new, old), room.aligned(new, old), room.phrases(new, old))
        yield from (_rule(rule, whole) for rule in policy.FAMILY)
        short = whole.words < policy.BRIEF_WORDS
        yield _weighed(policy.REWRITE, whole, *(_asked(policy.BRIEF, whole) if short else ()))
        yield _rule(policy.CARRIES, room.carrying(new, old, policy.CARRIED_WORDS))
        return
    beside = room.headlines(new, old)
    if new.notice or old.notice:
        yield from (_rule(rule, beside) for rule in policy.NOTICE)
    elif new.text or old.text:
        flash, story = (old, new) if new.text else (new, old)
        late = max(0, flash.ts - story.ts) // 60_000
        timely = Asked("late", late, late <= policy.FLASH_LATE, most=policy.FLASH_LATE)
        yield _weighed(policy.FLASH, room.flashed(flash, story), timely)
    else:
        yield from (_rule(rule, beside) for rule in policy.HEADLINE)


def _rule(rule: Rule, measures: Measures) -> Reading:
    asked, score = _asked(rule, measures), getattr(measures, rule.decides)
    holds = score is not None and all(one.met for one in asked)
    return Reading(rule.name, rule.why, holds, score, rule.least, asked)


def _asked(rule: Rule, measures: Measures) -> tuple[Asked, ...]:
    asked = [_least(of, getattr(rule, of), measures) for of in MINIMA if getattr(rule, of)]
    if rule.words:
        asked.append(Asked("words", measures.words, measures.words >= rule.words, least=rule.words))
    return (*asked, *_most(rule, measures))


def _weighed(rule: Weighed, measures: Measures, *others: Asked) -> Reading:
    found = evidence(rule, measures)
    asked = [_points(weight, measures) for weight in rule.weights]
    asked += [_least(of, least, measures) for of, least in rule.floors]
    asked += [*_most(rule, measures), *others]
    holds = found >= rule.least and all(one.met for one in asked)
    return Reading(rule.name, rule.why, holds, found, rule.least, tuple(asked))


def _points(weight: policy.Weight, measures: Measures) -> Asked:
    value = getattr(measures, weight.of)
    known = weight.unknown if value is None else value
    return Asked(weight.of, value, True, points=weight.points * known // UNIT)


def _least(of: str, least: int, measures: Measures) -> Asked:
    value = getattr(measures, of)
    return Asked(of, value, value is None or value >= least, least=least)


def _most(rule: Rule | Weighed, measures: Measures) -> Iterator[Asked]:
    if rule.foreign < MOST_FOREIGN:
        foreign = (measures.foreign or 0) * MOST_FOREIGN // UNIT
        met = (measures.foreign or 0) * MOST_FOREIGN <= rule.foreign * UNIT
        yield Asked("foreign", foreign, met, most=rule.foreign)
    if rule.within:
        yield Asked("apart", measures.apart, measures.apart <= rule.within, most=rule.within)
