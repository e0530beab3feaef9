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
from stream.core.scan import Longs
from stream.core.rarity import RARITY_BITS
from stream.core.seen import CAPITAL, COMMA, END, FIGURE, HASH, HASH_BITS, MONEY, STOP
from stream.core.stamps import stamps
from stream.core.standing import FIGURE as FIGURE_TERM
from stream.core.standing import IN_LEAD, IN_TITLE, KIND_BITS, LEAD_BITS, NAME, weigh

MOST_TERMS: Final = 32  # of one item: 64 changed no figure by a hundredth
MOST_TITLE, MOST_READ = 40, 300  # words of the headline and of the text that are read
WIDEST: Final = 4_000  # characters of text in which those words are looked for
HEADLINE_ALONE: Final = 12  # words of text below which an item is a headline alone
FILLER_READ: Final = 16  # words, of which most texts show that they are none
FILLER_DISTINCT: Final = 5  # fewer different words say nothing: flashes of 1987 carry `blah blah blah`
LEAD_WORDS, LEDE_WORDS = 30, 40
_TITLE_WEIGHT, _LEDE_WEIGHT, _MOST_WEIGHT = 4, 2, 8
SOURCES: Final = (1 << 16) - 1  # told apart
_PARTED: Final = np.array([END | STOP], np.int64)  # between the headline and the text
_SLOTS: Final = 1024  # of the table in which words are found again: a power of two above all that are read


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """`words` are hashes of stems, the most telling first; `marks` say of each its weight, kind and where it stood."""

    words: Any  # int32
    marks: Any  # uint8
    facts: Any  # int32
    alone: bool  # a headline with no text
    source: int  # a hash of who sent it


def terms(item: Item) -> Terms:
    """The terms of a normalised item."""
    title = stamps(item.title, item.lane, MOST_TITLE)
    text = stamps(item.text[:WIDEST], item.lane, MOST_READ)
    if len(title) and _is_filler(text):
        text = text[:0]
    read = np.concatenate((title, _PARTED, text))
    count, head = join_marks(read, len(title))
    words, marks = np.zeros(MOST_TERMS, np.int32), np.zeros(MOST_TERMS, np.uint8)
    facts = np.zeros(MOST_FACTS, np.int32)
    kept = choose(read, count, head, words, marks)
    stated = find_facts(read, count, facts)
    source = crc32(item.source.encode("utf-8", "surrogatepass")) & SOURCES
    return Terms(words[:kept], marks[:kept], facts[:stated], len(text) < HEADLINE_ALONE, source)


def _is_filler(text: Longs) -> bool:
    return all(len(set(part.tolist())) < FILLER_DISTINCT for part in (text[:FILLER_READ], text))


@compiled
def join_marks(read: Any, title: int) -> tuple[int, int]:
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
def choose(read: Any, count: int, title: int, words: Any, marks: Any) -> int:
    """Writes the most telling words and their marks; returns how many."""
    seen = np.zeros(_SLOTS, np.int64)
    marked = np.zeros(_SLOTS, np.int64)
    shouted = _is_shouted(read, count, title)
    start = True
    for at in range(count):
        stamp = int(read[at])
        if not stamp & STOP and stamp & HASH:
            slot = _slot(seen, stamp & HASH)
            seen[slot] = stamp & HASH
            name = at >= title and stamp & CAPITAL != 0 and not start and not shouted
            marked[slot] = _mark(int(marked[slot]), stamp, at - title, name)
        start = at >= title and stamp & END != 0
    return _heaviest(seen, marked, words, marks)


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
def _slot(seen: Any, word: int) -> int:
    slot = word >> RARITY_BITS & (_SLOTS - 1)
    while seen[slot] != 0 and seen[slot] != word:
        slot = (slot + 1) & (_SLOTS - 1)
    return slot


@compiled
def _heaviest(seen: Any, marked: Any, words: Any, marks: Any) -> int:
    """By weight; of equals the lower hash, which is chance, and the same everywhere."""
    ranks = np.zeros(_SLOTS, np.int64)
    found = 0
    for slot in range(_SLOTS):
        if seen[slot]:
            weight = weigh(int(seen[slot]), int(marked[slot]))
            ranks[found] = weight << 41 | (HASH - int(seen[slot])) << 10 | slot
            found += 1
    ordered = np.sort(ranks[:found])[::-1]
    kept = min(found, len(words))
    for at in range(kept):
        slot = int(ordered[at]) & (_SLOTS - 1)
        words[at], marks[at] = seen[slot], marked[slot]
    return kept
