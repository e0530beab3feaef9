"""What an item is compared by: coded words, sampled shingles, names, made in one pass. No state enters.

Shingles are three consecutive words. A shingle is sampled by its own value (mod-p sampling, Broder 1997), so a
brief and the report it was cut from sample the same ones: densely in the lede, which updates keep, sparsely below it.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stream.core.coded import word_code
from stream.core.compiled import compiled
from stream.core.content import STOPWORDS
from stream.core.headline import corrected
from stream.core.item import Item
from stream.core.reading import words_of
from stream.core.scan import CAPITAL, OPEN, PLAIN, Codes
from stream.core.stitch import Whole

LEDE_WORDS = 48
LEDE_SAMPLE = 2  # one shingle in so many
BODY_SAMPLE = 12
FEWEST_SHINGLES = 16  # a text with fewer sampled ones keeps them all
FILLER_DISTINCT = (
    5  # flashes of 1987 carry a body of "blah blah blah": fewer distinct words than this say nothing
)

Keys = NDArray[np.uint32]
Flags = NDArray[np.bool_]
PAIR, WORD = 65_537, 65_539  # in place of a code: a key of a headline's pair, of a single word


@dataclass(slots=True, eq=False)
class Fingerprint:
    """One character a word in `title` and `text`, which is empty for an item that is a headline alone, or a `notice`
    that is known by the headline that it corrects; written when they are first asked for.

    `codes` are the same words as numbers, the first `title_words` the title's; `shingles` and `names` (codes) are
    sorted and distinct; `ts` is event time in milliseconds.
    """

    codes: Codes
    title_words: int
    names: Codes
    shingles: Keys
    ts: int = 0
    notice: bool = False
    _title: str | None = field(default=None, init=False, repr=False)
    _text: str | None = field(default=None, init=False, repr=False)

    @property
    def title(self) -> str:
        if self._title is None:
            self._title = written(self.codes[: self.title_words])
        return self._title

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = written(self.text_codes)
        return self._text

    def at(self, ts: int) -> "Fingerprint":
        """The same words at another time."""
        return Fingerprint(self.codes, self.title_words, self.names, self.shingles, ts, self.notice)

    @property
    def text_codes(self) -> Codes:
        return self.codes[self.title_words :]

    @property
    def text_words(self) -> int:
        return len(self.codes) - self.title_words

    @property
    def has_text(self) -> bool:
        return len(self.codes) > self.title_words


def written(codes: Codes) -> str:
    """A character a word."""
    return codes.tobytes().decode("utf-16-le")


SMALL_WORDS = np.zeros(1 << 16, np.bool_)  # whether a code is that of a word that means little alone
SMALL_WORDS[[word_code(word) for word in STOPWORDS]] = True


def fingerprint(item: Item, read: Whole | None = None) -> Fingerprint:
    """The fingerprint of a normalised item; `read` are its words, where they are at hand."""
    head, rest, _, _ = read or words_of(item)
    notice = bool(corrected(item))
    codes, title, names, shingles = printed(head, rest, notice)
    return Fingerprint(codes, title, names, shingles, item.ts, notice)


def of_codes(codes: Codes, title: int, names: Codes, ts: int, notice: bool = False) -> Fingerprint:
    """The fingerprint of words, the first `title` of which are the headline's."""
    return Fingerprint(codes, title, names, _shingles(codes, title), ts, notice)


@compiled
def printed(head: Codes, rest: Codes, notice: bool) -> tuple[Codes, int, Codes, Keys]:
    """The codes of both without how they were written, how many are the headline's, names, and shingles."""
    title = len(head) // 2
    text = rest[:0] if title and (notice or _is_filler(rest)) else rest
    codes = np.empty(title + len(text) // 2, np.uint16)
    codes[:title] = head[::2]
    codes[title:] = text[::2]
    names = _names(text if len(text) or not _in_sentence_case(head) else head)
    return codes, title, names, _shingles(codes, title)


@compiled
def _is_filler(text: Codes) -> bool:
    """Whether there are fewer distinct words."""
    seen = np.empty(FILLER_DISTINCT, np.uint16)
    count = 0
    for at in range(0, len(text), 2):
        known = False
        for other in range(count):
            known = known or text[at] == seen[other]
        if not known:
            seen[count] = text[at]
            count += 1
            if count == FILLER_DISTINCT:
                return False
    return True


@compiled
def _in_sentence_case(title: Codes) -> bool:
    """Whether a headline's capitals tell names: some word that means something has none."""
    for at in range(0, len(title), 2):
        if not int(title[at + 1]) & CAPITAL and not SMALL_WORDS[title[at]] and int(title[at]) < PLAIN:
            return True
    return False


@compiled
def _names(pairs: Codes) -> Codes:
    """Words with a capital inside a sentence."""
    found = np.empty(len(pairs) // 2, np.uint16)
    size = 0
    for at in range(2, len(pairs), 2):
        if int(pairs[at + 1]) & CAPITAL and int(pairs[at - 1]) & OPEN:
            found[size] = pairs[at]
            size += 1
    return distinct(found[:size])


@compiled
def distinct(found: NDArray[Any]) -> NDArray[Any]:
    """Sorted, each once."""
    found.sort()
    size = 0
    for at in range(len(found)):
        if at == 0 or found[at] != found[size - 1]:
            found[size] = found[at]
            size += 1
    return found[:size].copy()


@compiled
def mixed(a: int, b: int, c: int) -> int:
    """32 bits of three codes, each bit of which depends on all of theirs (the finisher of PCG's hash prospector)."""
    h = (a * 0x9E3779B1 + b * 0x85EBCA77 + c * 0xC2B2AE3D) & 0xFFFFFFFF
    h ^= h >> 16
    h = (h * 0x21F0AAAD) & 0xFFFFFFFF
    h ^= h >> 15
    h = (h * 0x735A2D97) & 0xFFFFFFFF
    return h ^ (h >> 15)


@compiled
def _shingles(codes: Codes, title: int) -> Keys:
    """Sampled triples of the text; every pair of the headline, and every word of it that means something."""
    words = len(codes) - title
    every = np.empty(max(0, words - 2), np.int64)
    for at in range(len(every)):
        from_ = title + at
        every[at] = mixed(int(codes[from_]), int(codes[from_ + 1]), int(codes[from_ + 2]))
    found = np.empty(len(every) + 2 * title, np.uint32)
    size = 0
    lede = min(LEDE_WORDS, len(every))
    for at in range(lede):  # the high bits sample, the low ones find the place in the index
        if (int(every[at]) >> 16) % LEDE_SAMPLE == 0:
            found[size] = every[at]
            size += 1
    for at in range(lede, len(every)):  # by itself: a divisor that is known need not divide
        if (int(every[at]) >> 16) % BODY_SAMPLE == 0:
            found[size] = every[at]
            size += 1
    if size < FEWEST_SHINGLES:
        for at in range(len(every)):
            found[at] = every[at]
        size = len(every)
    for at in range(title):
        if at:
            found[size] = mixed(int(codes[at - 1]), int(codes[at]), PAIR)
            size += 1
        if not SMALL_WORDS[codes[at]]:
            found[size] = mixed(int(codes[at]), WORD, WORD)
            size += 1
    return distinct(found[:size])
