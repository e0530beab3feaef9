"""A mapping in two layers: what a batch changes stays on top until it is kept, and falls away if it is not."""

from collections.abc import Iterator
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Layer(Generic[K, V]):
    """Reads fall through to `under`; writes stay here. `None` as a value means taken away."""

    __slots__ = ("own", "under")

    def __init__(self, under: "Layer[K, V] | None" = None) -> None:
        self.own: dict[K, V | None] = {}
        self.under = under

    def get(self, key: K) -> V | None:
        if key in self.own:
            return self.own[key]
        return self.under.get(key) if self.under is not None else None

    def put(self, key: K, value: V | None) -> None:
        if value is None and self.under is None:
            self.own.pop(key, None)
        else:
            self.own[key] = value

    def join(self) -> None:
        """Everything changed here becomes part of `under`."""
        if self.under is not None:
            for key, value in self.own.items():
                self.under.put(key, value)
            self.own.clear()

    def __iter__(self) -> Iterator[K]:
        """The keys with a value of this layer alone."""
        return (key for key, value in self.own.items() if value is not None)

    def __len__(self) -> int:
        return len(self.own)
