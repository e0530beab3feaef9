"""When a stage last had work, for whoever waits for the end of it. No broker is asked here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True)
class Pulse:
    """Counts and the time of the last batch; `busy` while one is in hand."""

    last: float = field(default_factory=monotonic)
    busy: int = 0
    items: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def batch(self, stage: str, size: int) -> Iterator[None]:
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1
            self.last = monotonic()
            self.items[stage] = self.items.get(stage, 0) + size

    def idle_for(self) -> float:
        """Seconds since the last batch ended; 0 while one is in hand."""
        return 0.0 if self.busy else monotonic() - self.last
