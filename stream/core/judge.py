"""Which member an item re-issues, whose story it joins, what it carries: the desk's judgement. Nothing is kept here."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from stream.core import policy, reasons
from stream.core.bonds import Bonds
from stream.core.by_event import by_event
from stream.core.change import Change, change
from stream.core.engine import engine
from stream.core.fingerprint import Fingerprint
from stream.core.ids import digest
from stream.core.index import Candidate
from stream.core.item import Item
from stream.core.measures import in_both
from stream.core.memory import Memory, Place
from stream.core.passage import Passage, passage
from stream.core.story import Decision, Merge, Ref, Relation, Story
from stream.core.terms import Terms
from stream.core.unite import eldest, united
from stream.core.verify import Comparison, Match, meets

SAME_ID = policy.Rule("same id", "in_order", "the source issued this id before")
NEW = "new"


@dataclass(frozen=True, slots=True)
class _Found:
    """A member that the policy says is one text or one story with the item; no match where the id alone says so."""

    member: Candidate
    place: Place
    match: Match | None


def judge(memory: Memory, item: Item, fingerprint: Fingerprint, known_by: Terms) -> tuple[Decision, Change]:
    """What the desk decides about an item, and what the item changes in its story. Changes nothing."""
    candidates = memory.index.candidates(fingerprint, memory.clock.now)
    comparison = Comparison(fingerprint)
    carried = _carried(memory, comparison, candidates)
    known = _by_id(memory, item, comparison)
    matches = [] if known else _matches(memory, comparison.verify, candidates)
    wraps = _wraps(carried) and not any(map(_whole, matches))
    found = known or _by_text(matches, carried, wraps)
    if found is None:
        return _by_event(memory, item, known_by, carried) or _first(item, _contains(carried, ""))
    others = [] if wraps else merging(memory.bonds, found, matches)
    story = _eldest(memory, found, others)
    merges = _merges(item, fingerprint, story, found, others) if others else ()
    losers = [each for each in (memory.stories.get(merge.story) for merge in merges) if each]
    changed = _change(item, united(story, losers), None if wraps else found.member.number)
    family = found.place.family
    refs = _contains(carried, family)
    decision = _decision(item, fingerprint, found, changed, family, refs)
    return replace(decision, story=story.id, merges=merges) if merges else decision, changed


def _by_id(memory: Memory, item: Item, comparison: Comparison) -> _Found | None:
    member = memory.same_id(item, comparison.new)
    if member is None:
        return None
    return _Found(member, memory.place(member.number), comparison.verify(member))


def _by_text(matches: list[_Found], carried: list[_Found], wraps: bool) -> _Found | None:
    if wraps:
        return max(carried, key=_part_of_wrap)
    found = max(matches, key=_closeness, default=None)
    return found or max(filter(_grew, carried), key=_part_of_wrap, default=None)


def _carried(memory: Memory, comparison: Comparison, candidates: list[Candidate]) -> list[_Found]:
    """The members whose ledes the item carries."""
    return _matches(memory, comparison.carries, candidates)


def _whole(found: _Found) -> bool:
    """Whether the item is the member's text from its beginning to its end: a copy of a wrap-up makes none of its own."""
    return found.match is not None and found.match.rule.decides == "alike"


def _wraps(carried: list[_Found]) -> bool:
    """Whether an item that carries these is a wrap-up: of several families, each with a lede in words of its own."""
    if len({found.place.family for found in carried}) < policy.WRAPS:
        return False
    ledes: list[str] = []
    for found in carried:
        lede = found.member.fingerprint.text[: policy.CARRIED_WORDS]
        if all((in_both(lede, other) or 0) < policy.ONE_LEDE for other in ledes):
            ledes.append(lede)
    return len(ledes) >= policy.WRAPS


def _matches(
    memory: Memory, by: Callable[[Candidate], Match | None], candidates: list[Candidate]
) -> list[_Found]:
    return [_Found(c, memory.place(c.number), match) for c in candidates if (match := by(c)) is not None]


def merging(bonds: Bonds, found: _Found, matches: list[_Found]) -> list[_Found]:
    """The trigger: for each other living story that the item proves to be one with the found one, the nearest proof.

    What an editor has parted is left apart.
    """
    if not _sure(found):
        return []
    joined = [found]
    for other in sorted(filter(_sure, matches), key=_closeness, reverse=True):
        story = other.place.story
        if not any(story == each.place.story or bonds.apart(story, each.place.story) for each in joined):
            joined.append(other)
    return joined[1 : 1 + policy.MOST_MERGED]


def _sure(found: _Found) -> bool:
    """One text, near enough, and no wrap-up: what that has in common with an item is a part."""
    match = found.match
    one_text = match is not None and match.rule in policy.FAMILY and meets(policy.MERGES, match)
    return one_text and not found.place.wrap


def _eldest(memory: Memory, found: _Found, others: list[_Found]) -> Story:
    """Of the stories that are one, the one whose id stays."""
    stories = [memory.stories.get(each.place.story) for each in (found, *others)]
    assert all(stories), f"story {found.place.story} is closed, and its member {found.member.number} is not"
    return eldest([story for story in stories if story])


def _merges(
    item: Item, fingerprint: Fingerprint, story: Story, found: _Found, others: list[_Found]
) -> tuple[Merge, ...]:
    """Every story but the one that stays, each with the member that proves it beside the one joined."""
    proofs = {each.place.story: each for each in others}
    if found.place.story != story.id:  # where the item's own folds, what proves it is the member that stays
        proofs[found.place.story] = proofs.pop(story.id)
    return tuple(
        _merge(item, fingerprint, gone, each, each.match) for gone, each in proofs.items() if each.match
    )


def _merge(item: Item, fingerprint: Fingerprint, gone: str, found: _Found, match: Match) -> Merge:
    return Merge(
        story=gone,
        to=found.place.ref,
        rule=match.rule.name,
        reason=reasons.matched(found.place.ref, match),
        score=match.score,
        threshold=match.threshold,
        matched=reasons.longest_run(item, fingerprint, found.member.fingerprint, match),
    )


def _closeness(found: _Found) -> tuple[int, int, int, int]:
    """What is sure before what was weighed, then the score; a whole text before a part of
    one, the newest last."""
    assert found.match is not None
    alike = found.match.measures.alike or 0
    return found.match.sure, found.match.score, alike, found.member.number


def _part_of_wrap(found: _Found) -> tuple[int, int, int, int]:
    """A wrap-up belongs to the story of its headline, else of its largest part."""
    assert found.match is not None
    under = (found.match.measures.headline or 0) if _under_headline(found) else 0
    return under, found.match.score, len(found.member.fingerprint.text), found.member.number


def _grew(found: _Found) -> bool:
    """Whether an item that carries but this one is it, grown: under its headline, with its figures, within a day."""
    assert found.match is not None
    return meets(policy.GREW, found.match)


def _under_headline(found: _Found) -> bool:
    assert found.match is not None
    return (found.match.measures.headline or 0) >= policy.WRAP_HEADLINE


def _change(item: Item, story: Story, number: int | None) -> Change:
    """Against all that the story has told; what was left out only of the member that is re-issued, if one is."""
    revised = next((passage(m.item) for m in story.members if m.number == number), None)
    known: list[Passage] = [passage(m.item) for m in story.members]
    return change(item, known, revised)


def _contains(carried: list[_Found], family: str) -> tuple[Ref, ...]:
    """One member, the latest, of each other family whose lede the item carries."""
    latest = {found.place.family: found for found in sorted(carried, key=lambda f: f.member.number)}
    others = [found for other, found in latest.items() if other != family]
    return tuple(found.place.ref for found in sorted(others, key=lambda f: f.member.number))


def _decision(
    item: Item,
    fingerprint: Fingerprint,
    found: _Found,
    changed: Change,
    family: str,
    contains: tuple[Ref, ...],
) -> Decision:
    match = found.match
    rule = match.rule if match else SAME_ID
    return Decision(
        relation=_relation(item, found, changed),
        story=found.place.story,
        family=family,
        rule=rule.name,
        reason=reasons.matched(found.place.ref, match) if match else reasons.same_id(found.place.ref),
        engine=engine(),
        to=found.place.ref,
        score=match.score if match else None,
        threshold=match.threshold if match else None,
        matched=reasons.longest_run(item, fingerprint, found.member.fingerprint, match),
        contains=contains,
    )


def _relation(item: Item, found: _Found, changed: Change) -> Relation:
    same_id = (found.place.ref.source, found.place.ref.id) == (item.source, item.id)
    return "copy" if changed.nothing and not same_id else "revision"


def _by_event(
    memory: Memory, item: Item, known_by: Terms, carried: list[_Found]
) -> tuple[Decision, Change] | None:
    """The living story that is about the same event in other words, if one is."""
    decision = by_event(memory, item, known_by, _id("family", item), _contains(carried, ""))
    story = memory.stories.get(decision.story) if decision else None
    if decision is None or story is None:
        return None
    losers = [each for each in (memory.stories.get(merge.story) for merge in decision.merges) if each]
    return decision, _change(item, united(story, losers), None)


def _first(item: Item, contains: tuple[Ref, ...]) -> tuple[Decision, Change]:
    decision = Decision(
        relation="first",
        story=_id("story", item),
        family=_id("family", item),
        rule=NEW,
        reason="no member of a living story is near enough",
        engine=engine(),
        contains=contains,
    )
    return decision, Change(material=True)


def _id(what: str, item: Item) -> str:
    return digest(what, item.identity)[:24]
