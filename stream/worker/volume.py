"""A volume: the records of one partition, and how far its changelog has been read into them. No broker and no fold enters."""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from secrets import randbits
from zlib import crc32

MOST_ORDERED = 20_000  # keys of which a volume in memory knows in what order they came

Pair = tuple[bytes, bytes | None]  # key and value; a value of None deletes


@dataclass(frozen=True, slots=True)
class Standing:
    """`next` is the first offset of the changelog that has not been read, `seen` a checksum of the message before it.

    `kept` counts what was kept, ever; of what came after the first `ordered`, the volume knows in what order. `born` is
    drawn by lot for every volume that begins with nothing: what was made of another has nothing to do with it.
    """

    born: int
    next: int = 0
    seen: int = 0
    kept: int = 0
    ordered: int = 0


def newborn() -> Standing:
    return Standing(randbits(53))


class Volume(ABC):
    """What is kept here is on the changelog; what is on the changelog from `next` on may be missing here."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing

    def keep(self, pairs: Sequence[Pair], last: int) -> None:
        """What this worker has written to the changelog, acknowledged; `last` is the offset of the last of them.

        Where something else lies between, the tail is read from before it at the next start.
        """
        if last - len(pairs) + 1 == self.standing.next:
            self._take(pairs, replace(self.standing, next=last + 1, seen=checksum(pairs[-1])))
        else:
            self._take(pairs, self.standing)

    def take(self, pairs: Sequence[Pair], next_: int) -> None:
        """What was read from the changelog, all up to the offset `next_`."""
        self._take(pairs, replace(self.standing, next=next_, seen=checksum(pairs[-1])))

    def _take(self, pairs: Sequence[Pair], at: Standing) -> None:
        at = replace(at, kept=at.kept + len(pairs))
        self._write(pairs, at)
        self.standing = at

    @abstractmethod
    def _write(self, pairs: Sequence[Pair], at: Standing) -> None:
        """All of it, or nothing."""

    @abstractmethod
    def record(self, key: bytes) -> bytes | None: ...

    @abstractmethod
    def records(self) -> Iterator[tuple[bytes, bytes]]:
        """Every key with its value, in no order that means anything."""

    @abstractmethod
    def since(self, kept: int) -> Iterator[bytes] | None:
        """The records that were kept after the first so many, as they are now; None where that is not known any more."""

    @abstractmethod
    def wipe(self) -> None:
        """Nothing is kept, and the changelog is to be read from its start."""

    def close(self) -> None:  # noqa: B027  # of memory there is nothing to close
        """Nothing is asked of it any more."""


class InMemory(Volume):
    """For a worker without a folder: read whole from the changelog at every start."""

    def __init__(self) -> None:
        super().__init__(newborn())
        self._records: dict[bytes, bytes] = {}
        self._order: deque[bytes] = deque(maxlen=MOST_ORDERED)

    def _write(self, pairs: Sequence[Pair], at: Standing) -> None:
        for key, value in pairs:
            self._order.append(key)
            if value is None:
                self._records.pop(key, None)
            else:
                self._records[key] = value

    def record(self, key: bytes) -> bytes | None:
        return self._records.get(key)

    def records(self) -> Iterator[tuple[bytes, bytes]]:
        yield from self._records.items()

    def since(self, kept: int) -> Iterator[bytes] | None:
        first = self.standing.kept - len(self._order)
        if not first <= kept <= self.standing.kept:
            return None
        keys = dict.fromkeys(islice(self._order, kept - first, None))
        return (value for key in keys if (value := self._records.get(key)) is not None)

    def wipe(self) -> None:
        self._records.clear()
        self._order.clear()
        self.standing = newborn()


def checksum(pair: Pair) -> int:
    """Of one message."""
    key, value = pair
    return crc32(value or b"", crc32(key or b""))
