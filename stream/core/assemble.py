"""A story with one member more: a new version, never an edit in place. What it costs does not grow with the members."""

from dataclasses import replace

from stream.core import authorship
from stream.core.conflicts import contested, news_day
from stream.core.item import Item
from stream.core.passage import Passage, passage
from stream.core.story import Conflict, Decision, Member, Story
from stream.core.telling import Telling, tellings, told_in_full

NEWEST = 20  # members kept whole beside the representative; the rest are counted
MOST_ORIGINS = 100


def assemble(
    before: Story | None, item: Item, number: int, decision: Decision, until: int, material: bool
) -> Story:
    """`until`: the last event time (ms) at which the item's membership keeps the story open."""
    if before is None:
        return _begun(item, number, decision, until)
    joined = Member(number, item, decision, "original", "", None)
    members = authorship.with_roles(_with_only(before, joined), before.members)
    representative = max(members, key=worth)
    kept = newest(members, representative)
    items = [m.item for m in sorted(kept, key=lambda m: m.item.identity)]
    conflicts = _conflicts(before, contested(items))
    return Story(
        id=decision.story,
        lane=item.lane,
        version=before.version + 1,
        count=before.count + 1,
        first_seen=min(before.first_seen, item.ts),
        last_seen=max(before.last_seen, item.ts),
        last_material=item.ts if material else before.last_material,
        until=max(before.until, until),
        members=kept,
        representative=representative.number,
        origins=authorship.origins(before.origins, joined, MOST_ORIGINS),
        conflicts=conflicts,
        day=news_day(items, conflicts),
        events=1,
        began=before.began,
        head=number,
        absorbed=before.absorbed,
        split_from=before.split_from,
    )


def _begun(item: Item, number: int, decision: Decision, until: int) -> Story:
    """The first version: nobody is beside the item whom it could contradict, or whose sentences it could have."""
    joined = Member(number, item, decision, "original", authorship.own_copy(item), None)
    return Story(
        id=decision.story,
        lane=item.lane,
        version=1,
        count=1,
        first_seen=item.ts,
        last_seen=item.ts,
        last_material=item.ts,
        until=until,
        members=(joined,),
        representative=number,
        origins=authorship.origins((), joined, MOST_ORIGINS),
        conflicts=(),
        day=news_day((item,), ()),
        events=1,
        began=number,
        head=number,
    )


def worth(member: Member) -> tuple[bool, int, int, str]:
    return member.role == "original", len(member.item.text), -member.item.ts, member.item.identity


def newest(members: tuple[Member, ...], representative: Member) -> tuple[Member, ...]:
    """By decision number, the newcomer last: the newest, and the representative before them."""
    kept = members[-NEWEST:]
    return kept if representative in kept else (representative, *kept)


def _conflicts(before: Story, now: tuple[Conflict, ...]) -> tuple[Conflict, ...]:
    """What was contested stays so when its members are no longer among the newest."""
    fields = {conflict.field for conflict in now}
    return (*now, *(c for c in before.conflicts if c.field not in fields))


def _with_only(before: Story, joined: Member) -> tuple[Member, ...]:
    """All members, each with the sentences that no other has: the newcomer's against all, theirs against it."""
    mine = passage(joined.item)
    others = [passage(member.item) for member in before.members]
    only = tuple([i for i, telling in enumerate(tellings(mine, others)) if untold(telling)])
    return (*(_less(member, mine) for member in before.members), replace(joined, only=only))


def _less(member: Member, newcomer: Passage) -> Member:
    theirs = passage(member.item)
    known = range(len(theirs.written)) if member.only is None else member.only
    only = tuple([i for i in known if not told_in_full(theirs, i, newcomer)])
    return member if only == member.only else replace(member, only=only)


def untold(telling: Telling) -> bool:
    return telling.told == "new" or telling.weighty
