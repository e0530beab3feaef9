"""The desk's memories as a fold of the records: the same for records shuffled, repeated or compacted. Nothing is decided."""

from collections.abc import Callable, Iterable, Iterator

from stream.core.bonds import Bonds
from stream.core.desk import remember
from stream.core.editing import carry_out
from stream.core.forget import close
from stream.core.memory import Memory
from stream.core.place import Shrunk
from stream.core.record import Buried, Edited, Kept, Record


def no_pause() -> None:
    """Between two records, for who is waited for."""


def recover(records: Iterable[Kept], life: int, pause: Callable[[], None] = no_pause) -> dict[str, Memory]:
    """The memories by lane. `pause` is called between two records: who is not waited for gives way there."""
    latest: dict[str, Kept] = {}
    for kept in records:
        if not isinstance(latest.get(kept.identity), Shrunk):
            latest[kept.identity] = kept
    gone = _gone(latest.values())
    memories: dict[str, Memory] = {}
    for kept in sorted(latest.values(), key=lambda k: k.number):
        memory = memories.setdefault(kept.lane, Memory(kept.lane, life))
        pause()
        memory.number = kept.number
        remember_kept(memory, kept, gone, lambda identity: _whole(latest.get(identity)))
        memory.number = kept.number + 1
    return memories


def _gone(records: Iterable[Kept]) -> Callable[[str], bool]:
    """Whether the records of a story are to shrink: it has closed, and so have all that are bound to it."""
    bonds, closed = _bonds(records), {story for kept in records for story in _closed(kept)}
    ended = {bonds.last(story) for story in closed}
    return lambda story: all(one in ended for one in bonds.bound(bonds.last(story)))


def _closed(kept: Kept) -> Iterator[str]:
    """Stories that have closed: named by the record that closed them, or by a record that has shrunk."""
    if isinstance(kept, Record | Shrunk):
        yield from kept.closed
    if isinstance(kept, Shrunk):
        yield kept.story


def _bonds(records: Iterable[Kept]) -> Bonds:
    """The stories that were merged or parted, by the records that say so, which shrink with theirs, or after them."""
    bonds = Bonds()
    for kept in sorted(records, key=lambda k: k.number):
        if isinstance(kept, Record):
            for merge in kept.decision.merges:
                bonds.fold(merge.story, kept.decision.story)
        elif isinstance(kept, Edited):
            for story in kept.merged:
                bonds.fold(story, kept.story)
            if kept.parted:
                bonds.part(kept.parted, kept.story)
    return bonds


def remember_kept(
    memory: Memory, kept: Kept, gone: Callable[[str], bool], records: Callable[[str], Record | None]
) -> None:
    """What one record did to the memory, which has its number; `gone` says of a story whether its records are to shrink."""
    match kept:
        case Shrunk():
            if kept.ticked:
                memory.advance(kept.ts)
            _close(memory, kept.closed)
        case Record() if gone(kept.decision.story):
            memory.advance(kept.item.ts)
            _close(memory, kept.closed)
            closed = tuple(story for story in kept.closed if not gone(story))
            memory.shrinking.append(_shrunk(kept, kept.decision.story, kept.item.ts, closed))
        case Record():
            memory.advance(kept.item.ts)
            remember(memory, kept)
        case Edited() if gone(kept.story):
            memory.shrinking.append(_shrunk(kept, kept.story, kept.edit.at, (), ticked=False))
        case Edited():
            carry_out(memory, kept.edit, records)
        case Buried():
            pass


def _whole(kept: Kept | None) -> Record | None:
    return kept if isinstance(kept, Record) else None


def _close(memory: Memory, stories: Iterable[str]) -> None:
    """Those of them that are known: bound to a story that is open still."""
    for story in stories:
        close(memory, story)


def _shrunk(
    kept: Record | Edited, story: str, ts: int, closed: tuple[str, ...], ticked: bool = True
) -> Shrunk:
    return Shrunk(kept.identity, kept.lane, kept.number, story, ts, closed, ticked)
