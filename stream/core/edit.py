"""An editor's word on stories: that several are one, or that members are another. What follows from it may not enter."""

from dataclasses import dataclass
from typing import Literal

from stream.core.ids import digest
from stream.core.story import Ref

Kind = Literal["merge", "split"]

MOST_STORIES = 4  # in one merge, the one that stays included
MOST_MEMBERS = 21  # in one split: as many as a state lists
LONGEST_EDITOR, LONGEST_NOTE = 128, 1_000  # characters


@dataclass(frozen=True, slots=True)
class Edit:
    """`story` is the one that stays; `others` fold into it, or `members` leave it. `at`: when the editor said so (ms)."""

    identity: str
    kind: Kind
    lane: str
    story: str
    at: int
    others: tuple[str, ...] = ()
    members: tuple[Ref, ...] = ()
    editor: str = ""
    note: str = ""

    @property
    def attempt(self) -> int:
        """An edit is not tried again: an editor who still means it says it anew."""
        return 0


def merge(lane: str, story: str, others: tuple[str, ...], at: int, editor: str = "", note: str = "") -> Edit:
    made = _identity("merge", lane, story, others, at, editor, note)
    return Edit(made, "merge", lane, story, at, others=others, editor=editor, note=note)


def split(lane: str, story: str, members: tuple[Ref, ...], at: int, editor: str = "", note: str = "") -> Edit:
    made = _identity("split", lane, story, tuple(ref.identity for ref in members), at, editor, note)
    return Edit(made, "split", lane, story, at, members=members, editor=editor, note=note)


def _identity(
    kind: Kind, lane: str, story: str, named: tuple[str, ...], at: int, editor: str, note: str
) -> str:
    """Equal for an edit and its repeats; the same words at another time are another edit."""
    return digest("edit", kind, lane, story, str(len(named)), *named, str(at), editor, note)
