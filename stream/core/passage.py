"""A member's text as sentences, those of a running story set once. What another text says of them is not asked here."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from stream.core.galley import LINE, TEXT, WHOLE, Galley, galley
from stream.core.item import Item
from stream.core.words import words

MOST_SENTENCES = 200  # of one text; what is beyond them is not compared
# `(Halden Press) ==Sundial` is no sentence.
_CREDIT = re.compile(r"[(\[][^()\[\]]{2,60}[)\]](?: ?={2,}.{0,40})?|={2,}.{0,40}")


class Sentence(NamedTuple):
    """As written; what it is compared by is read only where no other text has it letter by letter."""

    text: str
    caption: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """All sentences of one member, captions last and marked; a headline alone is its own only sentence.

    `galleys` are what they were read from: which of each one's sentences are among them stands beside it.
    """

    headline: str
    sentences: tuple[Sentence, ...]
    texts: frozenset[str]
    galleys: tuple[tuple[Galley, tuple[int, ...]], ...]


def passage(item: Item) -> Passage:
    """The sentences of a normalised item."""
    return _passage(item.title, item.text, item.captions)


@lru_cache(maxsize=2048)
def alone(sentence: Sentence) -> Passage:
    """A sentence by itself."""
    set_ = galley(sentence.text, WHOLE, 1)
    return Passage("", (sentence,), frozenset((sentence.text,)), ((set_, (0,)),))


@lru_cache(maxsize=2048)
def _passage(title: str, text: str, captions: tuple[str, ...]) -> Passage:
    read = [_set(text, TEXT) if text else _set(title, WHOLE)]
    read += [_set(caption, LINE) for caption in captions]
    found = [
        Sentence(set_.sentences[i], number > 0) for number, (set_, kept) in enumerate(read) for i in kept
    ]
    return Passage(title, tuple(found), frozenset([s.text for s in found]), tuple(read))


def _set(text: str, parting: int) -> tuple[Galley, tuple[int, ...]]:
    set_ = galley(text, parting, MOST_SENTENCES)
    doubtful = set_.spans[:, 2].tolist()
    kept = range(len(doubtful))
    if any(doubtful):
        kept = [i for i in kept if not doubtful[i] or _says_something(set_.sentences[i])]
    return set_, tuple(kept[:MOST_SENTENCES])


def _says_something(text: str) -> bool:
    return _CREDIT.fullmatch(text) is None and bool(words(text))
