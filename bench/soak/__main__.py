"""`python -m bench.soak --minutes 60`: Apache Kafka, one worker, a steady feed; samples as they come, a verdict at the end."""

from dataclasses import asdict
from pathlib import Path

import click

from bench.soak.plot import plot
from bench.soak.run import Plan, soak
from bench.soak.samples import Sample
from bench.soak.verdict import Verdict, verdict
from stream.core.codec import encode


@click.command("soak")
@click.option("--minutes", default=60.0, show_default=True, type=click.FloatRange(min=0, min_open=True))
@click.option(
    "--rate", default=200.0, show_default=True, type=click.FloatRange(1, 10_000), help="Items a second."
)
@click.option(
    "--window", default=100_000, show_default=True, type=click.IntRange(100), help="Items in a story's life."
)
@click.option(
    "--every", default=10.0, show_default=True, type=click.FloatRange(0.5), help="Seconds between samples."
)
@click.option("--samples", type=click.Path(path_type=Path), help="Each sample as it comes, a JSON line each.")
@click.option("--plot", "picture", type=click.Path(path_type=Path), help="An SVG of the samples.")
@click.option("--json", "json_only", is_flag=True, help="One JSON object on standard output, nothing else.")
def main(
    minutes: float,
    rate: float,
    window: int,
    every: float,
    samples: Path | None,
    picture: Path | None,
    json_only: bool,
) -> None:
    """Soak one worker: steady items whose times run so fast that stories open, fill the window, and close.

    Needs Java 17 and Maven. Ends with 1 where something grew that should not. The worker's state lies in a folder of the
    run's own, which is measured.
    """
    plan = Plan(minutes * 60, rate, window, every)
    taken = soak(plan, samples)
    found = verdict(taken, rate, window)
    if picture:
        title = f"{rate:g} items/s for {minutes:g} min, a window of {window:,} items, one worker"
        picture.write_text(plot(taken, title), encoding="utf-8")
    _tell(plan, taken, found, json_only)
    raise SystemExit(0 if found.good else 1)


def _tell(plan: Plan, taken: list[Sample], found: Verdict, json_only: bool) -> None:
    if json_only:
        told = {"plan": asdict(plan), **asdict(found), "samples": [asdict(one) for one in taken]}
        click.echo(encode(told))
        return
    for name, said in found.said.items():
        click.echo(f"{name:8} {said}")
    for name, held in found.held.items():
        click.echo(f"{'held' if held else 'BROKEN':8} {name}")


if __name__ == "__main__":
    main()
