"""The desk's memories as a fold of the records: the same for records shuffled, repeated or compacted. Nothing is decided."""

from collections.abc import Callable, Iterable, Mapping

from stream.core.desk import remember
from stream.core.memory import Memory, Shrunk
from stream.core.record import Buried, Kept, Record


def recover(records: Iterable[Kept], life: int) -> dict[str, Memory]:
    """The memories by lane."""
    latest: dict[str, Kept] = {}
    for kept in records:
        if not isinstance(latest.get(kept.identity), Shrunk):
            latest[kept.identity] = kept
    gone, into = _gone(latest.values()), _redirects(latest.values())
    gone = frozenset(_last(story, into) for story in gone)
    memories: dict[str, Memory] = {}
    for kept in sorted(latest.values(), key=lambda k: k.number):
        memory = memories.setdefault(kept.lane, Memory(kept.lane, life))
        _remember(memory, kept, lambda story: _last(story, into) in gone)
        memory.number = kept.number + 1
    return memories


def _gone(records: Iterable[Kept]) -> frozenset[str]:
    """The stories that have closed: named by the record that closed them, or by a record that has shrunk."""
    gone: set[str] = set()
    for kept in records:
        if isinstance(kept, Record):
            gone.update(kept.closed)
        elif isinstance(kept, Shrunk):
            gone.add(kept.story)
    return frozenset(gone)


def _redirects(records: Iterable[Kept]) -> dict[str, str]:
    """The stories that were merged, by the records that say so, which shrink after theirs."""
    return {
        merge.story: kept.decision.story
        for kept in records
        if isinstance(kept, Record)
        for merge in kept.decision.merges
    }


def _last(story: str, into: Mapping[str, str]) -> str:
    while story in into:
        story = into[story]
    return story


def _remember(memory: Memory, kept: Kept, gone: Callable[[str], bool]) -> None:
    match kept:
        case Shrunk():
            memory.advance(kept.ts)
        case Record() if gone(kept.decision.story):
            memory.advance(kept.item.ts)
            shrunk = Shrunk(kept.identity, kept.lane, kept.number, kept.decision.story, kept.item.ts)
            memory.shrinking.append(shrunk)
        case Record():
            memory.number = kept.number
            memory.advance(kept.item.ts)
            remember(memory, kept)
        case Buried():
            pass
