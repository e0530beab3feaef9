"""Which stories of a lane have become one, which families, and which an editor parted. What they hold may not enter.

Two stories that were parted stay bound: text does not join them again, and as each was made from the records of both,
these are kept until both have closed.
"""

from collections.abc import Callable, Iterable

from stream.core.layer import Layer


class Bonds:
    """Over `under`'s, if there is one. Ids of stories that closed are forgotten with the last of their records.

    `waiting` has the heads of stories that closed and are bound to one that has not, `closers` which record closed them.
    """

    __slots__ = ("closers", "into", "parted", "waiting")

    def __init__(self, under: "Bonds | None" = None) -> None:
        self.into: Layer[str, str] = Layer(under.into if under else None)
        self.parted: Layer[str, tuple[str, ...]] = Layer(under.parted if under else None)
        self.waiting: Layer[str, int] = Layer(under.waiting if under else None)
        self.closers: Layer[int, tuple[str, ...]] = Layer(under.closers if under else None)

    def last(self, story: str) -> str:
        """Where the redirects of an id end. What was followed far is kept short."""
        found, far = story, 0
        while (into := self.into.get(found)) is not None:
            found, far = into, far + 1
        if far > 1:
            self.into.put(story, found)
        return found

    def fold(self, story: str, into: str) -> None:
        """`story` redirects from now on; what it was parted from, `into` is."""
        self.into.put(story, into)
        for other in self.parted.get(story) or ():
            self._add(into, other)

    def fold_families(self, families: Iterable[str], into: str) -> None:
        """Families redirect as stories do; no id is one of both."""
        for family in families:
            self.into.put(family, into)

    def part(self, story: str, other: str) -> None:
        self._add(story, other)
        self._add(other, story)

    def apart(self, story: str, other: str) -> bool:
        """Whether an editor parted them, and no editor has merged them since."""
        return other in map(self.last, self.parted.get(story) or ())

    def bound(self, story: str) -> tuple[str, ...]:
        """All stories that hang together with this one, itself first, then as they are found."""
        found = [story]
        for one in found:
            others = map(self.last, self.parted.get(one) or ())
            found += [other for other in dict.fromkeys(others) if other not in found]
        return tuple(found)

    def end(self, story: str, head: int, number: int, is_open: Callable[[str], bool]) -> list[int]:
        """A story has closed, by the record of that number. The heads of those whose records may shrink now: none while
        one that it is bound to is open."""
        bound = self.bound(story)
        self.waiting.put(story, head)
        if any(is_open(one) for one in bound):
            self.closers.put(number, (*(self.closers.get(number) or ()), story))
            return []
        heads = [found for one in bound if (found := self.waiting.get(one)) is not None]
        for one in bound:
            self.waiting.put(one, None)
        return heads

    def forget(self, story: str, family: str, number: int) -> tuple[str, ...]:
        """With a record of it; what that closed, and is kept still."""
        self.into.put(story, None)
        self.into.put(family, None)
        self.parted.put(story, None)
        closed = self.closers.get(number) or ()
        self.closers.put(number, None)
        return closed

    def join(self) -> None:
        self.into.join()
        self.parted.join()
        self.waiting.join()
        self.closers.join()

    def _add(self, story: str, other: str) -> None:
        known = self.parted.get(story) or ()
        if other not in known:
            self.parted.put(story, (*known, other))
