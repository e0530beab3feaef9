"""A story parted in two by an editor: what each half holds, as values. Which members go is decided elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stream.core import authorship
from stream.core.assemble import MOST_ORIGINS, untold, worth
from stream.core.conflicts import contested, news_day
from stream.core.families import in_family
from stream.core.passage import passage
from stream.core.story import Conflict, Member, Origin, Story
from stream.core.telling import told_by


@dataclass(frozen=True, slots=True)
class Half:
    """Members of one half, by number: their event times (ms) and families, of all of them, kept whole or counted."""

    times: Mapping[int, int]
    families: Mapping[int, str]


def retold(story: Story, known: tuple[Conflict, ...] = ()) -> Story:
    """What follows from the members that are kept whole, told anew: representative, conflicts, day. `known` conflicts
    stay, though the members that had them may be among those that are only counted."""
    items = [m.item for m in sorted(story.members, key=lambda m: m.item.identity)]
    found = contested(items)
    conflicts = (*found, *(c for c in known if c.field not in {each.field for each in found}))
    representative = max(story.members, key=worth).number
    return replace(story, representative=representative, conflicts=conflicts, day=news_day(items, conflicts))


def left_with(story: Story, half: Half, whole: Sequence[Member]) -> Story:
    """The story with those members alone, `whole` those of them that are kept whole. No version yet."""
    members = _members(whole, half)
    first, last = min(half.times.values()), max(half.times.values())
    return retold(
        replace(
            story,
            count=len(half.times),
            first_seen=first,
            last_seen=last,
            last_material=min(max(story.last_material, first), last),
            members=members,
            origins=_origins(story.origins, half, members),
        )
    )


def _members(whole: Sequence[Member], half: Half) -> tuple[Member, ...]:
    kept = [in_family(member, half.families[member.number]) for member in whole]
    return authorship.with_roles(tuple(_with_only(m, kept) for m in kept), ())


def _with_only(member: Member, members: Sequence[Member]) -> Member:
    """The sentences that no other has: some that they shared went with the other half."""
    others = [passage(other.item) for other in members if other is not member]
    if not others:
        return replace(member, only=None)
    mine = passage(member.item).sentences
    return replace(member, only=tuple(i for i, s in enumerate(mine) if untold(told_by(s, others))))


def _origins(known: tuple[Origin, ...], half: Half, members: Sequence[Member]) -> tuple[Origin, ...]:
    """Those of its families; of a family that was parted itself, told by its members anew."""
    families = set(half.families.values())
    found = tuple(origin for origin in known if origin.family in families)
    for member in members:
        found = authorship.origins(found, member, MOST_ORIGINS)
    return found
