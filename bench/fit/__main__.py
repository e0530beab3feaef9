"""The points of the policy's weighed rules, from judged pairs of a wire: logistic regression, rounded. Prints; writes nothing.

Run by hand (`python -m bench.fit`, scikit-learn at hand) when a measure changes; what it prints is copied to policy.py
by a person. Five-fold figures are those of tables that never saw the fold, rounded like the table that is printed.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
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
from stream.core.item import Item
from stream.core.measures import UNIT, Measures, flashed, reports
from stream.core.policy import Weighed
from stream.core.settings import Settings

READ = Path(__file__).with_name("read.txt")
SEED, FOLDS, STRENGTH, ROUND = 1987, 5, 10.0, 100


class Judged(NamedTuple):
    earlier: str
    later: str
    near: bool
    gold: bool  # of pairs.jsonl, which alone is scored


def judged() -> Iterator[Judged]:
    for line in (place() / "wire-1987" / "pairs.jsonl").read_bytes().splitlines():
        pair = decode(line)
        yield Judged(str(pair["a"]), str(pair["b"]), pair["label"] in NEAR, True)
    for told in READ.read_text().splitlines():
        if not told.startswith("#"):
            a, b, near = told.split()
            yield Judged(a, b, near == "1", False)


def fingerprints(wanted: set[str]) -> dict[str, Fingerprint]:
    found = {}
    for line in (place() / ITEMS).read_bytes().splitlines():
        if (name := str(decode(line)["id"])) in wanted:
            item = admit(line, {}, Settings())
            assert isinstance(item, Item), item
            found[name] = fingerprint(item)
    return found


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


def table(rows: Any, near: Any) -> tuple[list[int], int]:
    """Points whose positive ones sum to ten thousand, and how many are enough."""
    model = LogisticRegression(C=STRENGTH, max_iter=10_000).fit(rows, near)
    weights, bias = model.coef_[0], model.intercept_[0]
    scale = UNIT / sum(weight for weight in weights if weight > 0)
    return [_round(weight * scale) for weight in weights], _round(-bias * scale)


def _round(value: float) -> int:
    return round(value / ROUND) * ROUND


def scored(evidence: Any, least: Any, near: Any) -> str:
    linked = evidence >= least
    both = (linked & near).sum()
    precision, recall = both / max(1, linked.sum()), both / near.sum()
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"


def fit(rule: Weighed, rows: Any, near: Any, gold: Any) -> None:
    points, least = table(rows, near)
    evidence, enough = np.zeros(len(rows)), np.zeros(len(rows))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(rows, near):
        folded, enough[test] = table(rows[train], near[train])
        evidence[test] = rows[test] @ folded
    now = rows @ [weight.points for weight in rule.weights]
    click.echo(f"{rule.name}: {len(rows)} pairs, {near.sum()} of them one report")
    for weight, value in zip(rule.weights, points, strict=True):
        click.echo(f"  {weight.of:10} {value:6}   now {weight.points:6}")
    click.echo(f"  {'enough':10} {least:6}   now {rule.least:6}")
    click.echo(f"  five-fold, pairs.jsonl alone: {scored(evidence[gold], enough[gold], near[gold])}")
    click.echo(f"  five-fold, all:               {scored(evidence, enough, near)}")
    click.echo(f"  as in policy.py:              {scored(now[gold], rule.least, near[gold])}")


@click.command("fit")
def main() -> None:
    """Fit the points of REWRITE and FLASH to the judged pairs of wire-1987."""
    pairs = list(judged())
    known = fingerprints({name for pair in pairs for name in (pair.earlier, pair.later)})
    found = [(pair, measured(known[pair.earlier], known[pair.later])) for pair in pairs]
    for rule in (policy.REWRITE, policy.FLASH):
        _fit(rule, [(pair, one[1]) for pair, one in found if one and one[0] is rule])


def _fit(rule: Weighed, found: Sequence[tuple[Judged, Measures]]) -> None:
    rows = np.array([row(rule, measures) for _, measures in found])
    fit(
        rule,
        rows,
        np.array([pair.near for pair, _ in found]),
        np.array([pair.gold for pair, _ in found]),
    )


if __name__ == "__main__":
    main()
