"""Which member an item re-issues, whose story it joins, what it carries: the desk's judgement. Nothing is kept here."""

from typing import NamedTuple

from stream.core import policy, proof, reasons, wrapup
from stream.core.by_event import by_event
from stream.core.change import Change, change
from stream.core.engine import engine
from stream.core.fingerprint import Fingerprint
from stream.core.found import Found, closeness, found, part, whole
from stream.core.ids import digest
from stream.core.index import Candidate
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.passage import Passage, passage
from stream.core.story import Decision, Merge, Ref, Relation, Story
from stream.core.terms import Terms
from stream.core.unite import united
from stream.core.verify import Comparison


class Joined(NamedTuple):
    """Where an item goes, as `Decision` has it, with what it proves to be one."""

    story: str
    family: str
    contains: tuple[Ref, ...]
    merges: tuple[Merge, ...]
    folds: tuple[str, ...]


def judge(memory: Memory, item: Item, fingerprint: Fingerprint, known_by: Terms) -> tuple[Decision, Change]:
    """What the desk decides about an item, and what the item changes in its story. Changes nothing."""
    candidates = memory.index.candidates(fingerprint, memory.clock.now)
    comparison = Comparison(fingerprint)
    known = _by_id(memory, item, comparison)
    matches = [] if known else found(memory, comparison.verify, candidates)
    sure = known or max(matches, key=closeness, default=None)
    carried = _carried(memory, comparison, candidates, matches, sure)
    several = wrapup.wraps(carried)
    wraps = several and not any(map(whole, matches))
    near = known or _by_text(sure, carried, wraps)
    parts = carried if several else wrapup.whole_parts(fingerprint.text_words, carried)
    if near is None:
        return _of_its_own(memory, item, known_by, wrapup.contains(parts))
    return _joined(memory, item, fingerprint, near, [] if wraps else matches, parts, wraps)


def _joined(
    memory: Memory,
    item: Item,
    fingerprint: Fingerprint,
    near: Found,
    matches: list[Found],
    parts: list[Found],
    wraps: bool,
) -> tuple[Decision, Change]:
    """Into the story of the member that it re-issues, or of the headline that it wraps up, with all that it proves."""
    others = proof.merging(memory.bonds, near, matches)
    story = proof.staying(memory, near, others)
    merges = proof.merges(item, fingerprint, story, near, others) if others else ()
    losers = proof.losers(memory, merges)
    changed = _change(item, united(story, losers), None if wraps else near.member.number)
    stories = {story.id, *(loser.id for loser in losers)}
    family, folds = (near.place.family, ()) if wraps else proof.families(near, matches, stories)
    refs = wrapup.contains(parts, {family, *folds})
    joined = Joined(story.id, family, refs, merges, folds)
    return _decision(item, fingerprint, near, changed, joined), changed


def _by_id(memory: Memory, item: Item, comparison: Comparison) -> Found | None:
    member = memory.same_id(item, comparison.new)
    if member is None:
        return None
    return Found(member, memory.place(member.number), comparison.verify(member))


def _carried(
    memory: Memory,
    comparison: Comparison,
    candidates: list[Candidate],
    matches: list[Found],
    sure: Found | None,
) -> list[Found]:
    """The members whose ledes the item carries. Where an item is a member's text, it is no wrap-up of that one family
    and says nothing by carrying it: without a lede of another, none is sought."""
    if sure is not None:
        family = sure.place.family
        own = {one.member.number for one in matches if one.place.family == family}
        others = [one for one in candidates if one.number not in own]
        if all(one.place.family == family for one in found(memory, comparison.carries, others)):
            return []
    return found(memory, comparison.carries, candidates)


def _by_text(sure: Found | None, carried: list[Found], wraps: bool) -> Found | None:
    if wraps:
        return max(carried, key=part)
    return sure or max(filter(wrapup.grew, carried), key=part, default=None)


def _change(item: Item, story: Story, number: int | None) -> Change:
    """Against all that the story has told; what was left out only of the member that is re-issued, if one is."""
    revised = next((passage(m.item) for m in story.members if m.number == number), None)
    known: list[Passage] = [passage(m.item) for m in story.members]
    return change(item, known, revised)


def _decision(
    item: Item,
    fingerprint: Fingerprint,
    near: Found,
    changed: Change,
    joined: Joined,
) -> Decision:
    match = near.match
    rule = match.rule if match else policy.SAME_ID
    return Decision(
        relation=_relation(item, near, changed),
        story=joined.story,
        family=joined.family,
        rule=rule.name,
        reason=reasons.matched(near.place.ref, match) if match else reasons.same_id(near.place.ref),
        engine=engine(),
        to=near.place.ref,
        score=match.score if match else None,
        threshold=match.threshold if match else None,
        matched=reasons.longest_run(item, fingerprint, near.member.fingerprint, match),
        contains=joined.contains,
        merges=joined.merges,
        folds=joined.folds,
    )


def _relation(item: Item, near: Found, changed: Change) -> Relation:
    same_id = (near.place.ref.source, near.place.ref.id) == (item.source, item.id)
    return "copy" if changed.nothing and not same_id else "revision"


def _of_its_own(
    memory: Memory, item: Item, known_by: Terms, contains: tuple[Ref, ...]
) -> tuple[Decision, Change]:
    """A family of its own, in the living story that is about the same event in other words, if one is, else its own."""
    family = _id("family", item)
    decision = by_event(memory, item, known_by, family, contains)
    if decision is None:
        return _first(item, family, contains)
    story = memory.stories.get(decision.story)
    assert story is not None, f"an item joins story {decision.story} by its event, and it is closed"
    return decision, _change(item, united(story, proof.losers(memory, decision.merges)), None)


def _first(item: Item, family: str, contains: tuple[Ref, ...]) -> tuple[Decision, Change]:
    decision = Decision(
        relation="first",
        story=_id("story", item),
        family=family,
        rule=policy.NEW,
        reason="no member of a living story is near enough",
        engine=engine(),
        contains=contains,
    )
    return decision, Change(material=True)


def _id(what: str, item: Item) -> str:
    return digest(what, item.identity)[:24]
