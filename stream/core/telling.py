"""Whether a text says a sentence of another: in the same words, in other words, or not at all. Spelling, commas and
joins are not news, and no story enters.

A sentence is told when another text has nearly all its content words and most of them in one place; the measures
are shares of content words, so `which will enable` and `so they can` are alike, and `defence` and `defense` are one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from stream.core.content import STOPWORDS, content, names
from stream.core.nearness import Measured, lacking, measured
from stream.core.passage import Passage, Sentence, alone

TOLD_SHARE = 75  # of a sentence's content words in one place of the other text, in parts of a hundred
REWORDED_SHARE = 60
SLIP_SHARE = 10  # content words that the other text may lack, in parts of a hundred: `enable` for `help`
SLIP_WORDS, SLIP_LEAST = 2, 8  # or so many, of a sentence with so many: `In a fresh development, …`
TYPO = 84  # rapidfuzz ratio at which two words are one word mistyped

Told = Literal["same", "reworded", "new"]


class Telling(NamedTuple):
    """How a text tells a sentence; `nearest` is the sentence of that text that it was held against.

    `weighty`: what it lacks is a figure or a name, or the whole sentence.
    """

    told: Told
    nearest: Sentence | None = None
    weighty: bool = False


SAME: Final = Telling("same")
NEW: Final = Telling("new", weighty=True)


@dataclass(slots=True, eq=False)
class Held:
    """One text held against another; `told` are the sentences whose telling somebody has asked for."""

    mine: Passage
    other: Passage
    measures: Measured
    told: dict[int, Telling] = field(default_factory=dict)


@lru_cache(maxsize=256)  # what an item changes, and what it alone says, are asked one after the other
def _held(mine: Passage, other: Passage) -> Held:
    return Held(mine, other, measured(mine, other, REWORDED_SHARE))


def tellings(mine: Passage, known: Sequence[Passage]) -> tuple[Telling, ...]:
    """How the other texts together tell each sentence, in order."""
    untold = mine.texts.difference(*[other.texts for other in known])
    if not untold:
        return (SAME,) * len(mine.written)
    return tuple(
        [
            _best(mine, number, known) if sentence in untold else SAME
            for number, sentence in enumerate(mine.written)
        ]
    )


def told_by(sentence: Sentence, others: Sequence[Passage]) -> Telling:
    """The best telling of it by any of the texts: in the same words, in other words, or not at all."""
    return tellings(alone(sentence), others)[0]


def _best(mine: Passage, number: int, others: Sequence[Passage]) -> Telling:
    """Of a sentence that none has letter by letter."""
    best = NEW
    for other in others:
        held = _held(mine, other)
        if best.told != "new" and held.measures.near[number].lacks_a_figure:
            continue  # it cannot be the same
        found = _telling(held, number)
        if found.told == "same":
            return found
        best = found if best.told == "new" else best
    return best


def told_in_full(mine: Passage, number: int, other: Passage) -> bool:
    """Whether a text says all that weighs in a sentence, in whatever words."""
    if mine.written[number] in other.texts:
        return True
    held = _held(mine, other)
    if held.measures.near[number].lacks_a_figure:  # what 20 members have, each alone, is mostly that
        return False
    telling = _telling(held, number)
    return telling.told != "new" and not telling.weighty


def _telling(held: Held, number: int) -> Telling:
    known = held.told.get(number)
    if known is None:
        known = held.told[number] = _judged(held, number)
    return known


def _judged(held: Held, number: int) -> Telling:
    """Of a sentence that the other has not letter by letter; one with the same words has all its content."""
    near, mine, other = held.measures.near[number], held.mine, held.other
    size, share = near.size, 100 * near.common // max(1, near.size)
    if 100 * (size - near.missing) < REWORDED_SHARE * size or share < REWORDED_SHARE or near.place < 0:
        return NEW
    weighty, news = bool(near.lacks_a_figure or near.figure_away), 0
    if near.missing and not weighty:
        weighty, news = _news(held, number, share)
    nearest = other.sentence(near.place)
    if share >= TOLD_SHARE and not weighty and _is_slip(news, size):
        return Telling("same", nearest)
    if nearest.caption != (number >= mine.captions):
        return NEW  # a caption names who the report is about, and is no rewording of it
    return Telling("reworded", nearest, weighty)


def _news(held: Held, number: int, share: int) -> tuple[bool, int]:
    """Of what a sentence whose figures are told says that the other text does not: whether a name is among it, and how
    many words it is at most, but for slips of the keys, which are sought only where they may decide."""
    near, sentence, written = held.measures.near[number], held.mine.written[number], held.other.written
    sure = share < TOLD_SHARE or _is_slip(near.missing, near.size)
    if sure and not near.may_name:
        return False, near.missing
    missing = lacking(held.mine, number, held.measures)
    named = missing & names(sentence) if near.may_name else frozenset()
    if sure and not named:
        return False, len(missing)
    place = frozenset().union(*map(content, written[max(0, near.place - 1) : near.place + 1]))
    weighty = any(not _is_typo(word, place) for word in named)
    if sure or weighty:
        return weighty, len(missing)
    return False, sum(not _is_typo(word, place) for word in missing)


def _is_slip(news: int, size: int) -> bool:
    return 100 * news <= SLIP_SHARE * size or (news <= SLIP_WORDS and size >= SLIP_LEAST)


def _is_typo(word: str, place: frozenset[str]) -> bool:
    """One slip of the keys (Damerau 1964) from a word of the place or from a small word, or nearly alike."""
    if process.extractOne(word, place, scorer=fuzz.ratio, score_cutoff=TYPO) is not None:
        return True
    return len(word) >= 4 and (_is_slip_of_keys(word, place) or _is_small_word_mistyped(word))


@lru_cache(maxsize=4096)
def _is_small_word_mistyped(word: str) -> bool:
    return _is_slip_of_keys(word, STOPWORDS)


def _is_slip_of_keys(word: str, others: frozenset[str]) -> bool:
    return process.extractOne(word, others, scorer=OSA.distance, score_cutoff=1) is not None
