"""From an item as it came to the item that is compared: furniture off and kept. No other item may enter."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from stream.core.dates import read_dates
from stream.core.furniture import caption, credit, date_header, dateline, filler, sign_off
from stream.core.furniture.encoding import mend, visible
from stream.core.furniture.lines import paragraphs
from stream.core.furniture.markup import without_markup
from stream.core.furniture.taken import Taker, take_all
from stream.core.item import Furniture, FurnitureKind, Item
from stream.core.lane import lane
from stream.core.words import words

FROM_LINES: Final[Sequence[Taker]] = (sign_off.take_lines,)
FROM_PARAGRAPHS: Final[Sequence[Taker]] = (
    filler.take,
    date_header.take,
    sign_off.take_endings,
    caption.take,
    dateline.take,
    credit.take,
)


class LostWords(Exception):  # noqa: N818
    """A bug of ours: normalising lost or made words. The message names them."""


def normalise(item: Item, languages: Mapping[str, str] = {}, default: str = "en") -> Item:
    """The item with its text in paragraphs, its furniture in fields, its dates read and its lane.

    `furniture` holds everything that was taken off the text, captions included, in the order it was taken.
    An item that has a lane was normalised before and comes back as it is. Raises LostWords, a bug.
    """
    if item.lane:
        return item
    title, text, given = (without_markup(mend(field)) for field in (item.title, item.text, item.dateline))
    lines, signed = take_all(text.splitlines(), FROM_LINES)
    kept, taken = take_all(paragraphs(lines), FROM_PARAGRAPHS)
    furniture = (*item.furniture, *taken, *signed)
    read = replace(item, title=visible(title), text="\n\n".join(kept), furniture=furniture)
    check_words((title, text), (read.title, read.text, *_written(furniture[len(item.furniture) :])))
    read = _with_fields(read, kept, visible(given))
    return replace(read, lane=lane(read, languages, default))


def _with_fields(item: Item, kept: list[str], given: str) -> Item:
    """The fields that the furniture fills; a dateline given by the source goes before one in the text."""
    written = given or next(iter(_written(item.furniture, "dateline")), "")
    said = dateline.read(written)
    captions = _written(item.furniture, "caption")
    credited = filter(None, map(credit.agency_of, _written(item.furniture, "credit")))
    names = tuple(dict.fromkeys(credited))
    signed = map(sign_off.agency_of, _written(item.furniture, "sign_off"))
    return replace(
        item,
        dateline=written,
        place=said.place,
        captions=captions,
        credits=names,
        origin=next(filter(None, (*signed, said.agency, *names)), ""),
        dates=read_dates(_written(item.furniture, "date_header"), written, captions, kept),
    )


def _written(furniture: Iterable[Furniture], kind: FurnitureKind | None = None) -> tuple[str, ...]:
    return tuple(taken.written for taken in furniture if kind is None or taken.kind == kind)


def check_words(before: Iterable[str], after: Iterable[str]) -> None:
    """Raises LostWords where the words of both differ in more than order.

    Equal chunks between white space have equal words, so only those that were cut or mended are folded.
    """
    came, went = "\n".join(before).split(), "\n".join(after).split()
    if came == went:
        return
    lost, made = Counter(came), Counter(went)
    lost, made = lost - made, made - lost
    if lost and made:
        lost, made = _folded(lost), _folded(made)
        lost, made = lost - made, made - lost
    if any(words(chunk) for chunk in (*lost, *made)):
        raise LostWords(f"lost {sorted(lost)[:9]}, made {sorted(made)[:9]}")


def _folded(chunks: Counter[str]) -> Counter[str]:
    return Counter(word for chunk in chunks.elements() for word in words(chunk))
