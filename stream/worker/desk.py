"""What a worker's desk knows, by partition: a fold of the records kept there. No faust, no await, no broker enters."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from stream.core.forget import shrink
from stream.core.memory import Memory
from stream.core.record import read as read_record
from stream.core.recover import recover
from stream.core.settings import Settings
from stream.worker import steps
from stream.worker.steps import Keep, Keeper, Read, Work

Kept = Callable[[int, str], bytes | None]


class KeeperMismatchError(Exception):
    """Records that were kept under another lane function or partition count: what was found, and what to do."""


class Desk:
    """The memories of the lanes of every partition in hand, and the records that are to shrink with the next batch."""

    def __init__(self, settings: Settings, keeper: Keeper) -> None:
        self.settings, self.keeper = settings, keeper
        self._memories: dict[int, dict[str, Memory]] = {}
        self._shrunk: dict[int, list[Keep]] = {}

    def recover(self, partition: int, records: Iterable[bytes]) -> int:
        """The partition's memories again, from everything kept; returns how many records there were."""
        read = [read_record(value) for value in records]
        if others := {lanes for _, lanes in read} - {self.keeper.lanes}:
            raise KeeperMismatchError(
                f"the records were kept for lanes {', '.join(sorted(others))} (lane function/partitions), and this "
                f"worker is for {self.keeper.lanes}: run the version that kept them, or start on fresh topics"
            )
        self._memories[partition] = recover((record for record, _ in read), self.settings.story_life)
        self._shrink(partition)
        return len(read)

    def open_stories(self) -> dict[str, int]:
        """How many stories of each lane in hand may take members."""
        return {lane: len(m.stories) for lanes in self._memories.values() for lane, m in lanes.items()}

    def forget(self, partition: int) -> None:
        """Another worker owns it now, and decides on."""
        self._memories.pop(partition, None)
        self._shrunk.pop(partition, None)

    def decide(self, reads: Sequence[Read], kept: Kept, doomed: Mapping[str, str]) -> Work:
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
