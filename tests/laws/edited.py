"""Wires into which an editor writes: merges and splits of what stands open when the editor speaks."""

import random
from collections.abc import Sequence
from typing import Any

from stream.core import edit
from stream.core.codec import decode
from stream.core.edit import Edit
from stream.core.item import Item
from stream.core.settings import Settings
from stream.core.story import Ref
from tests.laws.shore import folded, items_of, take

Message = Item | Edit
State = dict[str, Any]
UNKNOWN = "0" * 24


def merge(*states: State, note: str = "", at: int = 0) -> Edit:
    """The first of them stays."""
    first, *others = states
    return edit.merge(first["lane"], first["id"], tuple(state["id"] for state in others), at, "desk", note)


def split(state: State, *members: State, at: int = 0) -> Edit:
    return edit.split(state["lane"], state["id"], tuple(map(ref, members)), at, note="another event")


def ref(member: State) -> Ref:
    return Ref(member["id"], member["source"], member["identity"])


def edited(
    objects: Sequence[dict[str, Any]], seed: int, settings: Settings, share: float = 0.25
) -> list[Message]:
    """After some of the items a merge, a split, the same edit again, or one that can do nothing."""
    chance = random.Random(seed)
    wire: list[Message] = []
    known = folded([], settings)
    for item in items_of(objects):
        now: list[Message] = [item]
        take(known, now)
        if chance.random() < share:
            now.append(_edit(chance, [decode(state) for state in known.states.values()], wire, item))
            take(known, now[1:])
        wire += now
    return wire


def _edit(chance: random.Random, states: list[State], wire: list[Message], item: Item) -> Message:
    here = [state for state in states if state["lane"] == item.lane]
    open_now = [state for state in here if state["status"] == "open"]
    several = [state for state in open_now if state["members_count"] > 1]
    said = [one for one in wire if isinstance(one, Edit)]
    kind = chance.choice(("merge", "merge", "split", "split", "split", "again", "wrong"))
    if kind == "split" and several:
        story = chance.choice(several)
        return split(story, *chance.sample(story["members"], chance.choice((1, 1, 2))), at=item.ts)
    if kind == "again" and said:
        return chance.choice(said)
    if kind == "wrong":
        return merge(chance.choice(here), {"id": UNKNOWN, "lane": item.lane}, at=item.ts)
    if len(open_now) < 2:
        return merge(here[0], here[0], at=item.ts)
    return merge(*chance.sample(open_now, 2), at=item.ts)
