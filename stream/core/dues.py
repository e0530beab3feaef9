"""Whose time is up next, in layers: what a batch takes from the memory under it goes back if it falls. No story enters.

A story that is prolonged stands here once more; whoever takes it asks the story itself until when it lives.
"""

import heapq

Due = tuple[int, int, str]  # until when, the number of the member that says so, the story


class Dues:
    """Over `under`'s, if there are any, the earliest first."""

    __slots__ = ("own", "taken", "under")

    def __init__(self, under: "Dues | None" = None) -> None:
        self.own: list[Due] = []
        self.taken: list[Due] = []  # from under's
        self.under = under

    def add(self, due: Due) -> None:
        heapq.heappush(self.own, due)

    def next(self, now: int) -> Due | None:
        """The earliest of this layer and the one under it, taken off; None when none is past its time."""
        theirs = self.under.own[0] if self.under and self.under.own else None
        first = min(filter(None, (self.own[0] if self.own else None, theirs)), default=None)
        if first is None or first[0] >= now:
            return None
        if first == theirs and self.under:
            self.taken.append(heapq.heappop(self.under.own))
        else:
            heapq.heappop(self.own)
        return first

    def join(self) -> None:
        """What this layer holds becomes part of the one under it."""
        if self.under:
            for due in self.own:
                self.under.add(due)
        self.own, self.taken = [], []

    def fall(self) -> None:
        """What it took goes back."""
        if self.under:
            for due in self.taken:
                self.under.add(due)
