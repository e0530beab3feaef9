"""A layer most of which lies as it was read from a snapshot, and is made into values when it is asked for. No I/O enters."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TypeVar

from stream.core.layer import Layer

K = TypeVar("K")
V = TypeVar("V")


class Cold(Layer[K, V]):
    """`rows` says of a key in which row of the snapshot its value lies, `thaw` makes it."""

    __slots__ = ("rows", "thaw")

    def __init__(self, rows: dict[K, int], thaw: Callable[[int], V]) -> None:
        super().__init__()
        self.rows, self.thaw = rows, thaw

    def get(self, key: K) -> V | None:
        row = self.rows.get(key)
        if row is not None:
            self.own[key] = self.thaw(row)
            del self.rows[key]
        return self.own.get(key)

    def put(self, key: K, value: V | None) -> None:
        self.rows.pop(key, None)
        super().put(key, value)

    def __iter__(self) -> Iterator[K]:
        return chain(super().__iter__(), self.rows)

    def __len__(self) -> int:
        return len(self.own) + len(self.rows)
