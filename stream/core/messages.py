"""The public JSON forms of decisions, changes, conflicts and stories, each bounded in size. schemas/ is their contract."""

from typing import Any

from stream.core.change import Change, Reworded
from stream.core.codec import encode
from stream.core.cut import MOST_LISTED, MOST_MESSAGE, MOST_NAME, MOST_TEXT, cut, cut_all
from stream.core.item import Item
from stream.core.measures import UNIT
from stream.core.passage import Sentence, passage
from stream.core.sentences import sentences
from stream.core.story import Conflict, Decision, Member, Merge, Reading, Ref, Story
from stream.core.times import write_time

LEDE = 400  # bytes of a headline that had to be taken from a lede


def ref_json(ref: Ref) -> dict[str, Any]:
    return {"id": cut(ref.id, MOST_NAME), "source": cut(ref.source, MOST_NAME)}


def item_json(item: Item) -> dict[str, Any]:
    """The item as events name it: enough to find it on wire.items.v1 and to show it."""
    return _without_empty(
        identity=item.identity,
        id=cut(item.id, MOST_NAME),
        source=cut(item.source, MOST_NAME),
        version=cut(item.version, MOST_NAME),
        title=cut(item.title),
        slug=cut(item.slug, MOST_NAME),
        place=cut(item.place, MOST_NAME),
        flags=list(item.flags[:MOST_LISTED]),
        ts=write_time(item.ts),
        origin=item.origin,
        priority=cut(item.priority, MOST_NAME),
    )


def decision_json(decision: Decision) -> dict[str, Any]:
    """`score` and `threshold` from 0 to 1; absent where nothing was measured."""
    return _without_empty(
        relation=decision.relation,
        to=ref_json(decision.to) if decision.to else None,
        score=None if decision.score is None else decision.score / UNIT,
        reason=_reason_json(decision),
        contains=[ref_json(ref) for ref in decision.contains[:MOST_LISTED]],
        family=decision.family,
        folds=list(decision.folds),
        engine=decision.engine,
    )


def proof_json(merge: Merge) -> dict[str, Any]:
    """Why two stories are one: the member of the other that is one text with the item."""
    return {
        "to": ref_json(merge.to),
        "score": merge.score / UNIT,
        "reason": _reason_json(merge),
    }


def _reason_json(decision: Decision | Merge) -> dict[str, Any]:
    return _without_empty(
        text=cut(decision.reason),
        rule=decision.rule,
        threshold=None if decision.threshold is None else decision.threshold / UNIT,
        matched=cut(decision.matched),
    )


def change_json(change: Change) -> dict[str, Any]:
    return _without_empty(
        added=cut_all(change.added),
        captions=cut_all(change.captions),
        reworded=[_reworded_json(r) for r in change.reworded[:5]],
        reworded_count=len(change.reworded) or None,
        removed=cut_all(change.removed),
    )


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "field": conflict.field,
        "readings": [_reading_json(reading) for reading in conflict.readings],
        "likeliest": conflict.likeliest,
        "why": conflict.why,
    }


def headline(story: Story) -> str:
    """The representative's title, else the first sentence of its text."""
    return headline_of(representative(story).item)


def headline_of(item: Item) -> str:
    return cut(item.title, LEDE) or cut(next(iter(sentences(item.text[:MOST_TEXT])), ""), LEDE)


def representative(story: Story) -> Member:
    return next(m for m in story.members if m.number == story.representative)


def about_json(story: Story) -> dict[str, Any]:
    """What every event and the state say of a story."""
    names = sorted({origin.name for origin in story.origins})
    return _without_empty(
        lane=story.lane,
        version=story.version,
        headline=headline(story),
        day=story.day,
        members_count=story.count,
        origins=[cut(name, MOST_NAME) for name in names[:MOST_LISTED]],
        origins_count=len(names),
    )


def seen_json(story: Story) -> dict[str, Any]:
    return {
        "first": write_time(story.first_seen),
        "last": write_time(story.last_seen),
        "material": write_time(story.last_material),
    }


def state_json(story: Story) -> dict[str, Any]:
    """The whole story as story.state.v1 has it: at most 64 KB, fewer members listed where it must be."""
    for most in (MOST_LISTED + 1, 10, 5, 2, 1):
        state = _state_json(story, most)
        if len(encode(state)) <= MOST_MESSAGE:
            break
    return state


def _state_json(story: Story, most: int) -> dict[str, Any]:
    chosen = representative(story)
    newest = [m for m in story.members if m is not chosen]
    listed = [chosen, *newest[::-1][: most - 1]]
    return {
        **about_json(story),
        **_without_empty(place=cut(next((m.item.place for m in listed if m.item.place), ""), MOST_NAME)),
        "id": story.id,
        "status": "closed" if story.closed else "open",
        **_without_empty(
            merged_into=story.into, merged_from=list(story.absorbed), split_from=story.split_from
        ),
        "seen": seen_json(story),
        "representative": ref_json(_ref(chosen.item)),
        "members": [_member_json(m) for m in listed],
        "conflicts": [conflict_json(c) for c in story.conflicts],
    }


def _member_json(member: Member) -> dict[str, Any]:
    only = _only(member)
    return {
        **item_json(member.item),
        "role": member.role,
        "role_reason": cut(member.role_reason, MOST_NAME),
        "decision": decision_json(member.decision),
        "only": cut_all([s.text for s in only if not s.caption], 1_024),
        "only_captions": cut_all([s.text for s in only if s.caption], 512),
    }


def _only(member: Member) -> list[Sentence]:
    """The sentences that no other member has."""
    if not member.only:
        return []
    told = passage(member.item).sentences
    return [told[i] for i in member.only]


def _ref(item: Item) -> Ref:
    return Ref(item.id, item.source, item.identity)


def _reading_json(reading: Reading) -> dict[str, Any]:
    return {
        "value": reading.value,
        "weekday": reading.weekday,
        "where": reading.where,
        "written": cut(reading.written, MOST_NAME),
        "item": ref_json(reading.item),
    }


def _reworded_json(reworded: Reworded) -> dict[str, Any]:
    figures = reworded.figures
    return _without_empty(
        was=cut(reworded.was),
        now=cut(reworded.now),
        figures={"was": cut_all(figures[0], 256), "now": cut_all(figures[1], 256)} if figures else None,
    )


def _without_empty(**fields: Any) -> dict[str, Any]:
    return {
        name: value
        for name, value in fields.items()
        if value or (value is not None and value != "" and value != [])
    }
