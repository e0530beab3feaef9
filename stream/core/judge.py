"""Which member an item re-issues, whose story it joins, what it carries: the desk's judgement. Nothing is kept here."""

from collections.abc import Callable
from dataclasses import dataclass

from stream.core import kinship, policy, policy_story, reasons
from stream.core.change import Change, change
from stream.core.engine import engine
from stream.core.fingerprint import Fingerprint
from stream.core.ids import digest
from stream.core.index import Candidate, Entry
from stream.core.item import Item
from stream.core.memory import Memory, Place
from stream.core.passage import Passage, passage
from stream.core.story import Decision, Ref, Relation, Story
from stream.core.terms import Terms
from stream.core.verify import LIKELY, Comparison, Match

SAME_ID = policy.Rule("same id", "in_order", "the source issued this id before")
NEW = "new"


@dataclass(frozen=True, slots=True)
class _Found:
    """A member that the policy says is one text with the item; no match where the id alone says so."""

    entry: Entry
    place: Place
    match: Match | None


def judge(memory: Memory, item: Item, fingerprint: Fingerprint, known_by: Terms) -> tuple[Decision, Change]:
    """What the desk decides about an item, and what the item changes in its story. Changes nothing."""
    candidates = memory.index.candidates(fingerprint, memory.past_from())
    comparison = Comparison(fingerprint)
    carried = _carried(memory, comparison, candidates)
    found = _by_id(memory, item, comparison) or _by_text(memory, comparison, candidates, carried)
    if found is None:
        return _by_event(memory, item, known_by) or _first(item)
    story = memory.stories.get(found.place.story)
    assert story is not None, (
        f"story {found.place.story} is closed, and its member {found.entry.number} is not"
    )
    changed = _change(item, story, None if carried else found.entry.number)
    family = found.place.family
    refs = _contains(carried, family)
    return _decision(item, fingerprint, found, changed, family, refs), changed


def _by_id(memory: Memory, item: Item, comparison: Comparison) -> _Found | None:
    entry = memory.same_id(item)
    if entry is None:
        return None
    match = comparison.verify(Candidate(entry, 0, LIKELY))
    return _Found(entry, memory.place(entry.number), match)


def _by_text(
    memory: Memory, comparison: Comparison, candidates: list[Candidate], carried: list[_Found]
) -> _Found | None:
    if carried:
        return max(carried, key=_part_of_wrap)
    return max(_matches(memory, comparison.verify, candidates), key=_closeness, default=None)


def _carried(memory: Memory, comparison: Comparison, candidates: list[Candidate]) -> list[_Found]:
    """The members whose ledes the item carries; none where it is no wrap-up of several families."""
    carried = _matches(memory, comparison.carries, candidates) if len(candidates) >= policy.WRAPS else []
    return carried if len({found.place.family for found in carried}) >= policy.WRAPS else []


def _matches(
    memory: Memory, by: Callable[[Candidate], Match | None], candidates: list[Candidate]
) -> list[_Found]:
    return [
        _Found(c.entry, memory.place(c.entry.number), match)
        for c in candidates
        if (match := by(c)) is not None
    ]


def _closeness(found: _Found) -> tuple[int, int, int]:
    """By the score; a whole text before a part of one, the newest last."""
    assert found.match is not None
    return found.match.score, found.match.measures.alike or 0, found.entry.number


def _part_of_wrap(found: _Found) -> tuple[int, int, int, int]:
    """A wrap-up belongs to the story of its headline, else of its largest part."""
    assert found.match is not None
    headline = found.match.measures.headline or 0
    under = headline if headline >= policy.WRAP_HEADLINE else 0
    return under, found.match.score, len(found.entry.fingerprint.text), found.entry.number


def _change(item: Item, story: Story, number: int | None) -> Change:
    """Against all that the story has told; what was left out only of the member that is re-issued, if one is."""
    revised = next((passage(m.item) for m in story.members if m.number == number), None)
    known: list[Passage] = [passage(m.item) for m in story.members]
    return change(item, known, revised)


def _contains(carried: list[_Found], family: str) -> tuple[Ref, ...]:
    """One member, the latest, of each other family whose lede the item carries."""
    latest = {found.place.family: found for found in sorted(carried, key=lambda f: f.entry.number)}
    others = [found for other, found in latest.items() if other != family]
    return tuple(found.place.ref for found in sorted(others, key=lambda f: f.entry.number))


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
        matched=reasons.longest_run(item, fingerprint, found.entry.fingerprint, match),
        contains=contains,
    )


def _relation(item: Item, found: _Found, changed: Change) -> Relation:
    same_id = (found.place.ref.source, found.place.ref.id) == (item.source, item.id)
    return "copy" if changed.nothing and not same_id else "revision"


def _by_event(memory: Memory, item: Item, known_by: Terms) -> tuple[Decision, Change] | None:
    """The living story that is about the same event in other words, if one is."""
    near = memory.morgue.nearest(known_by, item.ts, memory.now())
    found = kinship.kin(near)
    if not found:
        return None
    story, to = memory.stories.get(found[0].near.story), memory.place(found[0].near.member).ref
    assert story is not None, f"story {found[0].near.story} is closed, and stands in the morgue"
    decision = Decision(
        relation="same_story",
        story=story.id,
        family=_id("family", item),
        rule=policy_story.NAME,
        reason=reasons.one_event(to, found[0].score, kinship.reason(found[0].near.measures)),
        engine=engine(),
        to=to,
        score=found[0].score,
        threshold=policy_story.THRESHOLD,
        matched=reasons.shared_words(item, known_by, memory.morgue.words(found[0].near)),
    )
    return decision, _change(item, story, None)


def _first(item: Item) -> tuple[Decision, Change]:
    decision = Decision(
        relation="first",
        story=_id("story", item),
        family=_id("family", item),
        rule=NEW,
        reason="no member of a living story is near enough",
        engine=engine(),
    )
    return decision, Change(material=True)


def _id(what: str, item: Item) -> str:
    return digest(what, item.identity)[:24]
