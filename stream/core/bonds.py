"""Which stories of a lane have become one, and which an editor parted. What they hold may not enter.

Two stories that were parted stay bound: text does not join them again, and as each was made from the records of both,
these are kept until both have closed.
"""

from stream.core.layer import Layer


class Bonds:
    """Over `under`'s, if there is one. Ids of stories that closed are forgotten with the last of their records."""

    __slots__ = ("into", "parted")

    def __init__(self, under: "Bonds | None" = None) -> None:
        self.into: Layer[str, str] = Layer(under.into if under else None)
        self.parted: Layer[str, tuple[str, ...]] = Layer(under.parted if under else None)

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

    def forget(self, story: str) -> None:
        self.into.put(story, None)
        self.parted.put(story, None)

    def join(self) -> None:
        self.into.join()
        self.parted.join()

    def _add(self, story: str, other: str) -> None:
        known = self.parted.get(story) or ()
        if other not in known:
            self.parted.put(story, (*known, other))
