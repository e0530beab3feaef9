"""The words by which an item is known: its names, figures and rarest subjects, weighed by where they stand. Pure.

What is kept does not depend on any other item: how rare a word is, a table of its language says.
"""

from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import numpy as np

from stream.core.compiled import compiled
from stream.core.facts import MOST_FACTS, find_facts
from stream.core.item import Item
from stream.core.rarity import RARITY_BITS
from stream.core.reading import words_of
from stream.core.seen import CAPITAL, COMMA, END, FIGURE, HASH, HASH_BITS, MONEY, STOP
from stream.core.standing import FIGURE as FIGURE_TERM
from stream.core.standing import IN_LEAD, IN_TITLE, KIND_BITS, LEAD_BITS, NAME, weigh
from stream.core.stitch import Whole

MOST_TERMS: Final = 32  # of one item: 64 changed no figure by a hundredth
HEADLINE_ALONE: Final = 12  # words of text below which an item is a headline alone
FILLER_DISTINCT: Final = 5  # fewer different words say nothing: flashes of 1987 carry `blah blah blah`
LEAD_WORDS, LEDE_WORDS = 30, 40
_TITLE_WEIGHT, _LEDE_WEIGHT, _MOST_WEIGHT = 4, 2, 8
SOURCES: Final = (1 << 16) - 1  # told apart
_SLOTS: Final = 1024  # of the table in which words are found again: a power of two above all that are read


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """`words` are hashes of stems, the most telling first; `marks` say of each its weight, kind and where it stood."""

    words: Any  # int32
    marks: Any  # uint8
    facts: Any  # int32
    alone: bool  # a headline with no text
    source: int  # a hash of who sent it


def terms(item: Item, read: Whole | None = None) -> Terms:
    """The terms of a normalised item; `read` are its words, where they are at hand."""
    _, _, stamps, headed = read or words_of(item)
    return told(item, *chosen(stamps, headed))


def told(item: Item, words: Any, marks: Any, facts: Any, left: int) -> Terms:
    """`left`: words of its text."""
    source = crc32(item.source.encode("utf-8", "surrogatepass")) & SOURCES
    return Terms(words, marks, facts, left < HEADLINE_ALONE, source)


@compiled
def chosen(stamps: Any, headed: int) -> tuple[Any, Any, Any, int]:
    """The words, their marks and the facts of an item of so many stamps, the first `headed` its headline's; and how many
    its text has, which is none where it is filler."""
    text = 0 if headed and _is_filler(stamps, headed) else len(stamps) - headed
    read = np.empty(headed + 1 + text, np.int64)
    read[:headed] = stamps[:headed]
    read[headed] = END | STOP  # between the headline and the text
    read[headed + 1 :] = stamps[headed : headed + text]
    words, marks = np.zeros(MOST_TERMS, np.int32), np.zeros(MOST_TERMS, np.uint8)
    facts = np.zeros(MOST_FACTS, np.int32)
    count, head = _join_marks(read, headed)
    kept = _choose(read, count, head, words, marks)
    stated = find_facts(read, count, facts)
    return words[:kept], marks[:kept], facts[:stated], text


@compiled
def _is_filler(stamps: Any, begin: int) -> bool:
    """Whether a text has fewer different words."""
    seen, count = np.empty(FILLER_DISTINCT, np.int64), 0
    for at in range(begin, len(stamps)):
        known = False
        for other in range(count):
            known = known or stamps[at] == seen[other]
        if not known:
            seen[count] = stamps[at]
            count += 1
            if count == FILLER_DISTINCT:
                return False
    return True


@compiled
def _join_marks(read: Any, title: int) -> tuple[int, int]:
    """Moves each mark that stands alone to the word before it, in place; returns the words left, and the title's."""
    count, head = 0, title
    for at in range(len(read)):
        if int(read[at]) & HASH or not count or int(read[at]) & MONEY:
            read[count] = read[at]
            count += 1
        else:
            read[count - 1] |= int(read[at]) & (END | COMMA)
        if at + 1 == title:
            head = count
    return count, head


@compiled
def _choose(read: Any, count: int, title: int, words: Any, marks: Any) -> int:
    """Writes the most telling words and their marks; returns how many."""
    seen, marked = np.zeros(_SLOTS, np.int32), np.zeros(_SLOTS, np.uint8)
    used, different = np.empty(count, np.int32), 0  # the places in the table that are taken
    shouted, start = _is_shouted(read, count, title), True
    for at in range(count):
        stamp = int(read[at])
        word = stamp & HASH
        if not stamp & STOP and word:
            slot = word >> RARITY_BITS & (_SLOTS - 1)
            while seen[slot] != 0 and seen[slot] != word:
                slot = (slot + 1) & (_SLOTS - 1)
            if seen[slot] == 0:
                seen[slot], used[different] = word, slot
                different += 1
            name = at >= title and stamp & CAPITAL != 0 and not start and not shouted
            marked[slot] = _mark(int(marked[slot]), stamp, at - title, name)
        start = at >= title and stamp & END != 0
    return _heaviest(used[:different], seen, marked, words, marks)


@compiled
def _mark(mark: int, stamp: int, at: int, name: bool) -> int:
    """The mark of a word that stands there too; `at` is below 0 in the headline."""
    weight = _TITLE_WEIGHT if at < 0 else _LEDE_WEIGHT if at < LEDE_WORDS else 1
    weight = min((mark & 15) + weight, _MOST_WEIGHT)
    kind = FIGURE_TERM if stamp & FIGURE else NAME if name else mark >> KIND_BITS & 3
    where = mark >> LEAD_BITS | (IN_TITLE if at < 0 else IN_LEAD if at < LEAD_WORDS else 0)
    return where << LEAD_BITS | kind << KIND_BITS | weight


@compiled
def _is_shouted(read: Any, count: int, title: int) -> bool:
    """Whether most of the text stands in capitals, so that they tell no name."""
    capitals = 0
    for at in range(title, count):
        capitals += int(read[at]) >> HASH_BITS & 1
    return 2 * capitals > count - title


@compiled
def _heaviest(used: Any, seen: Any, marked: Any, words: Any, marks: Any) -> int:
    """By weight; of equals the lower hash, which is chance, and the same everywhere."""
    ranks, kept = np.empty(len(words), np.int64), 0
    for slot in used:
        word = int(seen[slot])
        rank = weigh(word, int(marked[slot])) << 41 | (HASH - word) << 10 | int(slot)
        if kept == len(ranks) and rank < ranks[kept - 1]:
            continue
        at = kept if kept < len(ranks) else kept - 1
        kept = min(kept + 1, len(ranks))
        while at > 0 and ranks[at - 1] < rank:
            ranks[at] = ranks[at - 1]
            at -= 1
        ranks[at] = rank
    for at in range(kept):
        slot = int(ranks[at]) & (_SLOTS - 1)
        words[at], marks[at] = seen[slot], marked[slot]
    return kept
