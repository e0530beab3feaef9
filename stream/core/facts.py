"""The facts that two reports of one event agree on: weekday, age, day, year, toll, measure, person. No other item may enter.

Observed on look-alike events (two quakes, two shootings): of reports of one event that name ages, nine in ten share
one; of reports of two events, one in thirty. A fact is one integer: what it is, and its value.
"""

from typing import Any, Final

from stream.core.compiled import compiled
from stream.core.rarity import RARITY_BITS
from stream.core.seen import (
    AGED,
    CAPITAL,
    CLASS_BITS,
    COMMA,
    END,
    FIGURE,
    HASH,
    HURT,
    MONEY,
    MONTH,
    NUMBER,
    OLD,
    POINT,
    STOP,
    VALUE,
    VALUE_BITS,
    WEEKDAY,
    YEAR_WORD,
)

FACTS: Final = ("weekday", "age", "day", "year", "toll", "measure", "person")
WEEKDAY_, AGE_, DAY_, YEAR_, TOLL_, MEASURE_, PERSON_ = range(7)
MOST_FACTS: Final = 14  # of one item
MOST_PERSONS: Final = 4  # among them: every report names many
FACT_BITS: Final = 24  # of the value
_VALUES: Final = (1 << FACT_BITS) - 1
_ELDEST, _LONGEST_MONTH, _FIRST_YEAR, _LAST_YEAR = 110, 31, 1900, 2099
_NEAR: Final = 3  # words between a number and who it says was hurt


@compiled
def find_facts(stamps: Any, count: int, found: Any) -> int:
    """Writes the facts of `count` stamps to `found`, each once, at most as many as it holds; returns how many."""
    kept, persons = 0, 0
    for at in range(count):
        if not (int(stamps[at]) & (FIGURE | CAPITAL) or _class(int(stamps[at]))):
            continue  # most words: no figure, no name, none that says when or how many
        for fact in (_figure_fact(stamps, count, at), _toll(stamps, count, at), _person(stamps, count, at)):
            if fact < 0 or kept == len(found) or (fact >> FACT_BITS == PERSON_ and persons == MOST_PERSONS):
                continue
            if not _is_known(found, kept, fact):
                found[kept] = fact
                kept += 1
                persons += 1 if fact >> FACT_BITS == PERSON_ else 0
    return kept


@compiled
def _is_known(found: Any, kept: int, fact: int) -> bool:
    known = False
    for at in range(kept):
        known = known or found[at] == fact
    return known


@compiled
def _figure_fact(stamps: Any, count: int, at: int) -> int:
    stamp = int(stamps[at])
    if _class(stamp) == WEEKDAY and stamp & CAPITAL:
        return _fact(WEEKDAY_, _value(stamp))
    if not stamp & FIGURE:
        return -1
    before = int(stamps[at - 1]) if at else 0
    after = int(stamps[at + 1]) if at + 1 < count else 0
    value = _value(stamp)
    if stamp & (MONEY | POINT):
        return _fact(MEASURE_, stamp >> RARITY_BITS & _VALUES)
    if 0 <= value < _ELDEST and _is_age(before, stamp, after, int(stamps[at + 2]) if at + 2 < count else 0):
        return _fact(AGE_, value)
    if 0 < value <= _LONGEST_MONTH and _class(before) == MONTH and before & CAPITAL:
        return _fact(DAY_, _value(before) * 32 + value)
    if 0 < value <= _LONGEST_MONTH and _class(after) == MONTH and after & CAPITAL:
        return _fact(DAY_, _value(after) * 32 + value)
    return _fact(YEAR_, value) if _FIRST_YEAR <= value <= _LAST_YEAR else -1


@compiled
def _is_age(before: int, figure: int, after: int, second: int) -> bool:
    """`26-year-old`, `aged 26`, `Smith, 26, of`."""
    if _class(after) == YEAR_WORD and _class(second) == OLD:
        return True
    if _class(before) == AGED:
        return True
    return bool(figure & COMMA and before & COMMA and not before & FIGURE and _class(before) != MONTH)


@compiled
def _toll(stamps: Any, count: int, at: int) -> int:
    """`five people were killed`: the number, where soon after it someone is dead or hurt."""
    stamp = int(stamps[at])
    value = _value(stamp)
    if value < 0 or not (stamp & FIGURE or _class(stamp) == NUMBER):
        return -1
    for later in range(at, min(at + _NEAR, count - 1)):
        if int(stamps[later]) & END:
            return -1
        if _class(int(stamps[later + 1])) == HURT:
            return _fact(TOLL_, value)
    return -1


@compiled
def _person(stamps: Any, count: int, at: int) -> int:
    """`said Erica Robinson`: the first two of names in a row within a sentence, whoever or whatever they name."""
    if not 0 < at < count - 1:
        return -1
    before, one, two = int(stamps[at - 1]), int(stamps[at]), int(stamps[at + 1])
    if before & (END | CAPITAL) or one & (END | COMMA) or not (_is_name(one) and _is_name(two)):
        return -1
    return _fact(PERSON_, ((one & HASH) * 31 + (two & HASH) >> RARITY_BITS) & _VALUES)


@compiled
def _is_name(stamp: int) -> bool:
    return bool(stamp & CAPITAL and not stamp & (STOP | FIGURE) and not _class(stamp))


@compiled
def _class(stamp: int) -> int:
    return stamp >> CLASS_BITS


@compiled
def _value(stamp: int) -> int:
    """-1 where the word has none."""
    return (stamp >> VALUE_BITS & VALUE) - 1


@compiled
def _fact(what: int, value: int) -> int:
    return what << FACT_BITS | value
