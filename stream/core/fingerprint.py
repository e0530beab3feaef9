"""What an item is compared by: hashed words, sampled shingles, figures and names, made in one pass. No state enters.

Shingles are three consecutive words. A shingle is sampled by its own value (mod-p sampling, Broder 1997), so a
brief and the report it was cut from sample the same ones: densely in the lede, which updates keep, sparsely below it.
"""

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from stream.core.headline import corrected, headline
from stream.core.item import Item
from stream.core.passage import STOPWORDS
from stream.core.quantities import quantities
from stream.core.words import words

MOST_WORDS = (
    4_000  # of one text: a longer one is compared by its first words, so that an item's cost is bounded
)
LEDE_WORDS = 48
LEDE_SAMPLE = 2  # one shingle in so many
BODY_SAMPLE = 8
FEWEST_SHINGLES = 16  # a text with fewer sampled ones keeps them all
FILLER_DISTINCT = (
    5  # flashes of 1987 carry a body of "blah blah blah": fewer distinct words than this say nothing
)

_MASK = (1 << 61) - 1
_NAME = re.compile(r"(?<=[a-z0-9,;:)] )[A-Z][\w'’&.-]*[\w]|(?<=<)[A-Z.]{1,6}(?=>)")


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """Words as 32-bit hashes in order; `text` is empty for an item that is a headline alone, or a `notice` that is
    known by the headline that it corrects. `ts` in milliseconds of event time."""

    title: "array[int]"
    text: "array[int]"
    shingles: tuple[int, ...]
    figures: frozenset[int]
    names: frozenset[int]
    ts: int = 0
    notice: bool = False


@lru_cache(maxsize=1 << 18)
def word_hash(word: str) -> int:
    """CRC-32: the same on every machine, unlike hash()."""
    return crc32(word.encode("utf-8", "surrogatepass"))


SMALL_WORDS = frozenset(map(word_hash, STOPWORDS))


def fingerprint(item: Item) -> Fingerprint:
    """The fingerprint of a normalised item."""
    title_words, text_words = words(headline(item)), words(item.text[: MOST_WORDS * 12])[:MOST_WORDS]
    title = array("I", map(word_hash, title_words))
    text = array("I", map(word_hash, text_words))
    notice = bool(corrected(item))
    if title and (notice or len(set(text)) < FILLER_DISTINCT):
        text, text_words = array("I"), []
    figures = frozenset(map(word_hash, quantities(title_words) | quantities(text_words)))
    written = item.text[: MOST_WORDS * 12] if text_words else _sentence_case(headline(item))
    names = frozenset(word_hash(w) for name in set(_NAME.findall(written)) for w in words(name))
    return Fingerprint(title, text, _shingles(title, text), figures, names, item.ts, notice)


def _sentence_case(title: str) -> str:
    """A headline whose capitals tell names; empty where every word that means something has one, or none has."""
    small = (chunk.strip(",.:;") for chunk in title.split() if chunk[:1].islower())
    return title if any(chunk.lower() not in STOPWORDS for chunk in small) else ""


def _shingles(title: "array[int]", text: "array[int]") -> tuple[int, ...]:
    every = triples(text)
    sampled = {h for h in every[:LEDE_WORDS] if not h % LEDE_SAMPLE}
    sampled.update(h for h in every[LEDE_WORDS:] if not h % BODY_SAMPLE)
    if len(sampled) < FEWEST_SHINGLES:
        sampled.update(every)
    sampled.update((a * 0x9E3779B97F4A7C15 + b * 0x94D049BB133111EB + 1) & _MASK for a, b in pairwise(title))
    sampled.update(set(title) - SMALL_WORDS)
    return tuple(sorted(sampled))


def triples(hashes: "array[int]") -> list[int]:
    """Every shingle of a text, in order."""
    return [
        (a * 0x9E3779B97F4A7C15 + b * 0xC2B2AE3D27D4EB4F + c * 0x165667B19E3779F9) & _MASK
        for a, b, c in zip(hashes, hashes[1:], hashes[2:], strict=False)
    ]
