"""Which part of a topic is read: between two times or two offsets. No broker is asked here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_OFFSETS = re.compile(r"(\d+):(\d+)-(\d*)")


@dataclass(frozen=True, slots=True)
class Span:
    """`since` and `until` are the broker's times in milliseconds, which say when a message came and are no news time: those that
    came at `since` or later, and before `until`. `offsets` by partition: the first that is read, and the first that no
    longer is; other partitions are left out."""

    since: int | None = None
    until: int | None = None
    offsets: Mapping[int, tuple[int, int | None]] = field(default_factory=dict)

    def takes(self, moment: int) -> bool:
        """Whether a message is in it that came then. Times of a partition go up and down: each is asked of."""
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


WHOLE: Final = Span()


def read_offsets(written: str) -> tuple[int, tuple[int, int | None]]:
    """`0:120-340` as partition 0 from offset 120 up to 340, which is left out; `0:120-` up to its end."""
    found = _OFFSETS.fullmatch(written)
    if not found:
        raise ValueError(f"{written!r}: expected PARTITION:FROM-TO such as 0:120-340, or 0:120- to the end")
    partition, begin, end = found.groups()
    if end and int(end) < int(begin):
        raise ValueError(f"{written!r}: it ends before it begins")
    return int(partition), (int(begin), int(end) if end else None)
