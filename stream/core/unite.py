"""Stories that turn out to be one, as one: the older takes in the members of the others. No event and no memory enters."""

from collections.abc import Sequence
from dataclasses import replace

from stream.core.assemble import MOST_ORIGINS, newest, untold, worth
from stream.core.passage import Passage, passage
from stream.core.story import Conflict, Member, Origin, Story
from stream.core.telling import told_by

MOST_ABSORBED = 20  # ids that redirect here, told in the state


def eldest(stories: Sequence[Story]) -> Story:
    """The one that stays: it began first, and more have been told of its id."""
    return min(stories, key=lambda story: story.began)


def united(story: Story, merged: Sequence[Story]) -> Story:
    """The story with what the others have; no version yet: the record that merges them makes it."""
    if not merged:
        return story
    every = (story, *merged)
    members = tuple(sorted(_with_only(every), key=lambda member: member.number))
    representative = max(members, key=worth)
    return replace(
        story,
        count=sum(one.count for one in every),
        first_seen=min(one.first_seen for one in every),
        last_seen=max(one.last_seen for one in every),
        last_material=max(one.last_material for one in every),
        until=max(one.until for one in every),
        members=newest(members, representative),
        representative=representative.number,
        origins=_origins(every),
        conflicts=_conflicts(every),
        absorbed=(*story.absorbed, *(one.id for one in merged))[-MOST_ABSORBED:],
    )


def _with_only(every: Sequence[Story]) -> list[Member]:
    """All members; what one had to itself in its story, it keeps only where no other story's member has it."""
    return [
        _less(member, [passage(other.item) for one in every if one is not story for other in one.members])
        for story in every
        for member in story.members
    ]


def _less(member: Member, others: Sequence[Passage]) -> Member:
    sentences = passage(member.item).sentences
    known = range(len(sentences)) if member.only is None else member.only
    return replace(member, only=tuple(i for i in known if untold(told_by(sentences[i], others))))


def _origins(every: Sequence[Story]) -> tuple[Origin, ...]:
    """A family is in one story: no origin comes twice. Those of the story itself are the last to be left out."""
    return tuple(origin for story in reversed(every) for origin in story.origins)[-MOST_ORIGINS:]


def _conflicts(every: Sequence[Story]) -> tuple[Conflict, ...]:
    """By field, the first story's reading of it; the members of both are read together with the next version."""
    by_field = {conflict.field: conflict for story in reversed(every) for conflict in story.conflicts}
    return tuple(by_field.values())
