"""The words of an item: pairs of its headline and its text, and stamps of both. What they tell is not asked here."""

from stream.core.coded import coded, pairs_of
from stream.core.headline import headline
from stream.core.item import Item
from stream.core.one_pass import Wanted
from stream.core.scan import Codes
from stream.core.stamps import stamps, stamps_of
from stream.core.stitch import Whole, joined, whole

MOST_WORDS = (
    4_000  # of one text: a longer one is compared by its first words, so that an item's cost is bounded
)
LONGEST = MOST_WORDS * 12  # characters in which those words are looked for
MOST_TITLE, MOST_READ = 40, 300  # words of the headline and of the text of which stamps are made
WIDEST = 4_000  # characters of text in which those words are looked for


def words_of(item: Item) -> Whole:
    """Pairs of what is compared as the headline, and of the text; stamps of the title as it stands, and of the text."""
    known_as, text = headline(item), item.text
    both = f"{item.title}\n{text}"
    if not is_plain(both):
        return _in_parts(item, known_as)
    read = whole(both, item.lane, wanted(item), pairs_of, stamps_of(item.lane))
    head = read.head if known_as == item.title else _first_words(known_as)
    return Whole(head[: 2 * MOST_WORDS], read.rest[: 2 * MOST_WORDS], read.stamps, read.headed)


def is_plain(both: str) -> bool:
    """Whether headline and text can be read together."""
    return both.isascii() and len(both) <= LONGEST


def wanted(item: Item) -> Wanted:
    """Of the headline and the text, with white space between them."""
    return Wanted(len(item.title), MOST_TITLE, MOST_READ, WIDEST)


def _in_parts(item: Item, known_as: str) -> Whole:
    """Of a text in other letters, or one that is cut."""
    title = stamps(item.title, item.lane, MOST_TITLE)
    text = stamps(item.text[:WIDEST], item.lane, MOST_READ)
    return Whole(_first_words(known_as), _first_words(item.text), joined(title, text), len(title))


def _first_words(text: str) -> Codes:
    return coded(text[:LONGEST])[: 2 * MOST_WORDS]
