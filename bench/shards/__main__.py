"""`python -m bench.shards`: a lane split over 2 to 64 shards, on real wires where they are at hand, as one table."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from bench.checks.fields import strip
from bench.checks.ground import place
from bench.score.corpora import CORPORA, Corpus
from bench.shards.keys import KEYS, shards
from bench.shards.simulate import Kept, Stream, by_deciding, by_links, stream
from stream.core.codec import encode

SETS = {
    "wire-1987": CORPORA["pairs"],
    **{name: CORPORA[name] for name in ("resends", "incidents", "ecbplus", "headlines", "scoop")},
}
OF = (2, 4, 8, 16, 32, 64)
COUNTS = (1, 2, 4, 8)
ALONE = ("dateline",)  # keys of which an item has one


@dataclass(frozen=True, slots=True)
class Row:
    """One way to split one set; `decided`: by deciding in every shard, else by one lane's links."""

    set: str
    key: str
    keys: int
    shards: int
    decided: bool
    kept: Kept


@click.command("shards")
@click.option("--json", "json_only", is_flag=True, help="One JSON object on standard output, nothing else.")
@click.option("--only", multiple=True, type=click.Choice([*SETS]), help="This set alone; may be repeated.")
@click.option(
    "--decide",
    type=(click.Choice([*KEYS]), click.IntRange(1, 8), click.IntRange(2, 64)),
    multiple=True,
    metavar="KEY KEYS SHARDS",
    help="Decide in every shard for this split, instead of the whole table; may be repeated.",
)
def main(json_only: bool, only: tuple[str, ...], decide: tuple[tuple[str, int, int], ...]) -> None:
    """What a split by content keeps of the stories that one lane makes, and what it costs in messages.

    The wires are in the folder SLUGLINE_DATA, or in shared/data beside the clone.
    """
    there = {n: SETS[n] for n in SETS if (not only or n in only) and SETS[n].there(place())}
    if not there:
        why = f"nothing to split: no wires in {place()} (SLUGLINE_DATA names the folder)"
        click.echo(encode({"rows": [], "why": why}) if json_only else why)
        return
    rows = list(_rows(there, decide))
    if json_only:
        click.echo(encode({"rows": [asdict(row) for row in rows]}))
        return
    for line in _table(rows):
        click.echo(line)


def _rows(there: Mapping[str, Corpus], decide: tuple[tuple[str, int, int], ...]) -> Iterator[Row]:
    for name, corpus in there.items():
        with tempfile.TemporaryDirectory(prefix="slugline-shards-") as folder:
            bare = Path(folder) / f"{name}.jsonl"
            strip(corpus.stream(place()), bare)
            found = stream(bare)
        click.echo(f"{name}: one lane has decided {len(found.items):,} items", err=True)
        for key, count, of in decide or _grid():
            yield _row(name, found, (key, count, of), decided=bool(decide))


def _grid() -> Iterator[tuple[str, int, int]]:
    for key in KEYS:
        for count in (1,) if key in ALONE else COUNTS:
            if key != "words and min-hash" or count > 1:
                yield from ((key, count, of) for of in OF)


def _row(name: str, found: Stream, split: tuple[str, int, int], decided: bool) -> Row:
    key, count, of = split
    routes = [shards(one, KEYS[key], count, of) for one in found.items]
    kept = (by_deciding if decided else by_links)(found, routes)
    if decided:
        click.echo(f"{name}: {count} {key}, {of} shards have decided", err=True)
    return Row(name, key, count, of, decided, kept)


def _table(rows: list[Row]) -> Iterator[str]:
    yield f"{'set':12}{'key':20}{'keys':>5}{'shards':>7}{'recall':>8}{'precision':>10}{'messages':>9}{'gain':>7}"
    for row in rows:
        kept = row.kept
        yield (
            f"{row.set:12}{row.key:20}{row.keys:5}{row.shards:7}{kept.recall:8.3f}{kept.precision:10.3f}"
            f"{kept.messages:9.2f}{kept.gain:7.1f}"
        )


if __name__ == "__main__":
    sys.exit(main())
