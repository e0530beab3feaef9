"""From an item as it came to the item that is compared: furniture off and kept. No other item may enter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, count
from operator import ne
from typing import Final, NamedTuple

from stream.core.dates import read_dates
from stream.core.furniture import caption, credit, date_header, dateline, filler, sign_off
from stream.core.furniture.encoding import mend, visible
from stream.core.furniture.lines import paragraphs
from stream.core.furniture.markup import without_markup
from stream.core.furniture.taken import Taker, take_all
from stream.core.item import Furniture, FurnitureKind, Item
from stream.core.lane import lane_of
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
AT_THE_HEAD: Final = ("date_header", "dateline")


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
    check_words((title, text), _in_order(visible(title), kept, (*taken, *signed)))
    read = _Read(visible(title), kept, (*item.furniture, *taken, *signed), visible(given))
    return _with_fields(item, read, lane_of(item, read.title, read.text, languages, default))


class _Read(NamedTuple):
    """What is known of an item once its furniture is off; `given` is the dateline of a field of its own."""

    title: str
    paragraphs: list[str]
    furniture: tuple[Furniture, ...]
    given: str

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


def _with_fields(item: Item, read: _Read, lane: str) -> Item:
    """The fields that the furniture fills; a dateline given by the source goes before one in the text."""
    written = read.given or next(iter(_written(read.furniture, "dateline")), "")
    said = dateline.read(written)
    captions = _written(read.furniture, "caption")
    credited = filter(None, map(credit.agency_of, _written(read.furniture, "credit")))
    names = tuple(dict.fromkeys(credited))
    signed = map(sign_off.agency_of, _written(read.furniture, "sign_off"))
    return Item(
        identity=item.identity,
        id=item.id,
        source=item.source,
        ts=item.ts,
        title=read.title,
        text=read.text,
        version=item.version,
        attempt=item.attempt,
        dateline=written,
        slug=item.slug,
        lang=item.lang,
        priority=item.priority,
        flags=item.flags,
        aside=item.aside,
        place=said.place,
        captions=captions,
        origin=next(filter(None, (*signed, said.agency, *names)), ""),
        credits=names,
        dates=read_dates(_written(read.furniture, "date_header"), written, captions, read.paragraphs),
        furniture=read.furniture,
        lane=lane,
    )


def _written(furniture: Iterable[Furniture], kind: FurnitureKind | None = None) -> tuple[str, ...]:
    return tuple([taken.written for taken in furniture if kind is None or taken.kind == kind])


def _in_order(title: str, kept: list[str], furniture: Sequence[Furniture]) -> Iterator[str]:
    """All that an item said, nearly always in the order in which it came."""
    yield title
    yield from (taken.written for taken in furniture if taken.kind in AT_THE_HEAD)
    yield from kept
    yield from (taken.written for taken in furniture if taken.kind not in AT_THE_HEAD)


def check_words(before: Iterable[str], after: Iterable[str]) -> None:
    """Raises LostWords where the words of both differ in more than order.

    Equal chunks between white space have equal words, so only those that were cut or mended are folded.
    """
    came, went = _apart("\n".join(before).split(), "\n".join(after).split())
    if came == went:
        return
    lost, made = Counter(came), Counter(went)
    lost, made = lost - made, made - lost
    if lost and made:
        lost, made = _folded(lost), _folded(made)
        lost, made = lost - made, made - lost
    if any(words(chunk) for chunk in (*lost, *made)):
        raise LostWords(f"lost {sorted(lost)[:9]}, made {sorted(made)[:9]}")


def _apart(came: list[str], went: list[str]) -> tuple[list[str], list[str]]:
    """Both without what they begin and end with alike: few texts have furniture in the middle."""
    start = _alike(came, went)
    came, went = came[start:], went[start:]
    end = _alike(came[::-1], went[::-1])
    return came[: len(came) - end], went[: len(went) - end]


def _alike(some: list[str], others: list[str]) -> int:
    """How many chunks are the same from the first."""
    return next(compress(count(), map(ne, some, others)), min(len(some), len(others)))


def _folded(chunks: Counter[str]) -> Counter[str]:
    return Counter(word for chunk in chunks.elements() for word in words(chunk))
