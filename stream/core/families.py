"""Families of a story that turn out to be one text, as one. Which of them do is decided elsewhere."""

from collections.abc import Collection
from dataclasses import replace

from stream.core import authorship
from stream.core.story import Member, Origin, Story


def one_family(story: Story, family: str, folded: Collection[str]) -> Story:
    """The story with the members of the `folded` families in `family`: one original among them, one origin."""
    if not folded:
        return story
    ours = {family, *folded}
    members = tuple(
        in_family(member, family) if member.decision.family in ours else member for member in story.members
    )
    others = tuple(member for member in members if member.decision.family != family)
    return replace(
        story,
        members=authorship.with_roles(members, others),
        origins=_origins(story.origins, family, ours),
    )


def in_family(member: Member, family: str) -> Member:
    if member.decision.family == family:
        return member
    return replace(member, decision=replace(member.decision, family=family))


def _origins(origins: tuple[Origin, ...], family: str, ours: Collection[str]) -> tuple[Origin, ...]:
    """One for all of them, where the first stood: one that a text tells, else the first."""
    reported = [origin for origin in origins if origin.family in ours]
    if not reported:
        return origins
    kept = next((origin for origin in reported if origin.told), reported[0])
    one = replace(kept, family=family)
    return tuple(
        one if origin is reported[0] else origin
        for origin in origins
        if origin is reported[0] or origin not in reported
    )
