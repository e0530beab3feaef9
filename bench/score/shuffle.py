"""Whether families hang on the order of arrival: a wire against itself with the items of every hour shuffled."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

from bench.checks.ground import Say
from bench.score.corpora import CORPORA
from bench.score.figures import Count, Figures, Share
from bench.score.folding import folded
from bench.score.gold import Error
from bench.score.running import SLUGLINE, Scored, Stream, opened
from bench.score.said import Entry, Said

SHUFFLE = "shuffle"
WIRES = ("pairs", "resends")
SEED, SPAN = 1987, 3_600_000  # ms of event time
AS_IT_CAME, SHUFFLED = "together as it came", "together shuffled"


def wires(place: Path, scratch: Path) -> list[Stream]:
    """Those of the wires that are there."""
    return [opened(name, CORPORA[name], place, scratch) for name in WIRES if CORPORA[name].there(place)]


def scored(streams: Sequence[Stream], say: Say) -> Scored:
    by: Figures = {}
    for stream in streams:
        by[f"{stream.name}, pairs in both"] = share = in_both(*runs(stream))
        say(f"{SHUFFLE}: {stream.name}, seed {SEED}: {share.cell()} of {share.of:,} pairs")
    return Scored(SHUFFLE, {"seed": Count(SEED)}, {SLUGLINE: by})


def runs(stream: Stream) -> tuple[Said, Said]:
    """What is said of a wire as it came, and shuffled; both by the positions of the one that came."""
    order = shuffled(stream.items)
    path = stream.stripped.with_suffix(".shuffled.jsonl")
    lines = stream.stripped.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[at] for at in order))
    return folded(stream.stripped), put_back(folded(path), order)


def shuffled(items: Sequence[Entry]) -> list[int]:
    """Hours in order, each item's place in its hour by chance."""
    rng = Random(SEED)
    chance = [rng.random() for _ in items]
    return sorted(range(len(items)), key=lambda at: (items[at].ts // SPAN, chance[at]))


def put_back(said: Said, order: Sequence[int]) -> Said:
    """The same by the positions that the items had before they were put in this order."""
    back = {at: now for now, at in enumerate(order)}
    named = {order[now]: frozenset(order[part] for part in parts) for now, parts in said.contains.items()}
    to = [said.to[back[at]] for at in range(len(order))]
    return Said(
        family=[said.family[back[at]] for at in range(len(order))],
        story=[said.story[back[at]] for at in range(len(order))],
        to=[order[at] if at is not None else None for at in to],
        contains=named,
        why=[said.why[back[at]] for at in range(len(order))],
        refused=said.refused,
    )


def in_both(one: Said, other: Said) -> Share:
    """Of the pairs that share a family in either run, those that share it in both."""
    before, after = _pairs(one.family), _pairs(other.family)
    return Share(len(before & after), len(before | after))


def differing(one: Said, other: Said) -> list[Error]:
    """The pairs that share a family in one of the runs alone."""
    before, after = _pairs(one.family), _pairs(other.family)
    kinds: Mapping[str, set[tuple[int, int]]] = {AS_IT_CAME: before - after, SHUFFLED: after - before}
    return [Error(kind, *pair, SHUFFLE) for kind, pairs in kinds.items() for pair in sorted(pairs)]


def _pairs(groups: Sequence[Hashable]) -> set[tuple[int, int]]:
    members: dict[Hashable, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        members[group].append(at)
    return {pair for group in members.values() for pair in combinations(group, 2)}
