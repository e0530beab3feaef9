"""`make score`: every set of real wires as a stream, judged by the core and by three baselines, as one table."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bench.checks.ground import place
from bench.score import errors
from bench.score.corpora import CORPORA, Corpus
from bench.score.folding import folded
from bench.score.minhash import MISSING, installed
from bench.score.report import as_json, as_table
from bench.score.running import MINHASH, at_hand, opened, scored
from stream.core.codec import encode

names = click.Choice(list(CORPORA))


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
    """Score the core on real wires: pairs, resends, incidents, ecbplus, headlines, scoop.

    They are in the folder SLUGLINE_DATA, or in shared/data beside the clone. Each goes through the fold as one
    stream, with random ids and no field but those that decisions may read.
    """
    asked = (wrong,) if wrong else only or tuple(CORPORA)
    there = {name: CORPORA[name] for name in CORPORA if name in asked and CORPORA[name].there(place())}
    missing = [name for name in CORPORA if name in asked and name not in there]
    if not there:
        _nothing(missing, json_only)
    elif wrong:
        _list(wrong, there[wrong], json_only, draw, lines)
    else:
        _score(there, missing, json_only, no_baselines)


def _score(there: Mapping[str, Corpus], missing: Sequence[str], json_only: bool, alone: bool) -> None:
    baselines = {} if alone else at_hand()
    left_out = {} if alone or installed() else {MINHASH: MISSING}
    with tempfile.TemporaryDirectory(prefix="slugline-score-") as scratch:
        found = [
            scored(opened(name, corpus, place(), Path(scratch)), baselines, _say)
            for name, corpus in there.items()
        ]
    if json_only:
        click.echo(encode(as_json(found, left_out, missing)))
    else:
        as_table(found, left_out, missing, sys.stdout)


def _list(name: str, corpus: Corpus, json_only: bool, draw: int, lines: int) -> None:
    with tempfile.TemporaryDirectory(prefix="slugline-score-") as scratch:
        stream = opened(name, corpus, place(), Path(scratch))
        said = folded(stream.stripped)
    made = stream.gold.errors(said)
    if json_only:
        click.echo(encode({"set": name, "errors": errors.as_json(stream, said, made, draw)}))
        return
    for line in errors.listed(stream, said, made, draw, lines):
        click.echo(line)


def _nothing(missing: Sequence[str], json_only: bool) -> None:
    why = f"nothing to score: {', '.join(missing)} not in {place()} (SLUGLINE_DATA names the folder)"
    click.echo(encode({"sets": {}, "missing": missing, "why": why}) if json_only else why)


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
