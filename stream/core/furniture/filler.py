"""Filler that systems put where a text is missing, so that it is not compared as one."""

from typing import Final

from stream.core.furniture.taken import Taken
from stream.core.item import Furniture

# The wire of 1987 carries `******Blah blah blah.` as the body of 964 flashes: the headline is the whole item.
_FILLERS: Final = frozenset(
    {"blah blah blah", "no text", "no body", "body to follow", "text to follow", "story to follow"}
)
_WIDEST: Final = 60


def take(paragraphs: list[str]) -> Taken:
    """A text that is one line of filler, stars or dashes around it, is no text."""
    if len(paragraphs) != 1 or len(paragraphs[0]) > _WIDEST:
        return Taken(paragraphs, [])
    if paragraphs[0].strip("*-.=()[]… ").lower() not in _FILLERS:
        return Taken(paragraphs, [])
    return Taken([], [Furniture("markup", paragraphs[0])])
