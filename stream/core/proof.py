"""What an item proves to be one: stories that are one story, families that are one text. Nothing is kept here."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from stream.core import policy, reasons
from stream.core.bonds import Bonds
from stream.core.fingerprint import Fingerprint
from stream.core.found import Found, closeness, whole
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.story import Merge, Story
from stream.core.unite import eldest
from stream.core.verify import Match, meets

P = TypeVar("P")


def merging(bonds: Bonds, found: Found, matches: Sequence[Found]) -> list[Found]:
    """The trigger: for each other living story that the item proves to be one with the found one, the nearest proof.

    What an editor has parted is left apart.
    """
    if len(matches) < 2 or not _one_text(found):  # the found one is among them
        return []
    joined = [found]
    for other in sorted(filter(_one_text, matches), key=closeness, reverse=True):
        story = other.place.story
        if not any(story == each.place.story or bonds.apart(story, each.place.story) for each in joined):
            joined.append(other)
    return joined[1 : 1 + policy.MOST_MERGED]


def _one_text(found: Found) -> bool:
    """One text, near enough, or a flash of it; and no wrap-up: what that has in common with an item is a part."""
    match = found.match
    if match is None or found.place.wrap:
        return False
    flash = match.rule == policy.FLASH and match.score >= policy.FOLDS
    return flash or (match.rule in policy.FAMILY and meets(policy.MERGES, match))


def staying(memory: Memory, found: Found, others: Sequence[Found]) -> Story:
    """Of the stories that are one, the one whose id stays."""
    stories = [memory.stories.get(each.place.story) for each in (found, *others)]
    assert all(stories), f"story {found.place.story} is closed, and its member {found.member.number} is not"
    return eldest([story for story in stories if story])


def merges(
    item: Item, fingerprint: Fingerprint, story: Story, found: Found, others: Sequence[Found]
) -> tuple[Merge, ...]:
    """Every story but the one that stays, each with the member that proves it beside the one joined."""
    own = found.place.story
    proofs = folding({each.place.story: each for each in (*others, found)}, own, story.id)
    return tuple(
        _merge(item, fingerprint, gone, each, each.match) for gone, each in proofs.items() if each.match
    )


def folding(proofs: Mapping[str, P], own: str, stays: str) -> dict[str, P]:
    """Of stories that are one, each that folds, with its proof; where the item's own folds, that is the proof of the
    one that stays."""
    return {gone: proofs[stays if gone == own else gone] for gone in proofs if gone != stays}


def losers(memory: Memory, merges: Sequence[Merge]) -> tuple[Story, ...]:
    """The stories that end by these merges, as they stand before."""
    found = (memory.stories.get(merge.story) for merge in merges)
    return tuple(story for story in found if story)


def _merge(item: Item, fingerprint: Fingerprint, gone: str, found: Found, match: Match) -> Merge:
    return Merge(
        story=gone,
        to=found.place.ref,
        rule=match.rule.name,
        reason=reasons.matched(found.place.ref, match),
        score=match.score,
        threshold=match.threshold,
        matched=reasons.longest_run(item, fingerprint, found.member.fingerprint, match),
    )


def families(found: Found, matches: Sequence[Found], stories: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The item's family, and others of its stories that fold into it: the item is one text with members of each.

    The family of the earliest of these members stays. A wrap-up is one text with none of its parts.
    """
    if found.place.wrap:
        return found.place.family, ()
    one_text = [each for each in matches if each.place.story in stories and _folds(each)]
    numbers = sorted((each.member.number, each.place.family) for each in (found, *one_text))
    family, *folds = dict.fromkeys(family for _, family in numbers)
    return family, tuple(folds)


def _folds(found: Found) -> bool:
    """Whether it is the member's text, whole or rewritten, or its flash: two that share a part are not one text by it."""
    match = found.match
    if match is None or found.place.wrap:
        return False
    return whole(found) if match.sure else match.score >= policy.FOLDS
