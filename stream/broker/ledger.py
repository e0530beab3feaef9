"""How much each partition of the embedded broker holds, and what would be too much. No I/O."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from stream.broker.wire import Append

# librdkafka's mock cluster drops a partition's oldest batches, silently, above either of these.
MAX_BYTES = 5 * 1_024 * 1_024
MAX_BATCHES = 100_000


@dataclass(slots=True)
class Held:
    """What was sent to one partition: as stored, compressed as it came. Never less than what is there."""

    batches: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Full:
    """A batch that would have made the broker drop others."""

    topic: str
    partition: int
    batches: int
    size: int
    more: int

    def __str__(self) -> str:
        return (
            f"the embedded broker is full: {self.topic}[{self.partition}] holds {self.size:,} bytes in "
            f"{self.batches:,} batches, and {self.more:,} bytes more would pass its limit of {MAX_BYTES:,} "
            f"bytes or {MAX_BATCHES:,} batches. Nothing was dropped. Use Apache Kafka: make kafka"
        )


@dataclass(slots=True)
class Ledger:
    held: dict[tuple[str, int], Held] = field(default_factory=dict)

    def enter(self, batches: Iterable[Append]) -> Full | None:
        """All of them or, where one does not fit, none."""
        entered: list[Append] = []
        for batch in batches:
            if full := self._enter(batch):
                self._undo(entered)
                return full
            entered.append(batch)
        return None

    def _enter(self, batch: Append) -> Full | None:
        held = self.held.setdefault((batch.topic, batch.partition), Held())
        if held.size + batch.size > MAX_BYTES or held.batches + 1 > MAX_BATCHES:
            return Full(batch.topic, batch.partition, held.batches, held.size, batch.size)
        held.size += batch.size
        held.batches += 1
        return None

    def _undo(self, entered: list[Append]) -> None:
        for batch in entered:
            held = self.held[batch.topic, batch.partition]
            held.size -= batch.size
            held.batches -= 1
