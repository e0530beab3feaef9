"""The points of the policy's weighed rules, from judged pairs of a wire: logistic regression, rounded. Prints; writes nothing.

Run by hand (`python -m bench.fit`) when a measure changes; what it prints is copied to policy.py by a person.
Five-fold figures are those of tables that never saw the fold, rounded like the table that is printed.
"""

from collections.abc import Iterator, Sequence
from random import Random

import click

from bench.checks.ground import place
from bench.fit.logistic import logistic
from bench.fit.samples import SEED, Sample, samples
from bench.fit.stream import in_stream
from bench.score.figures import PRF
from bench.score.measures import counted
from stream.core import policy
from stream.core.measures import UNIT
from stream.core.policy import Weighed

FOLDS, PENALTY, ROUND = 5, 0.1, 100

Table = tuple[list[int], int]  # points, and how many are enough


def table(of: Sequence[Sample]) -> Table:
    """Points whose positive ones sum to ten thousand."""
    rows, near, weights = [s.row for s in of], [s.near for s in of], [s.weight for s in of]
    *found, constant = logistic(rows, near, weights, PENALTY)
    scale = UNIT / sum(value for value in found if value > 0)
    return [_round(value * scale) for value in found], _round(-constant * scale)


def _round(value: float) -> int:
    return round(value / ROUND) * ROUND


def linked(by: Table, sample: Sample) -> bool:
    points, enough = by
    return sum(point * share for point, share in zip(points, sample.row, strict=True)) >= enough


def five_fold(of: Sequence[Sample]) -> dict[Sample, bool]:
    """What each sample is said to be by a table fitted to the other folds, near and not parted alike."""
    rng = Random(SEED)
    said: dict[Sample, bool] = {}
    folds: list[list[Sample]] = [[] for _ in range(FOLDS)]
    for near in (True, False):
        some = [sample for sample in of if sample.near is near]
        rng.shuffle(some)
        for at, fold in enumerate(folds):
            fold.extend(some[at::FOLDS])
    for held in folds:
        fitted = table([sample for fold in folds if fold is not held for sample in fold])
        said.update((sample, linked(fitted, sample)) for sample in held)
    return said


def scored(said: dict[Sample, bool]) -> PRF:
    return counted(
        sum(sample.near for sample, link in said.items() if link),
        sum(said.values()),
        sum(sample.near for sample in said),
    )


def told(rule: Weighed, of: Sequence[Sample]) -> Iterator[str]:
    judged = [sample for sample in of if sample.weight == 1]
    near = sum(sample.near for sample in judged)
    yield f"{rule.name}: {len(judged)} judged pairs, {near} of them one report; {len(of) - len(judged):,} far apart"
    points, enough = table(of)
    now = [weight.points for weight in rule.weights]
    for weight, fitted in zip(rule.weights, points, strict=True):
        yield f"  {weight.of:10} {fitted:6}   now {weight.points:6}"
    yield f"  {'enough':10} {enough:6}   now {rule.least:6}"
    for name, said in (
        ("five-fold", five_fold(of)),
        ("policy.py", {sample: linked((now, rule.least), sample) for sample in of}),
    ):
        gold = scored({sample: link for sample, link in said.items() if sample.gold})
        both = scored({sample: link for sample, link in said.items() if sample.weight == 1})
        far = [link for sample, link in said.items() if sample.weight < 1]
        yield f"  {name}: pairs.jsonl {gold.cell()}; all judged {both.cell()}; linked of far {sum(far) / len(far):.3f}"


@click.command("fit")
@click.option(
    "--in-stream", "streamed", is_flag=True, help="Five-fold in the stream, too: the wire, five times."
)
def main(streamed: bool) -> None:
    """Fit the points of REWRITE and FLASH to the judged pairs of wire-1987."""
    found = samples(place())
    for rule in (policy.REWRITE, policy.FLASH):
        for line in told(rule, found[rule.name]):
            click.echo(line)
    if streamed:
        click.echo(f"five-fold in the stream: {in_stream(place(), found, table, FOLDS).cell()}")


if __name__ == "__main__":
    main()
