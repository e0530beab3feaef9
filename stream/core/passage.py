"""A member's text as sentences, and whether another text says a sentence too. Spelling, commas and joins are not news.

A sentence is told when another text has nearly all its content words and most of them in one place; the measures
are shares of content words, so `which will enable` and `so they can` are alike, and `defence` and `defense` are one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from string import ascii_letters, digits
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from stream.core.item import Item
from stream.core.sentences import in_paragraph, paragraphs
from stream.core.words import folded, is_figure, words

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
MOST_SENTENCES = 200  # of one text; what is beyond them is not compared
_NAME = re.compile(r"[A-Z](?<=[^.!?\"“] [A-Z])[\w'’&-]+")
_CREDIT = re.compile(
    r"[(\[][^()\[\]]{2,60}[)\]](?: ?={2,}.{0,40})?|={2,}.{0,40}"
)  # `(Halden Press) ==Sundial`: no sentence
_PLAIN = frozenset(
    ascii_letters + digits
)  # a sentence that begins with one of them has words, and is no credit
_ENDINGS = ("ing", "ed", "es", "ly", "e", "s")
_LAST = frozenset(ending[-1] for ending in _ENDINGS)
_MEMO_SIZE, _MEMO_WIDTH = 200_000, 40  # as the words' own memo

Told = Literal["same", "reworded", "new"]


class Sentence(NamedTuple):
    """As written; what it is compared by is read only where no other text has it letter by letter."""

    text: str
    caption: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """All sentences of one member, captions last and marked; a headline alone is its own only sentence."""

    headline: str
    sentences: tuple[Sentence, ...]
    texts: frozenset[str]


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


def passage(item: Item) -> Passage:
    """The sentences of a normalised item."""
    return _passage(item.title, item.text, item.captions)


@lru_cache(maxsize=2048)
def _passage(title: str, text: str, captions: tuple[str, ...]) -> Passage:
    written = chain.from_iterable(map(_told, paragraphs(text))) if text else _whole(title)
    read = list(islice(written, MOST_SENTENCES))
    for caption in captions:
        read += [Sentence(s.text, True) for s in _told(caption)[:MOST_SENTENCES]]
    return Passage(title, tuple(read), frozenset([s.text for s in read]))


def _whole(headline: str) -> tuple[Sentence, ...]:
    return (Sentence(headline),) if _says_something(headline) else ()


@lru_cache(maxsize=8192)  # copies and updates have most paragraphs as they were
def _told(paragraph: str) -> tuple[Sentence, ...]:
    return tuple([Sentence(s) for s in in_paragraph(paragraph) if s[:1] in _PLAIN or _says_something(s)])


def _says_something(text: str) -> bool:
    return _CREDIT.fullmatch(text) is None and bool(words(text))


@lru_cache(maxsize=512)
def _ground(passage: Passage) -> _Ground:
    contents = tuple([_content(s.text) for s in passage.sentences])
    return _Ground(_content(passage.headline).union(*contents), contents)


@lru_cache(maxsize=8192)
def _content(text: str) -> frozenset[str]:
    """Stems of the words that mean something, of a sentence that has any. Members of a story share most sentences."""
    content = frozenset(chain.from_iterable(map(_stems, text.split())))
    if not content or _CENT in content:
        whole = words(text)
        content = frozenset(_stemmed(whole)) or frozenset(whole)
    return content


_CENT = " cent"  # where `per` may stand before it: `per cent` is one word


class _Stems(dict[str, tuple[str, ...]]):
    """The stems of each chunk between white space, cut once."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        read = folded(chunk)
        stems = (*_stemmed(read), _CENT) if "cent" in read else _stemmed(read)
        stems = read if stems == read else stems  # most words are their own stems: one tuple for both memos
        if len(chunk) <= _MEMO_WIDTH:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[chunk] = stems
        return stems


_stems: Final = _Stems().__getitem__


def _stemmed(words: Iterable[str]) -> tuple[str, ...]:
    return tuple([_cut(word) for word in words if word not in STOPWORDS])


def _cut(word: str) -> str:
    if word[-1:] not in _LAST:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def figures(sentence: Sentence) -> frozenset[str]:
    """The figures that a sentence states."""
    return frozenset(filter(is_figure, words(sentence.text)))


@lru_cache(maxsize=1024)
def _names(text: str) -> frozenset[str]:
    """The stems of what is written as a name within a sentence."""
    return frozenset([stem for name in _NAME.findall(text) for stem in _stemmed(words(name))])


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
    return any(map(is_figure, _content(sentence.text) - _ground(other).vocabulary))


@lru_cache(maxsize=1024)
def _telling(sentence: Sentence, other: Passage) -> Telling:
    """Of a sentence that the other has not letter by letter; one with the same words has all its content."""
    content, ground = _content(sentence.text), _ground(other)
    missing = content - ground.vocabulary
    size = len(content)
    if 100 * (size - len(missing)) < REWORDED_SHARE * size:
        return NEW
    near, place = _nearest(content, other, ground)
    share = 100 * len(content & place) // size
    if share < REWORDED_SHARE:
        return NEW
    news = _not_mistyped(missing, place) | {w for w in content if is_figure(w) and w not in place}
    weighty = any(map(is_figure, news)) or not news.isdisjoint(_names(sentence.text) if news else ())
    if share >= TOLD_SHARE and not weighty and _is_slip(len(news), size):
        return Telling("same", near)
    if near is None or near.caption != sentence.caption:
        return NEW  # a caption names who the report is about, and is no rewording of it
    return Telling("reworded", near, weighty)


def _nearest(
    content: frozenset[str], other: Passage, ground: _Ground
) -> tuple[Sentence | None, frozenset[str]]:
    """The sentence with most of its words, and the words of that place: two neighbours count as one when joined."""
    best, found = 0, -1
    before: frozenset[str] = frozenset()
    for number, theirs in enumerate(ground.contents):
        common = content & theirs
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
