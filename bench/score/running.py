"""One set judged by all who are asked: the stream stripped, each judge timed, its figures told. No option enters."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.checks.fields import strip
from bench.checks.ground import Say
from bench.score.corpora import Corpus
from bench.score.figures import Count, Figures, Seconds
from bench.score.folding import entries, folded
from bench.score.gold import Gold
from bench.score.minhash import installed, minhash
from bench.score.said import Entry, Judge, Said
from bench.score.tfidf import tfidf
from bench.score.titles import titles

SLUGLINE, MINHASH = "slugline", "minhash"
BASELINES: Mapping[str, Judge] = {"title": titles, MINHASH: minhash, "tf-idf": tfidf}
REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Stream:
    """A set as it stands before the judges. `ids` are those that the items had, for people to look them up."""

    name: str
    gold: Gold
    stripped: Path
    items: Sequence[Entry]
    ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scored:
    """`known` is so whoever judges; `by` are the figures of each judge, in the order of the columns."""

    name: str
    known: Figures
    by: Mapping[str, Figures]


def opened(name: str, corpus: Corpus, place: Path, scratch: Path) -> Stream:
    stripped = scratch / f"{name}.jsonl"
    given = strip(corpus.stream(place), stripped)
    items = entries(stripped)
    return Stream(name, corpus.read(place), stripped, items, [given[item.name] for item in items])


def at_hand() -> dict[str, Judge]:
    """The baselines that can run here."""
    return {name: judge for name, judge in BASELINES.items() if name != MINHASH or installed()}


def scored(stream: Stream, baselines: Mapping[str, Judge], say: Say) -> Scored:
    by = {SLUGLINE: _figures(stream, SLUGLINE, partial(folded, stream.stripped), say)}
    for name, judge in baselines.items():
        by[name] = _figures(stream, name, partial(judge, stream.items), say)
    return Scored(stream.name, {"items": Count(len(stream.items)), **stream.gold.known(stream.items)}, by)


def _figures(stream: Stream, name: str, judge: Callable[[], Said], say: Say) -> Figures:
    began = time.process_time()
    said = judge()
    taken = Seconds(time.process_time() - began)
    say(f"{stream.name}: {name}, {len(stream.items):,} items in {taken.cell()}")
    refused: Figures = {REFUSED: Count(said.refused)} if said.refused else {}
    return {**stream.gold.figures(said, stream.items), **refused, "time": taken}
