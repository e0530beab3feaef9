"""`python -m bench.fit`: the weights of the story channel from the development wires, and five-fold how well they do."""

from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import click

from bench.fit.odds import Fitted, fit
from bench.fit.rehearsal import Rehearsal, Scorer, Seen
from bench.fit.table import rows
from bench.fit.wires import DENSE, Wire, wires
from bench.score.figures import PRF
from bench.score.measures import Table, counted

FOLDS = 5
WORTH = {"headlines": 1.0, "incidents": 1.2, DENSE: 0.6, "ecbplus": 1.0, "scoop": 1.5, "pairs": 0.15}
# How much more it weighs to miss a story than to join a wrong one: what makes the pairs of a wire right, and not its items.
JOINS = {"headlines": 1.2, "incidents": 2.2, DENSE: 1.6, "ecbplus": 1.0, "scoop": 0.45, "pairs": 1.0}
MINE = ", own"
OWN = 0.6  # of a wire's worth is for what the desk sees when it has decided itself, mistakes and all

Choices = Mapping[str, Sequence[Seen]]


@click.command("fit")
@click.option(
    "--folds/--no-folds",
    default=True,
    help="Also five-fold: each item decided by weights that never saw its story.",
)
def main(folds: bool) -> None:
    """Print the rows of stream/core/policy_story.py. Needs the folder of real wires, as the score does."""
    there = wires()
    told = {wire.name: Rehearsal(wire).run().seen for wire in there}
    first = _fitted(told, {})
    own = {wire.name: Rehearsal(wire, first).run().seen for wire in there}
    best = _fitted(told, own)
    _say("all", _figures(there, best))
    if folds:
        kept = [_fitted(_without(there, told, fold), _without(there, own, fold)) for fold in range(FOLDS)]
        _say("five-fold", {wire.name: _figure(wire, _by_fold(wire, kept)) for wire in there})
    click.echo("\n".join(rows(best)))


def _fitted(told: Choices, own: Choices) -> Fitted:
    seen = {**told, **{name + MINE: choices for name, choices in own.items()}}
    share = OWN if own else 0.0
    worth = {
        **{name: WORTH[name] * (1 - share) for name in told},
        **{name + MINE: WORTH[name] * share for name in own},
    }
    return fit(seen, worth, {name: JOINS[name.removesuffix(MINE)] for name in seen}).by_hand()


def _figures(there: Iterable[Wire], scorer: Scorer) -> dict[str, PRF]:
    return {wire.name: _figure(wire, scorer) for wire in there}


def _figure(wire: Wire, scorer: Scorer) -> PRF:
    said = Rehearsal(wire, scorer).run().groups()
    if not wire.judged:
        return Table(said, wire.true).pairwise()
    linked = {later: said[later] == said[earlier] for later, (earlier, _) in wire.judged.items()}
    true = [later for later, (_, one_story) in wire.judged.items() if one_story]
    return counted(sum(linked[later] for later in true), sum(linked.values()), len(true))


def _without(there: Sequence[Wire], seen: Choices, fold: int) -> Choices:
    by_name = {wire.name: wire for wire in there}
    return {
        name: [choice for choice in choices if _fold(by_name[name], choice.at) != fold]
        for name, choices in seen.items()
    }


def _by_fold(wire: Wire, kept: Sequence[Fitted]) -> Scorer:
    """Each item by the weights that were fitted without its story."""
    return lambda at, measures: kept[_fold(wire, at)](at, measures)


def _fold(wire: Wire, at: int) -> int:
    true = wire.true[at]
    return crc32(true.encode()) % FOLDS if true is not None else at % FOLDS


def _say(what: str, figures: Mapping[str, PRF]) -> None:
    for name, figure in figures.items():
        click.echo(f"# {what}: {name} {figure.cell()}")


if __name__ == "__main__":
    main()
