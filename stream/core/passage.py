"""A member's text as sentences, those of a running story split once. What another text says of them is not asked here."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from string import ascii_letters, digits
from typing import NamedTuple

from stream.core.item import Item
from stream.core.sentences import in_paragraph, paragraphs
from stream.core.words import words

MOST_SENTENCES = 200  # of one text; what is beyond them is not compared
# `(Halden Press) ==Sundial` is no sentence.
_CREDIT = re.compile(r"[(\[][^()\[\]]{2,60}[)\]](?: ?={2,}.{0,40})?|={2,}.{0,40}")
_PLAIN = frozenset(ascii_letters + digits)  # what begins with one of them has words, and is no credit


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
