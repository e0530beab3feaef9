"""What two items have in common whatever its order: figures, names, openings, phrases, counted by kernels. No policy enters."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stream.core.compiled import compiled
from stream.core.fingerprint import SMALL_WORDS, Fingerprint, Flags, mixed
from stream.core.policy import LEDE_WORDS
from stream.core.scan import PLAIN, Codes

Marks = NDArray[np.uint8]

# Where an item says a word; the older item's marks stand OLD bits higher.
_TITLE, _LEDE, _BELOW, _OLD = 1, 2, 4, 3


class Beside(NamedTuple):
    """Counts of distinct words. Content is the headline's words that mean something; an opening has those of the lede
    too; foreign is content that its own text says and the other item never does. A subject is the headline's first
    word: 1 where the other headline has it; `led`, where the other's opening has it."""

    figures: int
    new_figures: int
    old_figures: int
    openings: int
    new_opening: int
    old_opening: int
    contents: int
    new_content: int
    old_content: int
    new_foreign: int
    old_foreign: int
    new_subject: int
    old_subject: int
    new_led: int


def beside(new: Fingerprint, old: Fingerprint) -> Beside:
    """What the two have in common."""
    said = (new.codes, new.title_words, old.codes, old.title_words)
    return Beside(*_beside(*said, SMALL_WORDS, LEDE_WORDS, PLAIN))


class Opening:
    """The words of an item's headline and lede that mean something, to be held against those of others."""

    __slots__ = ("_count", "_marks", "_seen")

    def __init__(self, new: Fingerprint) -> None:
        self._marks: Marks = np.zeros(1 << 13, np.uint8)  # a bit for each code
        self._seen: Marks = np.zeros(1 << 13, np.uint8)
        self._count = _open(self._marks, new.codes[: new.title_words + LEDE_WORDS], SMALL_WORDS)

    def beside(self, old: Fingerprint) -> tuple[int, int]:
        """`openings` of `Beside`, and the fewer of `new_opening` and `old_opening`."""
        both, theirs = _opening(
            self._marks, self._seen, old.codes[: old.title_words + LEDE_WORDS], SMALL_WORDS
        )
        return both, min(self._count, theirs)


def names(new: Fingerprint, old: Fingerprint) -> tuple[int, int]:
    """Words with a capital inside a sentence: in both, and of the item with fewer."""
    return _common(new.names, old.names)


def said(words: Codes, other: Fingerprint) -> int:
    """How many of some distinct words the other item says anywhere."""
    return _said(words, other.codes)


def phrases(new: Codes, old: Codes) -> tuple[int, int]:
    """Distinct three-word phrases: in both, and of the one with fewer words."""
    return _phrases(new, old) if len(new) <= len(old) else _phrases(old, new)


@compiled
def _mark(marks: Marks, codes: Codes, title: int, lede: int, shift: int) -> None:
    for at in range(len(codes)):
        where = _TITLE if at < title else _LEDE if at < title + lede else _BELOW
        marks[codes[at]] = int(marks[codes[at]]) | (where << shift)


@compiled
def _open(marks: Marks, codes: Codes, small: Flags) -> int:
    count = 0
    for at in range(len(codes)):
        code = int(codes[at])
        if not small[code]:
            count += 1 - _bit(marks, code)
            marks[code >> 3] = int(marks[code >> 3]) | (1 << (code & 7))
    return count


@compiled
def _opening(marks: Marks, seen: Marks, codes: Codes, small: Flags) -> tuple[int, int]:
    both = count = 0
    for at in range(len(codes)):
        code = int(codes[at])
        if not small[code] and not _bit(seen, code):
            both, count = both + _bit(marks, code), count + 1
            seen[code >> 3] = int(seen[code >> 3]) | (1 << (code & 7))
    for at in range(len(codes)):
        seen[int(codes[at]) >> 3] = 0
    return both, count


@compiled
def _bit(marks: Marks, code: int) -> int:
    return int(marks[code >> 3]) >> (code & 7) & 1


@compiled
def _beside(
    new: Codes, new_title: int, old: Codes, old_title: int, small: Flags, lede: int, plain: int
) -> tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int]:
    marks, found = np.zeros(1 << 16, np.uint8), np.zeros(11, np.int64)
    _mark(marks, new, new_title, lede, 0)
    _mark(marks, old, old_title, lede, _OLD)
    new_subject = old_subject = new_led = 0
    if new_title and old_title:
        there = int(marks[new[0]]) >> _OLD
        new_subject = there & _TITLE
        new_led = 1 if there & (_TITLE | _LEDE) and not small[new[0]] else 0
        old_subject = int(marks[old[0]]) & _TITLE
    _tally(marks, new, small, plain, found)
    _tally(marks, old, small, plain, found)
    return (
        int(found[0]), int(found[1]), int(found[2]), int(found[3]), int(found[4]), int(found[5]), int(found[6]),
        int(found[7]), int(found[8]), int(found[9]), int(found[10]), new_subject, old_subject, new_led,
    )  # fmt: skip


@compiled
def _tally(marks: Marks, codes: Codes, small: Flags, plain: int, found: NDArray[np.int64]) -> None:
    """Adds an item's words to the counts of `Beside`, in its order, each where it was not met before."""
    for at in range(len(codes)):
        code = int(codes[at])
        mine, theirs = int(marks[code]) & 7, int(marks[code]) >> _OLD
        marks[code] = 0
        if not mine and not theirs:
            continue
        if code >= plain:
            _count(found, 0, mine, theirs)
        if not small[code]:
            _count(found, 3, mine & (_TITLE | _LEDE), theirs & (_TITLE | _LEDE))
            _count(found, 6, mine & _TITLE, theirs & _TITLE)
            found[9] += 1 if mine & _TITLE and mine > _TITLE and not theirs else 0
            found[10] += 1 if theirs & _TITLE and theirs > _TITLE and not mine else 0


@compiled
def _count(found: NDArray[np.int64], at: int, mine: int, theirs: int) -> None:
    """In both, in the newer, in the older."""
    found[at] += 1 if mine and theirs else 0
    found[at + 1] += 1 if mine else 0
    found[at + 2] += 1 if theirs else 0


@compiled
def _said(words: Codes, codes: Codes) -> int:
    count = 0
    for word in words:
        for at in range(len(codes)):
            if codes[at] == word:
                count += 1
                break
    return count


@compiled
def _phrases(fewer: Codes, more: Codes) -> tuple[int, int]:
    size = 16
    while size < 3 * len(fewer):
        size *= 2
    table = np.zeros(size, np.int64)  # a phrase plus one, negative once it was met in the other text
    distinct = 0
    for at in range(len(fewer) - 2):
        phrase = mixed(int(fewer[at]), int(fewer[at + 1]), int(fewer[at + 2])) + 1
        slot = phrase & (size - 1)
        while table[slot] != 0 and table[slot] != phrase:
            slot = (slot + 1) & (size - 1)
        if table[slot] == 0:
            table[slot] = phrase
            distinct += 1
    both = 0
    for at in range(len(more) - 2):
        phrase = mixed(int(more[at]), int(more[at + 1]), int(more[at + 2])) + 1
        slot = phrase & (size - 1)
        while table[slot] != 0 and table[slot] != phrase and table[slot] != -phrase:
            slot = (slot + 1) & (size - 1)
        if table[slot] == phrase:
            table[slot] = -phrase
            both += 1
    return both, distinct


@compiled
def _common(new: Codes, old: Codes) -> tuple[int, int]:
    i = j = both = 0
    while i < len(new) and j < len(old):
        mine, theirs = int(new[i]), int(old[j])  # compared, not subtracted: compiled, they have no sign
        both += 1 if mine == theirs else 0
        i += 1 if mine <= theirs else 0
        j += 1 if mine >= theirs else 0
    return both, min(len(new), len(old))
