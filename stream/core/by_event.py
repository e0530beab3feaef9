"""The story that tells of an item's event in other words, and stories that the item proves to be one. Nothing is kept here."""

from collections.abc import Sequence
from dataclasses import replace

from stream.core import kinship, policy, policy_story, reasons
from stream.core.engine import engine
from stream.core.item import Item
from stream.core.kinship import Kin
from stream.core.memory import Memory
from stream.core.place import Place
from stream.core.proof import folding
from stream.core.story import Decision, Merge, Ref
from stream.core.terms import Terms
from stream.core.unite import eldest


def by_event(
    memory: Memory, item: Item, known_by: Terms, family: str, contains: tuple[Ref, ...]
) -> Decision | None:
    """The decision of an item that is no text of the desk's: the surest living story of its event, if one is sure.

    A wrap-up merges nothing: it is about the events of all its parts.
    """
    found = kinship.kin(memory.morgue.nearest(known_by, item.ts, memory.as_of()))
    for kin in found:
        place = memory.place(kin.near.member)
        if memory.stories.get(place.story) is not None:  # else an editor parted the member from its story
            decision = _same_event(memory, item, known_by, kin, place, family, contains)
            return decision if contains else _merging(memory, item, known_by, decision, kin, found)
    return None


def _same_event(
    memory: Memory,
    item: Item,
    known_by: Terms,
    kin: Kin,
    place: Place,
    family: str,
    contains: tuple[Ref, ...],
) -> Decision:
    return Decision(
        relation="same_story",
        story=place.story,
        family=family,
        rule=policy_story.NAME,
        reason=reasons.one_event(place.ref, policy_story.NAME, kin.score, kinship.reason(kin.near.measures)),
        engine=engine(),
        to=place.ref,
        score=kin.score,
        threshold=policy_story.THRESHOLD,
        matched=reasons.shared_words(item, known_by, memory.morgue.words(kin.near)),
        contains=contains,
    )


def _merging(
    memory: Memory, item: Item, known_by: Terms, decision: Decision, kin: Kin, found: Sequence[Kin]
) -> Decision:
    """With the stories that the item proves to be one with its own: the eldest stays, the others fold into it."""
    others = _one_story(memory, kin, found) if kin.near.story == decision.story else []
    if not others:
        return decision
    proofs = {one.near.story: one for one in (kin, *others)}
    stays = eldest([story for story in map(memory.stories.get, proofs) if story]).id
    gone = folding(proofs, decision.story, stays)
    merges = (_merge(memory, item, known_by, story, by) for story, by in gone.items())
    return replace(decision, story=stays, merges=tuple(merges))


def _one_story(memory: Memory, kin: Kin, found: Sequence[Kin]) -> list[Kin]:
    """The surest first. What an editor has parted is left apart, and a wrap-up is no proof."""
    joined = [kin]
    for other in kinship.one_story(memory.morgue, kin.near.story, found):
        story, place = other.near.story, memory.place(other.near.member)
        proves = place.story == story and not place.wrap and memory.stories.get(story) is not None
        if proves and not any(memory.bonds.apart(story, each.near.story) for each in joined):
            joined.append(other)
    return joined[1 : 1 + policy.MOST_MERGED]


def _merge(memory: Memory, item: Item, known_by: Terms, gone: str, by: Kin) -> Merge:
    to = memory.place(by.near.member).ref
    return Merge(
        story=gone,
        to=to,
        rule=policy_story.MERGES,
        reason=reasons.one_event(to, policy_story.MERGES, by.score, kinship.reason(by.near.measures)),
        score=by.score,
        threshold=policy_story.THRESHOLD,
        matched=reasons.shared_words(item, known_by, memory.morgue.words(by.near)),
    )
