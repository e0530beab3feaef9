"""What every taker of furniture gives back. No rule about any kind of furniture may enter."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from stream.core.item import Furniture


class Taken(NamedTuple):
    """The pieces (paragraphs or lines) that stay, and what was taken off them, in the order of the text."""

    pieces: list[str]
    furniture: list[Furniture]


Taker = Callable[[list[str]], Taken]


def take_all(pieces: list[str], takers: Sequence[Taker]) -> Taken:
    """The takers one after the other, each on what the one before has left."""
    furniture: list[Furniture] = []
    for taker in takers:
        pieces, more = taker(pieces)
        furniture += more
    return Taken(pieces, furniture)
