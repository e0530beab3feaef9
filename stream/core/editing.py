"""What an editor's word does to the stories of a lane, or why it can do nothing. The memory it changes is a layer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from stream.core.describe_edit import merged_by, split_by
from stream.core.edit import Edit
from stream.core.events import Event
from stream.core.ids import digest
from stream.core.memory import Memory, Place
from stream.core.part import Half, left_with, retold
from stream.core.story import Story
from stream.core.unite import united

Moves = Mapping[str, tuple[str, str]]  # identity of a member -> the story and the family that it is in now


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edit that can do nothing, and why."""

    reason: str


class _Refused(Exception):  # noqa: N818  # a value as soon as it leaves this module
    """Raised before anything was changed."""


@dataclass(frozen=True, slots=True)
class Done:
    """`story` stayed, or began; `merged` folded into it, or it was parted from `parted`. `states`: as they stand now."""

    story: str
    states: tuple[Story, ...]
    events: tuple[Event, ...]
    merged: tuple[str, ...] = ()
    parted: str = ""
    moves: Moves = field(default_factory=dict)


def carry_out(memory: Memory, edit: Edit) -> Done | Refusal:
    """Changes the memory, or nothing where it is refused."""
    try:
        return _merge(memory, edit) if edit.kind == "merge" else _split(memory, edit)
    except _Refused as refused:
        return Refusal(str(refused))


def _merge(memory: Memory, edit: Edit) -> Done:
    winner, *losers = _each_once([_open(memory, story) for story in (edit.story, *edit.others)])
    if not losers:
        raise _Refused(f"story {winner.id} is all of them already")
    memory.join_edit(edit.identity, winner.id, edit.at, tuple(s.head for s in (winner, *losers)))
    whole = united(winner, losers)
    joined = _next(retold(whole, whole.conflicts), head=memory.number)
    redirects, events = merged_by(edit, losers, joined, memory.clock.now or 0)
    joined = replace(joined, events=len(losers))
    memory.fold_in(losers, joined.id)
    memory.put(joined)
    return Done(joined.id, (*redirects, joined), events, merged=tuple(s.id for s in losers))


def _split(memory: Memory, edit: Edit) -> Done:
    story = _open(memory, edit.story)
    members = memory.members(story)
    going = _going(story, members, edit)
    _check(story, members, going)
    stays, goes = _half(members.keys() - going, members), Half(_times(going, members), going)
    memory.join_edit(edit.identity, new := _new(edit), edit.at, ())
    begun = replace(left_with(story, goes), id=new, split_from=story.id, absorbed=(), version=0)
    begun = _next(replace(begun, began=memory.number), head=memory.number)
    left = _next(left_with(story, stays), head=story.head)
    gone = [members[number].ref for number in going]
    events = split_by(edit, left, begun, gone, memory.clock.now or 0)
    for number, family in going.items():
        memory.places.put(number, replace(members[number], story=new, family=family))
    memory.bonds.part(story.id, new)
    for half in (left, begun):
        memory.put(replace(half, events=1))
    moves = {members[number].ref.identity: (new, family) for number, family in going.items()}
    return Done(new, (left, begun), events, parted=story.id, moves=moves)


def _going(story: Story, members: Mapping[int, Place], edit: Edit) -> dict[int, str]:
    """The members that leave, each with its family: whole families; where that would leave nothing, those named alone, as
    a family of their own."""
    numbers = {place.ref.identity: number for number, place in members.items()}
    for ref in edit.members:
        if ref.identity not in numbers:
            raise _Refused(f"item {ref.id} of {ref.source} is no member of story {story.id}")
    named = {numbers[ref.identity] for ref in edit.members}
    families = {members[number].family for number in named}
    going = {number: place.family for number, place in members.items() if place.family in families}
    own = digest("family", edit.identity)[:24]
    return going if len(going) < len(members) else dict.fromkeys(sorted(named), own)


def _check(story: Story, members: Mapping[int, Place], going: Mapping[int, str]) -> None:
    if len(going) == len(members):
        raise _Refused(f"nothing would be left of story {story.id}: name fewer of its members")
    whole = {member.number for member in story.members}
    if not whole & going.keys() or not whole - going.keys():
        raise _Refused(
            f"the members of story {story.id} that are kept whole, its representative and its newest, "
            "would all be on one side: name some of them, and leave some"
        )


def _half(numbers: set[int], members: Mapping[int, Place]) -> Half:
    return Half(_times(numbers, members), {number: members[number].family for number in numbers})


def _times(numbers: Mapping[int, str] | set[int], members: Mapping[int, Place]) -> dict[int, int]:
    return {number: members[number].ts for number in numbers}


def _open(memory: Memory, story: str) -> Story:
    found = memory.open_story(story)
    if found is None:
        raise _Refused(
            f"story {story} is not open in lane {memory.lane}: it is closed, of another lane, or unknown"
        )
    return found


def _each_once(stories: list[Story]) -> list[Story]:
    return list({story.id: story for story in stories}.values())


def _next(story: Story, head: int) -> Story:
    return replace(story, version=story.version + 1, head=head)


def _new(edit: Edit) -> str:
    return digest("story", edit.identity)[:24]
