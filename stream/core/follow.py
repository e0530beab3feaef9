"""Memories brought up to date by the records kept since, as if these had been decided on them. Nothing is decided.

It begins where the memory stands, in a snapshot, or when its partition was dealt out anew; recover.py begins with nothing.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby

from stream.core.forget import shrink
from stream.core.memory import Memory
from stream.core.place import Shrunk
from stream.core.record import Kept, Record
from stream.core.recover import no_pause, remember_kept

Records = Callable[[str], Record | None]  # by identity


def follow(
    memories: dict[str, Memory],
    kept: Iterable[Kept],
    life: int,
    records: Records,
    pause: Callable[[], None] = no_pause,
) -> bool:
    """False where the records do not follow, one by one, on what the memories know, which are of no use then. `pause` is as
    in recover.py."""
    tails = {lane: list(some) for lane, some in groupby(sorted(kept, key=_order), key=lambda one: one.lane)}
    begun = {lane: memories.get(lane) or Memory(lane, life) for lane in tails}
    if not all(_follows(begun[lane], tail) for lane, tail in tails.items()):
        return False
    try:
        for lane, tail in tails.items():
            _follow(begun[lane], tail, partial(_whole, records), pause)
    except _Gone:
        return False
    memories.update(begun)
    return True


class _Gone(Exception):  # noqa: N818  # it is what became of the record
    """An edit that came since asks for a record that has shrunk since."""


def _whole(records: Records, identity: str) -> Record:
    found = records(identity)
    if found is None:
        raise _Gone(identity)
    return found


def _order(kept: Kept) -> tuple[str, int]:
    return kept.lane, kept.number


def _follows(memory: Memory, tail: list[Kept]) -> bool:
    """Every number once, from the memory's own on; one that has shrunk since no longer says what it did."""
    new = [one for one in tail if one.number >= memory.number]
    whole = all(not isinstance(one, Shrunk) for one in new)
    return whole and [one.number for one in new] == [*range(memory.number, memory.number + len(new))]


def _follow(memory: Memory, tail: list[Kept], records: Records, pause: Callable[[], None]) -> None:
    known = memory.number
    for one in tail:
        pause()
        if one.number >= known:
            memory.number = one.number
            remember_kept(memory, one, lambda _: False, records)
            memory.number = one.number + 1
    _have_shrunk(memory, {one.identity for one in tail if one.number < known and isinstance(one, Shrunk)})


def _have_shrunk(memory: Memory, identities: set[str]) -> None:
    """Their members are forgotten here, too: they come in the order in which the memory would have them."""
    if identities:
        forgotten = shrink(memory, len(memory.shrinking) + len(identities))
        memory.shrinking[:0] = [one for one in forgotten if one.identity not in identities]
