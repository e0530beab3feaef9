"""The values that a story is made of. A new member makes a new version; nothing is edited in place."""

from dataclasses import dataclass
from typing import Literal

from stream.core.item import Item, Where

Relation = Literal["first", "copy", "revision", "same_story"]
Role = Literal["original", "copy", "revision"]


@dataclass(frozen=True, slots=True)
class Ref:
    """An item as others name it. The same id from another source is another item."""

    id: str
    source: str
    identity: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A story that an item proves to be one with its own: the member `to` of it that is one text with the item."""

    story: str  # that folds into the decision's; its id stays as a redirect
    to: Ref
    rule: str
    reason: str
    score: int
    threshold: int
    matched: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What the desk decided about one item, and why. `score` and `threshold` are parts of ten thousand."""

    relation: Relation
    story: str
    family: str
    rule: str
    reason: str
    engine: str
    to: Ref | None = None
    score: int | None = None
    threshold: int | None = None
    matched: str = ""  # the longest run of words that both have
    contains: tuple[Ref, ...] = ()
    merges: tuple[Merge, ...] = ()
    folds: tuple[str, ...] = ()  # families of the story that the item proves to be one text with its own


@dataclass(frozen=True, slots=True)
class Member:
    """An item in a story. `only` numbers the sentences of its passage that no other member has; a member that was
    never beside another has None: nobody has asked yet."""

    number: int
    item: Item
    decision: Decision
    role: Role
    role_reason: str
    only: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a contested field: who says so, where, and in what words."""

    value: str
    weekday: str
    where: Where
    written: str
    item: Ref


@dataclass(frozen=True, slots=True)
class Conflict:
    """Members disagree on a field. `likeliest` is the reading that agrees with most of the rest, and `why`."""

    field: str
    readings: tuple[Reading, ...]
    likeliest: str
    why: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who reported a family first: told by a text, or else the source that brought it first."""

    family: str
    name: str
    told: bool


@dataclass(frozen=True, slots=True)
class Story:
    """Times in milliseconds of event time. `members` holds the representative and the newest, `count` counts all.

    It may take members while the lane's clock is not past `until`; `events` counts those of its latest version.
    `began` and `head` are decision numbers: of its first record, and of the last, from which all others are reached.
    """

    id: str
    lane: str
    version: int
    count: int
    first_seen: int
    last_seen: int
    last_material: int
    until: int
    members: tuple[Member, ...]
    representative: int
    origins: tuple[Origin, ...]
    conflicts: tuple[Conflict, ...]
    day: str  # the day the news is about, ISO, as likeliest; empty where no text tells
    events: int
    closed: bool = False
    began: int = 0
    head: int = 0
    into: str = ""  # the story that this one was merged into; its id answers with that one's from then on
    absorbed: tuple[str, ...] = ()  # the newest ids that redirect here
    split_from: str = ""  # the story that an editor parted it from
