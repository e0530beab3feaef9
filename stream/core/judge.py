"""Which member an item re-issues, whose story it joins, what it carries: the desk's judgement. Nothing is kept here."""

from collections.abc import Callable
from dataclasses import dataclass

from stream.core import policy, reasons
from stream.core.change import Change, change
from stream.core.engine import engine
from stream.core.fingerprint import Fingerprint
from stream.core.ids import digest
from stream.core.index import Candidate
from stream.core.item import Item
from stream.core.memory import Memory, Place
from stream.core.passage import Passage, passage
from stream.core.story import Decision, Ref, Relation, Story
from stream.core.verify import Comparison, Match, meets

SAME_ID = policy.Rule("same id", "in_order", "the source issued this id before")
NEW = "new"


@dataclass(frozen=True, slots=True)
class _Found:
    """A member that the policy says is one text or one story with the item; no match where the id alone says so."""

    member: Candidate
    place: Place
    match: Match | None


def judge(memory: Memory, item: Item, fingerprint: Fingerprint) -> tuple[Decision, Change]:
    """What the desk decides about an item, and what the item changes in its story. Changes nothing."""
    candidates = memory.index.candidates(fingerprint, memory.clock.now)
    comparison = Comparison(fingerprint)
    carried = _carried(memory, comparison, candidates)
    found = _by_id(memory, item, comparison) or _by_text(memory, comparison, candidates, carried)
    if found is None:
        return _first(item, _contains(carried, ""))
    story = memory.stories.get(found.place.story)
    assert story is not None, (
        f"story {found.place.story} is closed, and its member {found.member.number} is not"
    )
    changed = _change(item, story, None if _wraps(carried) else found.member.number)
    family = found.place.family if _one_text(found) else _id("family", item)
    refs = _contains(carried, family)
    return _decision(item, fingerprint, found, changed, family, refs), changed


def _by_id(memory: Memory, item: Item, comparison: Comparison) -> _Found | None:
    member = memory.same_id(item, comparison.new)
    if member is None:
        return None
    match = comparison.verify(member)
    return _Found(
        member, memory.place(member.number), match if match and match.rule not in policy.STORY else None
    )


def _by_text(
    memory: Memory, comparison: Comparison, candidates: list[Candidate], carried: list[_Found]
) -> _Found | None:
    if _wraps(carried):
        return max(carried, key=_part_of_wrap)
    found = max(_matches(memory, comparison.verify, candidates), key=_closeness, default=None)
    if found is not None and _one_text(found):
        return found
    return max(filter(_grew, carried), key=_part_of_wrap, default=found)


def _carried(memory: Memory, comparison: Comparison, candidates: list[Candidate]) -> list[_Found]:
    """The members whose ledes the item carries."""
    return _matches(memory, comparison.carries, candidates)


def _wraps(carried: list[_Found]) -> bool:
    """Whether an item that carries these is a wrap-up."""
    return len({found.place.family for found in carried}) >= policy.WRAPS


def _matches(
    memory: Memory, by: Callable[[Candidate], Match | None], candidates: list[Candidate]
) -> list[_Found]:
    return [_Found(c, memory.place(c.number), match) for c in candidates if (match := by(c)) is not None]


def _closeness(found: _Found) -> tuple[int, int, int, int]:
    """One text before one story, what is sure before what was weighed, then the score; a whole text before a part of
    one, the newest last."""
    assert found.match is not None
    alike = found.match.measures.alike or 0
    return 2 * _one_text(found) + found.match.sure, found.match.score, alike, found.member.number


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


def _one_text(found: _Found) -> bool:
    return found.match is None or found.match.rule not in policy.STORY


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
    if not _one_text(found):
        return "same_story"
    same_id = (found.place.ref.source, found.place.ref.id) == (item.source, item.id)
    return "copy" if changed.nothing and not same_id else "revision"


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
