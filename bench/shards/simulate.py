"""What a split keeps of one lane's stories and what it costs, in process. How an item is routed is in keys.py."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import comb
from pathlib import Path

from bench.checks.fields import Line
from bench.score.folding import SETTINGS, said
from bench.score.said import Said
from bench.shards.keys import Known, known
from replay.fold import fold
from replay.inputs import Input, read, stamped
from stream.core.codec import decode
from stream.core.front import admit
from stream.core.item import Item

Route = frozenset[int]


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the pairs that one lane puts in a story, the share that the split puts there (`recall`), and of its own pairs the
    share that one lane has, too. `messages`: shards that an item goes to, on average. `gain`: how many times
    one lane's rate the shards take together, bounded by the fullest of them."""

    recall: float
    precision: float
    messages: float
    gain: float


@dataclass(frozen=True, slots=True)
class Stream:
    """Items that were admitted, as they are known, and what one lane says of them."""

    inputs: Sequence[Input]
    items: Sequence[Known]
    one: Said


def stream(path: Path) -> Stream:
    inputs, items = [], []
    for given in read([str(path)], BytesIO()):
        item = admit(stamped(given, 0).raw, stamped(given, 0).headers, SETTINGS)
        if isinstance(item, Item):
            inputs.append(given)
            items.append(known(item))
    return Stream(inputs, items, folded(inputs))


def folded(inputs: Iterable[Input]) -> Said:
    lines: list[Line] = [decode(line) for line in fold(inputs, SETTINGS).assignments()]
    return said(lines)


def by_links(found: Stream, routes: Sequence[Route]) -> Kept:
    """Without deciding again, of the pairs that one lane's links make (stories that it merged are more): an item joins where
    one of its shards has the item that one lane joined it to. Less than shards find: another member may lie there."""
    links = [(at, to) for at, to in enumerate(found.one.to) if to is not None]
    kept = [(at, to) for at, to in links if routes[at] & routes[to]]
    return _kept(joined(len(routes), links), joined(len(routes), kept), routes)


def by_deciding(found: Stream, routes: Sequence[Route]) -> Kept:
    """Each shard decides all that it is sent, in order, and what two shards say of one item makes their stories one."""
    links = [link for shard in sorted(set().union(*routes)) for link in _links(found, routes, shard)]
    return _kept(found.one.story, joined(len(routes), links), routes)


def _links(found: Stream, routes: Sequence[Route], shard: int) -> Iterator[tuple[int, int]]:
    """Each item and the first of its story in that shard."""
    here = [at for at, route in enumerate(routes) if shard in route]
    first: dict[Hashable, int] = {}
    for at, story in zip(here, folded(found.inputs[at] for at in here).story, strict=True):
        yield at, first.setdefault(story, at)


def joined(count: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """The group of each of `count` items, after the links: named by its first."""
    parents = list(range(count))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = at = parents[parents[at]]
        return at

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        parents[high] = low
    return [root(at) for at in range(count)]


def _kept(stories: Sequence[Hashable], groups: Sequence[int], routes: Sequence[Route]) -> Kept:
    true, ours = _pairs(stories), _pairs(groups)
    common = _pairs(list(zip(stories, groups, strict=True)))
    sizes = Counter(shard for route in routes for shard in route)
    return Kept(
        recall=common / true if true else 1.0,
        precision=common / ours if ours else 1.0,
        messages=sum(sizes.values()) / len(routes),
        gain=len(routes) / max(sizes.values()),
    )


def _pairs(groups: Sequence[Hashable]) -> int:
    return sum(comb(size, 2) for size in Counter(groups).values())
