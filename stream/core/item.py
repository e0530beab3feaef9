"""The values that an item is made of, before and after normalising. Rules about them live elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Where = Literal["header", "dateline", "caption", "lede", "text"]
Sure = Literal["full", "swappable", "no_year", "weekday"]
FurnitureKind = Literal["dateline", "date_header", "caption", "photo_credit", "sign_off", "credit", "markup"]


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date read in an item: evidence, never event time.

    `date` is ISO (`2024-05-02`), without the year where the text gives none (`--05-02`), and empty
    where it gives a weekday alone. `weekday` is 0 (Monday) to 6: the one that the text names, or None.
    `sure` is `swappable` where day and month are both figures up to 12 (`2024-03-05`, `3/5/2024`).
    """

    where: Where
    date: str
    weekday: int | None
    sure: Sure
    written: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words taken off a text before anything is compared, as they were written."""

    kind: FurnitureKind
    written: str


@dataclass(frozen=True, slots=True)
class Item:
    """One delivery from a source.

    `text` holds paragraphs parted by one blank line; after normalising it has no furniture, and keeps
    its own spelling (one spelling per word is `words.words`'s part). `ts` is event time in milliseconds.
    `aside` holds the fields that no rule reads, as they came.
    """

    identity: str
    id: str
    source: str
    ts: int
    title: str = ""
    text: str = ""
    version: str = ""
    attempt: int = 0
    dateline: str = ""
    slug: str = ""
    lang: str = ""
    priority: str = ""
    flags: tuple[str, ...] = ()
    aside: Mapping[str, Any] = field(default_factory=dict)
    # what normalise read
    place: str = ""
    captions: tuple[str, ...] = ()
    origin: str = ""
    credits: tuple[str, ...] = ()
    dates: tuple[DateReading, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """What could not become an item: the reason names what was wrong and what was expected."""

    reason: str
    raw: bytes
