"""A member's text as sentences, those of a running story set once. What another text says of them is not asked here."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

import numpy as np

from stream.core.galley import Galley, galley
from stream.core.item import Item
from stream.core.parting import LINE, TEXT, WHOLE
from stream.core.stems import Ints
from stream.core.words import words

_FIRST: Final = np.zeros(1, np.int32)
MOST_SENTENCES = 200  # of one text; what is beyond them is not compared
# `(Halden Press) ==Sundial` is no sentence.
_CREDIT = re.compile(r"[(\[][^()\[\]]{2,60}[)\]](?: ?={2,}.{0,40})?|={2,}.{0,40}")


class Sentence(NamedTuple):
    """As written; what it is compared by is read only where no other text has it letter by letter."""

    text: str
    caption: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """All sentences of one member as `written`, captions last, from `captions` on; a headline alone is its own only
    sentence.

    `galleys` are what they were read from: which of each one's sentences are among them stands beside it.
    """

    headline: str
    written: tuple[str, ...]
    captions: int
    texts: frozenset[str]
    galleys: tuple[tuple[Galley, Ints], ...]

    def sentence(self, number: int) -> Sentence:
        return Sentence(self.written[number], number >= self.captions)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(map(self.sentence, range(len(self.written))))


def passage(item: Item) -> Passage:
    """The sentences of a normalised item."""
    return _passage(item.title, item.text, item.captions)


@lru_cache(maxsize=2048)
def alone(sentence: Sentence) -> Passage:
    """A sentence by itself."""
    set_ = galley(sentence.text, WHOLE, 1)
    return Passage("", (sentence.text,), 1 - sentence.caption, frozenset((sentence.text,)), ((set_, _FIRST),))


@lru_cache(maxsize=2048)
def _passage(title: str, text: str, captions: tuple[str, ...]) -> Passage:
    read = [_set(text, TEXT) if text else _set(title, WHOLE), *(_set(caption, LINE) for caption in captions)]
    written = tuple(chain.from_iterable([_kept(*each) for each in read]))
    return Passage(title, written, len(read[0][1]), frozenset(written), tuple(read))


def _set(text: str, parting: int) -> tuple[Galley, Ints]:
    set_ = galley(text, parting, MOST_SENTENCES)
    if nothing := [i for i in set_.doubtful if not _says_something(set_.sentences[i])]:
        kept = [i for i in range(len(set_.sentences)) if i not in nothing]
        return set_, np.array(kept[:MOST_SENTENCES], np.int32)
    return set_, np.arange(min(len(set_.sentences), MOST_SENTENCES), dtype=np.int32)


def _kept(set_: Galley, kept: Ints) -> list[str]:
    return set_.sentences if len(kept) == len(set_.sentences) else [set_.sentences[i] for i in kept.tolist()]


def _says_something(text: str) -> bool:
    """Accents without a letter are no word, though `words` takes them for one."""
    return (
        _CREDIT.fullmatch(text) is None
        and any(sign.isalnum() or sign == "%" for sign in text)
        and bool(words(text))
    )
