"""Whether an item is about the event of a living story: measures of the morgue, weighed by the policy. Nothing is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from stream.core import policy_story
from stream.core.compiled import compiled
from stream.core.logs import STEPS, log16
from stream.core.measured import HEADLINES, LENGTH, MEASURES, SIZE
from stream.core.measures import UNIT
from stream.core.morgue import Morgue, Near

_COLUMNS: Final = ("weight", "headlines", "length", "size")
_LISTED: Final = 5  # measures named in a reason
_NAMED: Final = {weight.measure: weight for weight in policy_story.WEIGHTS}


@dataclass(frozen=True, slots=True)
class Kin:
    """A story that an item may join, and how sure that is, in parts of ten thousand."""

    near: Near
    score: int


def kin(near: Sequence[Near]) -> list[Kin]:
    """The stories that the policy takes for the item's own, the surest first."""
    found = [Kin(one, score(one.measures)) for one in near]
    return sorted(
        (one for one in found if one.score >= policy_story.THRESHOLD),
        key=lambda one: (one.score, one.near.order),
        reverse=True,
    )


def one_story(morgue: Morgue, story: str, found: Sequence[Kin]) -> Iterator[Kin]:
    """The other stories that the item proves to be `story`, the surest first: it is near to them too, and they are
    like it."""
    for other in found:
        if other.near.story != story:
            headlines = other.near.measures[HEADLINES] > policy_story.HEADLINES_ALONE
            least = policy_story.ALIKE_HEADLINES if headlines else policy_story.ALIKE
            cosine, smaller = morgue.alike(story, other.near.story)
            if cosine >= least.base + least.doubling * log16(smaller) // STEPS:
                yield other


def score(measures: Any) -> int:
    """In parts of ten thousand, at least 1 so that it says something."""
    odds = _odds(measures, _table()) // 100 + policy_story.BIAS
    return max(1, min(policy_story.THRESHOLD + odds, UNIT))


def weights(measures: Any) -> Any:
    """What each measure weighs, given how much of both is headlines, how long they are, and how many the story has."""
    plain, headlines, length, size = _table()
    more = headlines * measures[HEADLINES] + length * measures[LENGTH] + size * measures[SIZE]
    return plain + more // 100


@compiled
def _odds(measures: Any, table: Any) -> int:
    """The sum of all measures, each times what it weighs."""
    odds = 0
    for at in range(len(measures)):
        more = table[1, at] * measures[HEADLINES] + table[2, at] * measures[LENGTH]
        more += table[3, at] * measures[SIZE]
        odds += int(measures[at]) * (int(table[0, at]) + int(more) // 100)
    return odds


def reason(measures: Any) -> str:
    """`other weekday 100 (-1.2), names 48 (+0.9), …`: the measures that weighed most, and what they weighed."""
    weighed = measures * weights(measures)
    heaviest = sorted(range(len(MEASURES)), key=lambda at: (-abs(int(weighed[at])), at))[:_LISTED]
    return ", ".join(
        f"{MEASURES[at].replace('_', ' ')} {int(measures[at])} ({_tenths(int(weighed[at]))})"
        for at in heaviest
        if weighed[at]
    )


def _tenths(weighed: int) -> str:
    """Of a log of odds; no float is asked."""
    whole, tenth = divmod(abs(weighed) // 1000, 10)
    return f"{'-' if weighed < 0 else '+'}{whole}.{tenth}"


@cache
def _table() -> Any:
    rows = [_NAMED[measure] for measure in MEASURES]
    return np.array([[getattr(row, column) for row in rows] for column in _COLUMNS], dtype=np.int64)
