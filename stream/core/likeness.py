"""How an item agrees with the stories near it, measured. Nothing is decided here."""

from typing import Any, Final

from stream.core.asked import A_ALONE, A_TIME, Asked, ask
from stream.core.compiled import compiled
from stream.core.like_facts import measure_facts
from stream.core.like_member import measure_members
from stream.core.like_profile import measure_profile
from stream.core.logs import log16
from stream.core.measured import DAYS, HEADLINES, LENGTH, SIZE
from stream.core.nearest import nearest
from stream.core.shelves import S_ALONE, S_LENGTH, S_SIZE, T_LAST, Shelves
from stream.core.terms import MOST_TERMS

_DAY: Final = 86_400_000


@compiled
def look(
    on: Shelves,
    words: Any,
    marks: Any,
    facts: Any,
    alone: bool,
    ts: int,
    now: int,
    source: int,
    found: Any,
    members: Any,
    measures: Any,
) -> int:
    """Finds the stories that may be about the same event as an item, by the clock, and measures each; returns how many.

    `alone`: the item is a headline with no text.
    """
    asked = ask(words, marks, facts, alone, ts, source)
    count = nearest(on, asked, now, found)
    for at in range(count):
        members[at] = measure(on, asked, int(found[at]), measures[at])
    return count


@compiled
def measure(on: Shelves, asked: Asked, story: int, found: Any) -> int:
    """Writes the measures of an item and a story; returns the row of the member that is most like it."""
    measure_profile(on, asked, story, found)
    best = measure_members(on, asked, story, found)
    measure_facts(on, asked, story, found)
    size, ts = int(on.stories[story, S_SIZE]), int(asked.sums[A_TIME])
    found[DAYS] = log16(1 + max(ts - int(on.times[story, T_LAST]), 0) // _DAY)
    found[SIZE] = log16(size)
    alone, theirs = int(asked.sums[A_ALONE]), int(on.stories[story, S_ALONE])
    found[HEADLINES] = 100 * alone * theirs // size
    length = min(len(asked.words), int(on.stories[story, S_LENGTH]) // size)
    found[LENGTH] = 100 * length // MOST_TERMS
    return best
