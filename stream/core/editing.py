"""What an editor's word does to the stories of a lane, or why it can do nothing. The memory it changes is a layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from stream.core.assemble import NEWEST
from stream.core.describe_edit import merged_by, split_by
from stream.core.edit import Edit
from stream.core.events import Event
from stream.core.ids import digest
from stream.core.memory import Memory
from stream.core.part import Half, left_with, retold
from stream.core.place import Place
from stream.core.record import Record
from stream.core.story import Member, Story
from stream.core.unite import united

Records = Callable[[str], Record | None]  # by identity: those of open stories are whole
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


def carry_out(memory: Memory, edit: Edit, records: Records) -> Done | Refusal:
    """Changes the memory, or nothing where it is refused."""
    try:
        return _merge(memory, edit) if edit.kind == "merge" else _split(memory, edit, records)
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


def _split(memory: Memory, edit: Edit, records: Records) -> Done:
    story = _open(memory, edit.story)
    members = memory.members(story)
    going = _going(story, members, edit)
    staying = {number: place.family for number, place in members.items() if number not in going}
    if not staying:
        raise _Refused(f"nothing would be left of story {story.id}: name fewer of its members")
    left, begun = (_half(story, _of(half, members), members, records) for half in (staying, going))
    left, begun = _next(left, story.head), _next(_begun(begun, edit, memory.number), memory.number)
    gone = [members[number].ref for number in going]
    events = split_by(edit, left, begun, gone, memory.clock.now or 0)
    _part(memory, edit, replace(left, events=1), replace(begun, events=1))
    for number, family in going.items():
        memory.places.put(number, replace(members[number], story=begun.id, family=family))
    moves = {members[number].ref.identity: (begun.id, family) for number, family in going.items()}
    return Done(begun.id, (left, begun), events, parted=story.id, moves=moves)


def _begun(half: Story, edit: Edit, number: int) -> Story:
    """The half that leaves, as a story that begins with the edit of that number."""
    new = digest("story", edit.identity)[:24]
    return replace(half, id=new, split_from=half.id, absorbed=(), version=0, began=number)


def _part(memory: Memory, edit: Edit, left: Story, begun: Story) -> None:
    memory.join_edit(edit.identity, begun.id, edit.at, ())
    memory.bonds.part(left.id, begun.id)
    memory.put(left)
    memory.put(begun)


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


def _half(story: Story, half: Half, members: Mapping[int, Place], records: Records) -> Story:
    """Its newest members kept whole, as any story has them: those that were only counted are read from their records."""
    known = {member.number: member for member in story.members if member.number in half.times}
    newest = sorted(half.times)[-NEWEST:]
    again = {n: known.get(n) or _again(n, records(members[n].ref.identity)) for n in newest}
    return left_with(story, half, [member for _, member in sorted({**known, **again}.items())])


def _again(number: int, record: Record | None) -> Member:
    assert record is not None, f"the record of member {number} of an open story is not there"
    return Member(number, record.item, record.decision, "original", "", None)


def _of(numbers: Mapping[int, str], members: Mapping[int, Place]) -> Half:
    return Half({number: members[number].ts for number in numbers}, numbers)


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
