"""Who wrote a text and who re-issued it, told by the texts alone. Order of arrival decides only where they are silent."""

from collections.abc import Sequence
from dataclasses import replace

from stream.core.item import Item
from stream.core.passage import Passage, passage
from stream.core.story import Member, Origin, Role
from stream.core.telling import tellings

SIGNED, SILENT, CREDITING = 3, 2, 1


def evidence(item: Item) -> int:
    """How a text speaks of its author: signed by the agency itself, nothing said, or another credited."""
    if item.origin and any(f.kind == "sign_off" for f in item.furniture):
        return SIGNED
    return CREDITING if item.credits else SILENT


def original(members: Sequence[Member]) -> Member:
    """The member of one family that the others were made from, as likeliest."""
    if len(members) == 1:
        return members[0]
    return max(members, key=lambda m: (evidence(m.item), -m.item.ts, -m.number))


def with_roles(members: tuple[Member, ...], before: tuple[Member, ...]) -> tuple[Member, ...]:
    """The members with their roles: all of a family where its original changed, else the new member's alone."""
    known = {m.number: m for m in before}
    families: dict[str, list[Member]] = {}
    for member in members:
        families.setdefault(member.decision.family, []).append(member)
    originals = {family: original(its) for family, its in families.items()}
    return tuple(
        member if _stands(member, originals[member.decision.family], known) else _with_role(member, originals)
        for member in members
    )


def _stands(member: Member, first: Member, known: dict[int, Member]) -> bool:
    earlier = known.get(first.number)
    return member.number in known and earlier is not None and earlier.role == "original"


def _with_role(member: Member, originals: dict[str, Member]) -> Member:
    first = originals[member.decision.family]
    if member.number == first.number:
        return replace(member, role="original", role_reason=own_copy(member.item))
    role, reason = _reissue(member, first, passage(first.item))
    return replace(member, role=role, role_reason=reason)


def own_copy(item: Item) -> str:
    """Why an item is the original of its text."""
    found = evidence(item)
    if found == SIGNED:
        signature = next(f.written.strip() for f in item.furniture if f.kind == "sign_off")
        return f"{item.origin}'s own copy (sign-off {signature})"
    if found == CREDITING:
        return f"the earliest of its text here; credits {', '.join(item.credits)}"
    return "the earliest of its text here; no agency signs it"


def _reissue(member: Member, first: Member, text: Passage) -> tuple[Role, str]:
    credit = f"credits {', '.join(member.item.credits)}" if member.item.credits else ""
    lacking = sum(telling.told != "same" for telling in tellings(passage(member.item), (text,)))
    if not lacking:
        return "copy", credit or "says nothing that the original does not"
    count = "1 sentence that is" if lacking == 1 else f"{lacking} sentences that are"
    return "revision", "; ".join(filter(None, (f"has {count} not in the original", credit)))


def origins(before: tuple[Origin, ...], member: Member, most: int) -> tuple[Origin, ...]:
    """One origin a family: the agency that its texts name, else the source that brought it first. The newest `most`."""
    family = member.decision.family
    known = next((o for o in before if o.family == family), None)
    if known is None:
        told = bool(member.item.origin)
        return (*before, Origin(family, member.item.origin or member.item.source, told))[-most:]
    if known.told or not member.item.origin:
        return before
    return tuple(Origin(family, member.item.origin, True) if o is known else o for o in before)
