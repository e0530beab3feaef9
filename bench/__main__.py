"""`make bench`: what it costs, as one table, or as one JSON object with --json. What is measured is in bench/measure."""

import json
import sys
from collections.abc import Callable
from functools import partial

import click

from bench.endtoend.latency import latency
from bench.endtoend.section import end_to_end
from bench.measure.core import core
from bench.measure.figures import Figure
from bench.measure.judging import judging
from bench.measure.members import members
from bench.measure.normalising import normalising
from bench.measure.recovery import recovery
from bench.measure.report import as_json, as_table
from bench.measure.slowest import slowest

Section = Callable[[bool], list[Figure]]
SECTIONS: dict[str, Section] = {
    "normalising": normalising,
    "core": core,
    "judging": judging,
    "members": members,
    "hostile": slowest,
    "recovery": recovery,
    "end-to-end": partial(end_to_end, kafka=False),
    "latency": partial(latency, kafka=False),
}
ON_A_BROKER = {"end-to-end": end_to_end, "latency": latency}


@click.command("bench")
@click.option("--json", "json_only", is_flag=True, help="One JSON object on standard output, nothing else.")
@click.option(
    "--quick", is_flag=True, help="Everything small: whether it runs, not how fast. Under a minute."
)
@click.option("--only", "names", multiple=True, type=click.Choice([*SECTIONS]), help="May be repeated.")
@click.option(
    "--kafka", is_flag=True, help="End to end and latency on a local Apache Kafka (Java 17 and Maven)."
)
def main(json_only: bool, quick: bool, names: tuple[str, ...], kafka: bool) -> None:
    """Measure speed and memory, and print one table.

    Takes about a quarter of an hour; memory comes with `core`, a window of a million items with `judging`.
    """
    sections = SECTIONS | {name: partial(run, kafka=kafka) for name, run in ON_A_BROKER.items()}
    figures = [figure for name in names or sections for figure in sections[name](quick)]
    if json_only:
        print(json.dumps(as_json(figures, quick)))
    else:
        as_table(figures, sys.stdout)


if __name__ == "__main__":
    main()
