"""What an item carries of other reports: a wrap-up of several, or one that grew. No text is compared here."""

from collections.abc import Collection, Sequence

from stream.core import policy
from stream.core.found import Found
from stream.core.measures import in_both
from stream.core.story import Ref
from stream.core.verify import meets


def wraps(carried: Sequence[Found]) -> bool:
    """Whether an item that carries these is a wrap-up: of several families, each with a lede in words of its own."""
    if len(carried) < policy.WRAPS or len({one.place.family for one in carried}) < policy.WRAPS:
        return False
    ledes: list[str] = []
    for one in carried:
        lede = one.member.fingerprint.text[: policy.CARRIED_WORDS]
        if all((in_both(lede, other) or 0) < policy.ONE_LEDE for other in ledes):
            ledes.append(lede)
    return len(ledes) >= policy.WRAPS


def grew(one: Found) -> bool:
    """Whether an item that carries but this one is it, grown: under its headline, with its figures, within a day."""
    assert one.match is not None
    return meets(policy.GREW, one.match)


def whole_parts(words: int, carried: Sequence[Found]) -> list[Found]:
    """The reports that an item of so many words, no wrap-up, is longer than by half. The column of every day carries
    yesterday's lede, and a brief that of the wrap-up it stands in: neither contains the other."""
    return [one for one in carried if 2 * words >= 3 * one.member.text_words]


def contains(carried: Sequence[Found], families: Collection[str] = ()) -> tuple[Ref, ...]:
    """One member, the latest, of each family but these whose lede the item carries."""
    if not carried:
        return ()
    latest = {one.place.family: one for one in sorted(carried, key=lambda one: one.member.number)}
    others = [one for family, one in latest.items() if family not in families]
    return tuple(one.place.ref for one in sorted(others, key=lambda one: one.member.number))
