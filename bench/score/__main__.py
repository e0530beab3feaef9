"""`make score`: every set of real wires as a stream, judged by the core and by three baselines, as one table."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from bench.checks.ground import place
from bench.score import errors, shuffle
from bench.score.corpora import CORPORA, Corpus
from bench.score.folding import folded
from bench.score.gold import Error
from bench.score.minhash import MISSING, installed
from bench.score.report import as_json, as_table
from bench.score.running import MINHASH, Stream, at_hand, opened, scored
from bench.score.said import Said
from bench.score.shuffle import SHUFFLE
from stream.core.codec import encode

names = click.Choice([*CORPORA, SHUFFLE])


@click.command("score")
@click.option("--json", "json_only", is_flag=True, help="One JSON object on standard output, nothing else.")
@click.option("--only", multiple=True, type=names, metavar="SET", help="This set alone; may be repeated.")
@click.option("--no-baselines", is_flag=True, help="The core alone: a third of the time.")
@click.option("--errors", "wrong", type=names, metavar="SET", help="List the core's errors in a set instead.")
@click.option(
    "--draw", default=0, metavar="N", help="Of the errors, N of each kind by a fixed seed; 0 for all."
)
@click.option("--lines", default=24, metavar="N", help="Of each text in the list, N lines; 0 for all.")
def main(
    json_only: bool, only: tuple[str, ...], no_baselines: bool, wrong: str | None, draw: int, lines: int
) -> None:
    """Score the core on real wires: pairs, resends, incidents, ecbplus, headlines, scoop; and shuffle: the first two
    against themselves with the items of every hour in another order.

    They are in the folder SLUGLINE_DATA, or in shared/data beside the clone. Each goes through the fold as one
    stream, with random ids and no field but those that decisions may read.
    """
    asked = (wrong,) if wrong else only or (*CORPORA, SHUFFLE)
    there = {name: CORPORA[name] for name in CORPORA if name in asked and CORPORA[name].there(place())}
    missing = [name for name in CORPORA if name in asked and name not in there]
    shuffling = SHUFFLE in asked and all(CORPORA[name].there(place()) for name in shuffle.WIRES)
    if not there and not shuffling:
        _nothing(missing or list(asked), json_only)
    elif wrong:
        _list(wrong, json_only, draw, lines)
    else:
        _score(there, shuffling, missing, json_only, no_baselines)


def _score(
    there: Mapping[str, Corpus], shuffling: bool, missing: Sequence[str], json_only: bool, alone: bool
) -> None:
    baselines = {} if alone else at_hand()
    left_out = {} if alone or installed() else {MINHASH: MISSING}
    with tempfile.TemporaryDirectory(prefix="slugline-score-") as scratch:
        found = [
            scored(opened(name, corpus, place(), Path(scratch)), baselines, _say)
            for name, corpus in there.items()
        ]
        if shuffling:
            found.append(shuffle.scored(shuffle.wires(place(), Path(scratch)), _say))
    if json_only:
        click.echo(encode(as_json(found, left_out, missing)))
    else:
        as_table(found, left_out, missing, sys.stdout)


def _list(name: str, json_only: bool, draw: int, lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="slugline-score-") as scratch:
        made = list(_errors(name, Path(scratch)))
    if json_only:
        told = [one for stream, said, wrong in made for one in errors.as_json(stream, said, wrong, draw)]
        click.echo(encode({"set": name, "errors": told}))
        return
    for stream, said, wrong in made:
        for line in errors.listed(stream, said, wrong, draw, lines):
            click.echo(line)


def _errors(name: str, scratch: Path) -> Iterator[tuple[Stream, Said, list[Error]]]:
    """Each stream of a set with what was said of it and what of that was wrong."""
    if name == SHUFFLE:
        for stream in shuffle.wires(place(), scratch):
            said, again = shuffle.runs(stream)
            yield stream, said, shuffle.differing(said, again)
        return
    stream = opened(name, CORPORA[name], place(), scratch)
    said = folded(stream.stripped)
    yield stream, said, stream.gold.errors(said)


def _nothing(missing: Sequence[str], json_only: bool) -> None:
    why = f"nothing to score: {', '.join(missing)} not in {place()} (SLUGLINE_DATA names the folder)"
    click.echo(encode({"sets": {}, "missing": missing, "why": why}) if json_only else why)


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
