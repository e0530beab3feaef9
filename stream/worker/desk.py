"""What a worker's desk knows, by partition: a fold of the records kept there. No faust, no await, no broker enters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from stream.core.follow import follow
from stream.core.forget import shrink
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.place import Shrunk
from stream.core.record import Kept, Record
from stream.core.record import read as read_record
from stream.core.recover import no_pause, recover
from stream.core.settings import Settings
from stream.core.snapshot import Column, Columns, read_memory, write_memory
from stream.worker import steps
from stream.worker.steps import Keep, Keeper, Read, Work

Lookup = Callable[[int, str], bytes | None]
Pause = Callable[[], None]  # between two records


class KeeperMismatchError(Exception):
    """Records that were kept under another lane function or partition count: what was found, and what to do."""


class Items:
    """The items of stories in a snapshot, from their records. While the desk follows what came since, a record may have
    shrunk that was whole when the snapshot was taken: its story is about to close, and what it says is asked for no more.
    """

    def __init__(self, kept: Callable[[str], bytes | None]) -> None:
        self.kept, self.closed_since = kept, True

    def __call__(self, identity: str) -> Item:
        record = _record(self.kept, identity)
        if record is None and self.closed_since:
            return Item(identity, "", "", 0)
        assert record is not None, f"the record of {identity}, a member of an open story, is not there"
        return record.item


class Desk:
    """The memories of the lanes of every partition in hand, and the records that are to shrink with the next batch."""

    def __init__(self, settings: Settings, keeper: Keeper) -> None:
        self.settings, self.keeper = settings, keeper
        self._memories: dict[int, dict[str, Memory]] = {}
        self._shrunk: dict[int, list[Keep]] = {}
        self._items: dict[int, Items] = {}

    def recover(self, partition: int, records: Iterable[bytes], pause: Pause = no_pause) -> int:
        """The partition's memories again, from everything kept; returns how many records there were."""
        read = self._read(records, pause)
        self._memories[partition] = recover(read, self.settings.story_life, pause)
        self._shrink(partition)
        return len(read)

    def follow(
        self,
        partition: int,
        tail: Iterable[bytes],
        kept: Callable[[str], bytes | None],
        pause: Pause = no_pause,
    ) -> int | None:
        """The memories in hand, brought up to date by the records that came since; returns how many there were. None where
        there are no memories, or where the records do not follow on them: `recover` is for these."""
        memories = self._memories.get(partition)
        if memories is None or not self.rests(partition):
            return None
        read, items = self._read(tail, pause), self._items.get(partition)
        if items is not None:
            items.closed_since = True
        if not follow(memories, read, self.settings.story_life, partial(_record, kept), pause):
            return None
        if items is not None:
            items.closed_since = False
        if read:
            self._shrink(partition)
        return len(read)

    def snapshot(self, partition: int) -> list[Columns]:
        """Of every lane, between two batches; the arrays are the memories' own."""
        shrunk = [read_record(one.write.value or b"")[0] for one in self._shrunk.get(partition, ())]
        by_lane: dict[str, list[Shrunk]] = {}
        for one in shrunk:
            if isinstance(one, Shrunk):
                by_lane.setdefault(one.lane, []).append(one)
        memories = self._memories.get(partition, {}).values()
        return [write_memory(memory, by_lane.get(memory.lane, ())) for memory in memories]

    def restore(
        self, partition: int, lanes: Iterable[Mapping[str, Column]], kept: Callable[[str], bytes | None]
    ) -> None:
        """The memories as a snapshot has them; `follow` brings them up to date."""
        items = self._items[partition] = Items(kept)
        memories = [read_memory(columns, items) for columns in lanes]
        self._memories[partition] = {memory.lane: memory for memory in memories}
        self._shrunk.pop(partition, None)

    def rests(self, partition: int) -> bool:
        """Whether no batch is being decided on its memories."""
        return not any(memory.index.marked for memory in self._memories.get(partition, {}).values())

    def members(self, partition: int) -> int:
        """How many members of living stories the partition's memories have."""
        return sum(len(memory.places) for memory in self._memories.get(partition, {}).values())

    def _read(self, records: Iterable[bytes], pause: Pause) -> list[Kept]:
        read = []
        for value in records:
            pause()
            read.append(read_record(value))
        if others := {lanes for _, lanes in read} - {self.keeper.lanes}:
            raise KeeperMismatchError(
                f"the records were kept for lanes {', '.join(sorted(others))} (lane function/partitions), and this "
                f"worker is for {self.keeper.lanes}: run the version that kept them, or start on fresh topics"
            )
        return [record for record, _ in read]

    def open_stories(self, partitions: Iterable[int]) -> dict[str, int]:
        """How many stories of each lane of these may take members."""
        memories = [list(self._memories.get(one, {}).items()) for one in partitions]  # a thread may add some
        return {lane: len(memory.stories) for lanes in memories for lane, memory in lanes}

    def forget(self, partition: int) -> None:
        """Another worker owns it now, and decides on."""
        self._memories.pop(partition, None)
        self._shrunk.pop(partition, None)

    def decide(self, reads: Sequence[Read], kept: Lookup, doomed: Mapping[str, str]) -> Work:
        """A batch decided on layers over the memories; nothing is known by it until `keep`."""
        lanes = {r.item.lane: r.event.partition for r in reads if r.item}
        memories = {lane: self._memory(partition, lane) for lane, partition in lanes.items()}
        shrunk = [
            one for partition in dict.fromkeys(lanes.values()) for one in self._shrunk.get(partition, ())
        ]
        return steps.decide(memories, reads, kept, doomed, self.keeper, shrunk)

    def keep(self, work: Work, partitions: Iterable[int]) -> None:
        """What was decided is acknowledged as published and kept: it is known from now on."""
        work.decided.join()
        for partition in partitions:
            self._shrink(partition)

    def _memory(self, partition: int, lane: str) -> Memory:
        ours = self._memories.setdefault(partition, {})
        return ours.setdefault(lane, Memory(lane, self.settings.story_life))

    def _shrink(self, partition: int) -> None:
        """What the next batch shrinks; a record that a crash leaves whole is found again by `recover`."""
        memories = self._memories.get(partition, {}).values()
        self._shrunk[partition] = [
            self.keeper.keep(partition, one) for memory in memories for one in shrink(memory)
        ]


def _record(kept: Callable[[str], bytes | None], identity: str) -> Record | None:
    found = kept(identity)
    record = read_record(found)[0] if found else None
    return record if isinstance(record, Record) else None
