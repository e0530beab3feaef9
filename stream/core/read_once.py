"""An item read once: what it is compared by and what it is about, of the same words. No state enters."""

from typing import Any

from stream.core.coded import pairs_of
from stream.core.compiled import compiled
from stream.core.fingerprint import Fingerprint, fingerprint, printed
from stream.core.headline import headline
from stream.core.item import Item
from stream.core.one_pass import Ints
from stream.core.reading import MOST_READ, MOST_TITLE, MOST_WORDS, is_plain, wanted, words_of
from stream.core.scan import Codes, Longs
from stream.core.stamps import stamps_of
from stream.core.stitch import laid_out, put_together
from stream.core.terms import Terms, chosen, terms, told


def read(item: Item) -> tuple[Fingerprint, Terms]:
    """The fingerprint and the terms of a normalised item, as `fingerprint` and `terms` make them."""
    both = f"{item.title}\n{item.text}"
    if headline(item) != item.title or not is_plain(both):
        words = words_of(item)
        return fingerprint(item, words), terms(item, words)
    laid = laid_out(both, item.lane, wanted(item), pairs_of, stamps_of(item.lane))
    codes, title, names, shingles, *known_by = _read(*laid)
    return Fingerprint(codes, title, names, shingles, item.ts), told(item, *known_by)


@compiled
def _read(
    pairs: Codes,
    stamps: Longs,
    others: Ints,
    paired: int,
    stamped: int,
    left: int,
    said: Codes,
    said_stamps: Longs,
    counts: Ints,
) -> tuple[Codes, int, Codes, Any, Any, Any, Any, int]:
    """In one call: to hand arrays to Python and back costs more than to choose among them."""
    head, rest, both, headed = put_together(
        pairs, stamps, others, paired, stamped, left, said, said_stamps, counts, MOST_TITLE, MOST_READ
    )
    codes, title, names, shingles = printed(head[: 2 * MOST_WORDS], rest[: 2 * MOST_WORDS], False)
    words, marks, facts, of_text = chosen(both, headed)
    return codes, title, names, shingles, words, marks, facts, of_text
