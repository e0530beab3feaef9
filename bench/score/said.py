"""What one judge said of a stream: each item's family and story, by position. Gold may not enter."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as every judge sees it: listed fields, a name that tells nothing. `ts` in milliseconds."""

    name: str
    ts: int
    title: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True, slots=True)
class Said:
    """`to` is the item each was joined to, `why` the judge's own words; judges with one grouping say neither."""

    family: Sequence[Hashable]
    story: Sequence[Hashable]
    to: Sequence[int | None] = ()
    contains: dict[int, frozenset[int]] = field(default_factory=dict)
    why: Sequence[str] = ()
    refused: int = 0

    def named(self, at: int) -> frozenset[int]:
        return self.contains.get(at, NOTHING)

    def joined_to(self, at: int) -> int | None:
        return self.to[at] if self.to else None

    def reason(self, at: int) -> str:
        return self.why[at] if self.why else ""


Judge = Callable[[Sequence[Entry]], Said]


def one_grouping(groups: Sequence[Hashable]) -> Said:
    """Of a judge that knows no difference between a family and a story."""
    return Said(groups, groups)
