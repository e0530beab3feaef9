"""A story as a snapshot keeps it: all but the items of its members, which their records have. Nothing is judged here."""

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, Final

from stream.core.codec import decode, encode
from stream.core.item import Item
from stream.core.record import decision_from_json, decision_to_json
from stream.core.story import Conflict, Member, Origin, Reading, Ref, Story

Items = Callable[[str], Item]  # by identity

_PLAIN: Final = tuple(
    one.name for one in fields(Story) if one.name not in ("members", "origins", "conflicts", "absorbed")
)


def write_story(story: Story) -> bytes:
    return encode(
        {
            **{name: getattr(story, name) for name in _PLAIN},
            "absorbed": story.absorbed,
            "origins": [asdict(origin) for origin in story.origins],
            "conflicts": [asdict(conflict) for conflict in story.conflicts],
            "members": [_member_to_json(member) for member in story.members],
        }
    )


def read_story(raw: bytes, items: Items) -> Story:
    body = decode(raw)
    members = tuple([_member(member, items) for member in body["members"]])
    origins = tuple([Origin(**origin) for origin in body["origins"]])
    conflicts = tuple([_conflict(conflict) for conflict in body["conflicts"]])
    made = {
        "members": members,
        "origins": origins,
        "conflicts": conflicts,
        "absorbed": tuple(body["absorbed"]),
    }
    return Story(**{**body, **made})


def _member_to_json(member: Member) -> dict[str, Any]:
    return {
        "number": member.number,
        "identity": member.item.identity,
        "decision": decision_to_json(member.decision),
        "role": member.role,
        "role_reason": member.role_reason,
        "only": member.only,
    }


def _member(body: dict[str, Any], items: Items) -> Member:
    only = None if body["only"] is None else tuple(body["only"])
    decision = decision_from_json(body["decision"])
    return Member(body["number"], items(body["identity"]), decision, body["role"], body["role_reason"], only)


def _conflict(body: dict[str, Any]) -> Conflict:
    readings = tuple([Reading(**{**one, "item": Ref(**one["item"])}) for one in body["readings"]])
    return Conflict(**{**body, "readings": readings})
