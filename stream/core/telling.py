"""Whether a text says a sentence of another: in the same words, in other words, or not at all. Spelling, commas and
joins are not news, and no story enters.

A sentence is told when another text has nearly all its content words and most of them in one place; the measures
are shares of content words, so `which will enable` and `so they can` are alike, and `defence` and `defense` are one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from stream.core.content import STOPWORDS, content, names
from stream.core.passage import Passage, Sentence
from stream.core.words import is_figure

TOLD_SHARE = 75  # of a sentence's content words in one place of the other text, in parts of a hundred
REWORDED_SHARE = 60
SLIP_SHARE = 10  # content words that the other text may lack, in parts of a hundred: `enable` for `help`
SLIP_WORDS, SLIP_LEAST = 2, 8  # or so many, of a sentence with so many: `In a fresh development, …`
TYPO = 84  # rapidfuzz ratio at which two words are one word mistyped

Told = Literal["same", "reworded", "new"]


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """What a passage is searched by: the content of all of it, and of each sentence."""

    vocabulary: frozenset[str]
    contents: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """How a text tells a sentence; `nearest` is the sentence of that text that it was held against.

    `weighty`: what it lacks is a figure or a name, or the whole sentence.
    """

    told: Told
    nearest: Sentence | None = None
    weighty: bool = False


SAME: Final = Telling("same")
NEW: Final = Telling("new", weighty=True)


@lru_cache(maxsize=512)
def _ground(passage: Passage) -> _Ground:
    contents = tuple([content(s.text) for s in passage.sentences])
    return _Ground(content(passage.headline).union(*contents), contents)


def tellings(mine: Passage, known: Sequence[Passage]) -> tuple[Telling, ...]:
    """How the other texts together tell each sentence, in order."""
    return _tellings(mine, tuple(known))


@lru_cache(maxsize=16)  # what an item changes, and what it alone says, are asked one after the other
def _tellings(mine: Passage, known: tuple[Passage, ...]) -> tuple[Telling, ...]:
    return tuple([told_by(sentence, known) for sentence in mine.sentences])


def told_by(sentence: Sentence, others: Sequence[Passage]) -> Telling:
    """The best telling of it by any of the texts: in the same words, in other words, or not at all."""
    for other in others:
        if sentence.text in other.texts:
            return SAME
    best = NEW
    for other in others:
        if best.told == "new" or not _lacks_a_figure(sentence, other):  # else it cannot be the same
            found = _telling(sentence, other)
            if found.told == "same":
                return found
            best = found if best.told == "new" else best
    return best


def told_in_full(sentence: Sentence, other: Passage) -> bool:
    """Whether a text says all that weighs in a sentence, in whatever words."""
    if sentence.text in other.texts:
        return True
    if _lacks_a_figure(sentence, other):
        return False
    telling = _telling(sentence, other)
    return telling.told != "new" and not telling.weighty


def _lacks_a_figure(sentence: Sentence, other: Passage) -> bool:
    return any(map(is_figure, content(sentence.text) - _ground(other).vocabulary))


@lru_cache(maxsize=1024)
def _telling(sentence: Sentence, other: Passage) -> Telling:
    """Of a sentence that the other has not letter by letter; one with the same words has all its content."""
    mine, ground = content(sentence.text), _ground(other)
    missing = mine - ground.vocabulary
    size = len(mine)
    if 100 * (size - len(missing)) < REWORDED_SHARE * size:
        return NEW
    near, place = _nearest(mine, other, ground)
    share = 100 * len(mine & place) // size
    if share < REWORDED_SHARE:
        return NEW
    news = _not_mistyped(missing, place) | {w for w in mine if is_figure(w) and w not in place}
    weighty = any(map(is_figure, news)) or not news.isdisjoint(names(sentence.text) if news else ())
    if share >= TOLD_SHARE and not weighty and _is_slip(len(news), size):
        return Telling("same", near)
    if near is None or near.caption != sentence.caption:
        return NEW  # a caption names who the report is about, and is no rewording of it
    return Telling("reworded", near, weighty)


def _nearest(mine: frozenset[str], other: Passage, ground: _Ground) -> tuple[Sentence | None, frozenset[str]]:
    """The sentence with most of its words, and the words of that place: two neighbours count as one when joined."""
    best, found = 0, -1
    before: frozenset[str] = frozenset()
    for number, theirs in enumerate(ground.contents):
        common = mine & theirs
        if len(common) + len(before) > best and (joined := len(common | before)) > best:
            best, found = joined, number
        before = common
    if found < 0:
        return None, frozenset()
    return other.sentences[found], frozenset().union(*ground.contents[max(0, found - 1) : found + 1])


def _is_slip(news: int, size: int) -> bool:
    return 100 * news <= SLIP_SHARE * size or (news <= SLIP_WORDS and size >= SLIP_LEAST)


def _not_mistyped(missing: frozenset[str], place: frozenset[str]) -> frozenset[str]:
    """The missing words that are not a word of the place with a slip of the keys."""
    return frozenset([word for word in missing if is_figure(word) or not _is_typo(word, place)])


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
