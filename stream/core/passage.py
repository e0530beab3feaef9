"""A member's text as sentences, and whether another text says a sentence too. Spelling, commas and joins are not news.

A sentence is told when another text has nearly all its content words and most of them in one place; the measures
are shares of content words, so `which will enable` and `so they can` are alike, and `defence` and `defense` are one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from stream.core.item import Item
from stream.core.sentences import sentences
from stream.core.words import is_figure, words

STOPWORDS = frozenset(
    "a about after ahead all also although am an and any are as at be been before being both but by can could did do "
    "does during each for from had has have he her hers him his how however i if in into is it its itself just may "
    "meanwhile might more most must no nor not now of off on one only or other our out over own same said say says "
    "several she should since so some such than that the their them then there these they this those through to too "
    "under until up upon very was we were what when where which while who whom whose why will with would you your "
    "additionally according further moreover well vs versus against".split()
)
TOLD_SHARE = 75  # of a sentence's content words in one place of the other text, in parts of a hundred
REWORDED_SHARE = 60
SLIP_SHARE = 10  # content words that the other text may lack, in parts of a hundred: `enable` for `help`
SLIP_WORDS, SLIP_LEAST = 2, 8  # or so many, of a sentence with so many: `In a fresh development, …`
TYPO = 84  # rapidfuzz ratio at which two words are one word mistyped
MOST_SENTENCES = 200  # of one text
_NAME = re.compile(r"(?<=[^.!?\"“] )[A-Z][\w'’&-]+")
_CREDIT = re.compile(
    r"[(\[][^()\[\]]{2,60}[)\]](?: ?={2,}.{0,40})?|={2,}.{0,40}"
)  # `(Halden Press) ==Sundial`: no sentence
_ENDINGS = ("ing", "ed", "es", "ly", "e", "s")

Told = Literal["same", "reworded", "new"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """`content` holds stems of the words that mean something; `key` is equal for sentences with the same words."""

    text: str
    key: tuple[str, ...]
    content: frozenset[str]
    figures: frozenset[str]
    names: frozenset[str]
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """All sentences of one member, captions last and marked; a headline alone is its own only sentence."""

    sentences: tuple[Sentence, ...]
    keys: frozenset[tuple[str, ...]]
    vocabulary: frozenset[str]
    more: int  # sentences beyond MOST_SENTENCES, not compared


@dataclass(frozen=True, slots=True)
class Telling:
    """How a text tells a sentence; `nearest` is the sentence of that text that it was held against.

    `weighty`: what it lacks is a figure or a name, or the whole sentence.
    """

    told: Told
    nearest: Sentence | None = None
    weighty: bool = False


NEW = Telling("new", weighty=True)


def passage(item: Item) -> Passage:
    """The sentences of a normalised item."""
    return _passage(item.title, item.text, item.captions)


@lru_cache(maxsize=2048)
def _passage(title: str, text: str, captions: tuple[str, ...]) -> Passage:
    written = sentences(text) or [title]
    read = [_sentence(s) for s in written[:MOST_SENTENCES]]
    read += [_sentence(s, caption=True) for caption in captions for s in sentences(caption)[:MOST_SENTENCES]]
    read = [s for s in read if s.key and not _CREDIT.fullmatch(s.text)]
    headline = _sentence(title).content
    vocabulary = headline.union(*(s.content for s in read))
    return Passage(
        tuple(read), frozenset(s.key for s in read), vocabulary, max(0, len(written) - MOST_SENTENCES)
    )


def _sentence(text: str, caption: bool = False) -> Sentence:
    folded = words(text)
    figures = frozenset(w for w in folded if is_figure(w))
    content = frozenset(_stem(w) for w in folded if w not in STOPWORDS) or frozenset(folded)
    names = frozenset(_stem(w) for name in _NAME.findall(text) for w in words(name) if w not in STOPWORDS)
    return Sentence(text, tuple(folded), content, figures, names, caption)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def telling(sentence: Sentence, other: Passage) -> Telling:
    """Whether `other` says it in the same words, in other words, or not at all."""
    if sentence.key in other.keys:
        return Telling("same")
    missing = sentence.content - other.vocabulary
    size = len(sentence.content)
    if 100 * (size - len(missing)) < REWORDED_SHARE * size:
        return NEW
    near, place = _nearest(sentence, other)
    share = 100 * len(sentence.content & place) // size
    if share < REWORDED_SHARE:
        return NEW
    news = _not_mistyped(missing, place) | (sentence.figures - place)
    weighty = bool(news & (sentence.figures | sentence.names))
    if share >= TOLD_SHARE and not weighty and _is_slip(len(news), size):
        return Telling("same", near)
    if near is None or near.caption != sentence.caption:
        return NEW  # a caption names who the report is about, and is no rewording of it
    return Telling("reworded", near, weighty)


def told_by(sentence: Sentence, others: Iterable[Passage]) -> Telling:
    """The best telling of it by any of the texts."""
    best = NEW
    for other in others:
        found = telling(sentence, other)
        if found.told == "same":
            return found
        if best.told == "new":
            best = found
    return best


def _nearest(sentence: Sentence, other: Passage) -> tuple[Sentence | None, frozenset[str]]:
    """The sentence with most of its words, and the words of that place: two neighbours count as one when joined."""
    best: tuple[int, Sentence | None, frozenset[str]] = (0, None, frozenset())
    before: frozenset[str] = frozenset()
    for theirs in other.sentences:
        joined = theirs.content | before
        common = len(sentence.content & joined)
        if common > best[0]:
            best = (common, theirs, joined)
        before = theirs.content
    return best[1], best[2]


def _is_slip(news: int, size: int) -> bool:
    return 100 * news <= SLIP_SHARE * size or (news <= SLIP_WORDS and size >= SLIP_LEAST)


def _not_mistyped(missing: frozenset[str], place: frozenset[str]) -> frozenset[str]:
    """The missing words that are not a word of the place with a slip of the keys."""
    return frozenset(word for word in missing if is_figure(word) or not _is_typo(word, place))


def _is_typo(word: str, place: frozenset[str]) -> bool:
    """One slip of the keys (Damerau 1964) from a word of the place or from a small word, or nearly alike."""
    if len(word) >= 4 and any(
        process.extractOne(word, others, scorer=OSA.distance, score_cutoff=1) for others in (place, STOPWORDS)
    ):
        return True
    return process.extractOne(word, place, scorer=fuzz.ratio, score_cutoff=TYPO) is not None
