"""The words of a sentence that mean something, as stems, and which of them weigh. No other text may enter."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final

from stream.core.words import folded, is_figure, words

STOPWORDS = frozenset(
    "a about after ahead all also although am an and any are as at be been before being both but by can could did do "
    "does during each for from had has have he her hers him his how however i if in into is it its itself just may "
    "meanwhile might more most must no nor not now of off on one only or other our out over own same said say says "
    "several she should since so some such than that the their them then there these they this those through to too "
    "under until up upon very was we were what when where which while who whom whose why will with would you your "
    "additionally according further moreover well vs versus against".split()
)
_NAME = re.compile(r"[A-Z](?<=[^.!?\"“] [A-Z])[\w'’&-]+")
_ENDINGS = ("ing", "ed", "es", "ly", "e", "s")
_LAST = frozenset(ending[-1] for ending in _ENDINGS)
_MEMO_SIZE, _MEMO_WIDTH = 200_000, 40  # as the words' own memo


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """Stems of the words that mean something, of a sentence that has any. Members of a story share most sentences."""
    found = frozenset(chain.from_iterable(map(stems, text.split())))
    if not found or _CENT in found:
        whole = words(text)
        found = frozenset(_stemmed(whole)) or frozenset(whole)
    return found


_CENT = " cent"  # where `per` may stand before it: `per cent` is one word


class _Stems(dict[str, tuple[str, ...]]):
    """The stems of each chunk between white space, cut once."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        read = folded(chunk)
        found: tuple[str, ...] = read  # most words are their own stems: one tuple for both memos
        if len(read) != 1 or "cent" in read or read[0] in STOPWORDS or stem(read[0]) != read[0]:
            found = (*_stemmed(read), _CENT) if "cent" in read else _stemmed(read)
        if len(chunk) <= _MEMO_WIDTH:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[chunk] = found
        return found


stems: Final = _Stems().__getitem__


def _stemmed(words: Iterable[str]) -> tuple[str, ...]:
    return tuple([stem(word) for word in words if word not in STOPWORDS])


def stem(word: str) -> str:
    if word[-1:] not in _LAST:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def figures(text: str) -> frozenset[str]:
    """The figures that a sentence states."""
    return frozenset(filter(is_figure, content(text)))


@lru_cache(maxsize=1024)
def names(text: str) -> frozenset[str]:
    """The stems of what is written as a name within a sentence."""
    return frozenset(chain.from_iterable(map(stems, _NAME.findall(text))))
