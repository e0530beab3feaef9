"""Where a member stands in its lane, and what is left of its record when its story has closed. No text enters."""

from dataclasses import dataclass

from stream.core.story import Ref


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands. `before` holds the head that its story had before it, and those of the stories that it
    merged; `ticks` is the clock's. `wrap`: it carries other families, and proves nothing about their stories."""

    ref: Ref
    story: str
    family: str
    ts: int
    ticks: int
    before: tuple[int, ...]
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Shrunk:
    """What is left of a record when its story has closed.

    `closed`: stories that its decision closed, and whose records are kept still, for one that was parted from them.
    """

    identity: str
    lane: str
    number: int
    story: str
    ts: int
    closed: tuple[str, ...] = ()
    ticked: bool = True  # an edit is no item: the clock does not know of it
