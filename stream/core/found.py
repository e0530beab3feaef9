"""A member that an item was found to be one text with, or to carry, and how near it is. Nothing is decided here."""

from collections.abc import Callable
from dataclasses import dataclass

from stream.core import policy
from stream.core.index import Candidate
from stream.core.memory import Memory
from stream.core.place import Place
from stream.core.verify import Match


@dataclass(frozen=True, slots=True)
class Found:
    """`match` is None where the id alone says that the item re-issues the member."""

    member: Candidate
    place: Place
    match: Match | None


def found(
    memory: Memory, by: Callable[[Candidate], Match | None], candidates: list[Candidate]
) -> list[Found]:
    """The candidates that a comparison matches."""
    return [Found(c, memory.place(c.number), match) for c in candidates if (match := by(c)) is not None]


def whole(one: Found) -> bool:
    """Whether the item is the member's text from its beginning to its end."""
    return one.match is not None and one.match.rule.decides == "alike"


def closeness(one: Found) -> tuple[int, int, int, int]:
    """What is sure before what was weighed, then the score; a whole text before a part of one, the newest last."""
    assert one.match is not None
    return one.match.sure, one.match.score, one.match.measures.alike or 0, one.member.number


def part(one: Found) -> tuple[int, int, int, int]:
    """Of a wrap-up's parts: the story of its headline, else of its largest part."""
    assert one.match is not None
    headline = one.match.measures.headline or 0
    under = headline if headline >= policy.WRAP_HEADLINE else 0
    return under, one.match.score, one.member.fingerprint.text_words, one.member.number
