"""How an item agrees with the stories near it, measured. Nothing is decided here."""

from typing import Any, Final

from stream.core.asked import A_ALONE, ask
from stream.core.compiled import compiled
from stream.core.like_facts import measure_facts
from stream.core.like_member import measure_members
from stream.core.like_profile import measure_profiles
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
    measure_profiles(on, asked, found, count, measures)
    measure_members(on, asked, found, count, measures, members)
    measure_facts(on, asked, found, count, measures)
    for at in range(count):
        story, theirs = int(found[at]), int(on.stories[int(found[at]), S_ALONE])
        size = int(on.stories[story, S_SIZE])
        measures[at, DAYS] = log16(1 + max(ts - int(on.times[story, T_LAST]), 0) // _DAY)
        measures[at, SIZE] = log16(size)
        measures[at, HEADLINES] = 100 * int(asked.sums[A_ALONE]) * theirs // size
        length = min(len(words), int(on.stories[story, S_LENGTH]) // size)
        measures[at, LENGTH] = 100 * length // MOST_TERMS
    return count
