"""The points of the policy's weighed rules, from judged pairs of a wire: logistic regression, rounded. Prints; writes nothing.

Run by hand (`python -m bench.fit`, scikit-learn at hand) when a measure changes; what it prints is copied to policy.py
by a person. Five-fold figures are those of tables that never saw the fold, rounded like the table that is printed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import click
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bench.checks.ground import ITEMS, place
from bench.score.pairs import NEAR
from stream.core import policy
from stream.core.codec import decode
from stream.core.fingerprint import Fingerprint, fingerprint
from stream.core.front import admit
from stream.core.index import ALWAYS, Index
from stream.core.item import Item
from stream.core.measures import UNIT, Measures, flashed, reports
from stream.core.policy import Weighed
from stream.core.settings import Settings

READ = Path(__file__).with_name("read.txt")
SEED, FOLDS, STRENGTH, ROUND = 1987, 5, 10.0, 100
FAR, ALIKE, FAR_WEIGHT = (
    30 * 3_600_000,
    6,
    0.02,
)  # ms apart; of each item so many; fifty count as one that was judged
APART = (5, 10, 20, 40, 100)  # minutes, as flashes and their stories are


class Judged(NamedTuple):
    earlier: str
    later: str
    near: bool
    gold: bool  # of pairs.jsonl, which alone is scored


class Sample(NamedTuple):
    measures: Measures
    near: bool
    gold: bool
    weight: float


def judged() -> Iterator[Judged]:
    for line in (place() / "wire-1987" / "pairs.jsonl").read_bytes().splitlines():
        pair = decode(line)
        yield Judged(str(pair["a"]), str(pair["b"]), pair["label"] in NEAR, True)
    for told in READ.read_text().splitlines():
        if not told.startswith("#"):
            a, b, near = told.split()
            yield Judged(a, b, near == "1", False)


def fingerprints() -> dict[str, Fingerprint]:
    """Of the whole wire, by id, in its order."""
    found = {}
    for line in (place() / ITEMS).read_bytes().splitlines():
        item = admit(line, {}, Settings())
        if isinstance(item, Item):
            found[str(decode(line)["id"])] = fingerprint(item)
    return found


def far(wire: Sequence[Fingerprint]) -> Iterator[tuple[Fingerprint, Fingerprint]]:
    """What looks most alike more than a day apart, as if within the hour: the same columns and templates, other news."""
    index, rng = Index(), Random(SEED)
    for number, new in enumerate(wire):
        for candidate in index.candidates(new, None)[:ALIKE]:
            old = candidate.fingerprint
            asked = candidate.share >= policy.UNLIKELY or not (new.text and old.text)
            if asked and new.ts - old.ts > FAR:
                yield replace(old, ts=new.ts - rng.choice(APART) * 60_000), new
        index.add(number, -ALWAYS, new)


def measured(one: Fingerprint, other: Fingerprint) -> tuple[Weighed, Measures] | None:
    """By which weighed rule a pair would be judged, and its measures; None where neither would be asked."""
    if one.notice or other.notice or not (one.text or other.text):
        return None
    if one.text and other.text:
        return policy.REWRITE, reports(one, other)
    flash, story = (other, one) if one.text else (one, other)
    if flash.ts - story.ts > policy.FLASH_LATE * 60_000:
        return None
    return policy.FLASH, flashed(flash, story)


def row(rule: Weighed, measures: Measures) -> list[float]:
    values = (getattr(measures, weight.of) for weight in rule.weights)
    return [
        (weight.unknown if value is None else value) / UNIT
        for weight, value in zip(rule.weights, values, strict=True)
    ]


def table(rows: Any, near: Any, weights: Any) -> tuple[list[int], int]:
    """Points whose positive ones sum to ten thousand, and how many are enough."""
    model = LogisticRegression(C=STRENGTH, max_iter=100_000).fit(rows, near, sample_weight=weights)
    found, bias = model.coef_[0], model.intercept_[0]
    scale = UNIT / sum(weight for weight in found if weight > 0)
    return [_round(weight * scale) for weight in found], _round(-bias * scale)


def _round(value: float) -> int:
    return round(value / ROUND) * ROUND


def scored(evidence: Any, least: Any, near: Any) -> str:
    linked = evidence >= least
    both = (linked & near).sum()
    precision, recall = both / max(1, linked.sum()), both / near.sum()
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"


def fit(rule: Weighed, samples: Sequence[Sample]) -> None:
    rows = np.array([row(rule, sample.measures) for sample in samples])
    near, gold = np.array([s.near for s in samples]), np.array([s.gold for s in samples])
    weights = np.array([s.weight for s in samples])
    points, least = table(rows, near, weights)
    evidence, enough = np.zeros(len(rows)), np.zeros(len(rows))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, near):
        folded, enough[test] = table(rows[train], near[train], weights[train])
        evidence[test] = rows[test] @ folded
    now, far = rows @ [weight.points for weight in rule.weights], weights < 1
    click.echo(
        f"{rule.name}: {(~far).sum()} judged pairs, {near.sum()} of them one report; {far.sum():,} far apart"
    )
    for weight, value in zip(rule.weights, points, strict=True):
        click.echo(f"  {weight.of:10} {value:6}   now {weight.points:6}")
    click.echo(f"  {'enough':10} {least:6}   now {rule.least:6}")
    for name, sums, bar in (
        ("five-fold", evidence, enough),
        ("policy.py", now, np.full(len(rows), rule.least)),
    ):
        click.echo(
            f"  {name}: pairs.jsonl {scored(sums[gold], bar[gold], near[gold])}; "
            f"all judged {scored(sums[~far], bar[~far], near[~far])}; linked of far {(sums >= bar)[far].mean():.3f}"
        )


@click.command("fit")
def main() -> None:
    """Fit the points of REWRITE and FLASH to the judged pairs of wire-1987."""
    wire = fingerprints()
    samples: dict[str, list[Sample]] = {}
    for pair in judged():
        if found := measured(wire[pair.earlier], wire[pair.later]):
            samples.setdefault(found[0].name, []).append(Sample(found[1], pair.near, pair.gold, 1.0))
    for one, other in far(list(wire.values())):
        if found := measured(one, other):
            samples.setdefault(found[0].name, []).append(Sample(found[1], False, False, FAR_WEIGHT))
    for rule in (policy.REWRITE, policy.FLASH):
        fit(rule, samples[rule.name])


if __name__ == "__main__":
    main()
