"""`make torture`: a whole installation under faults, then every law asked by name. Faults and checks are elsewhere."""

import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median

import click

from bench.checks.outcome import Figures, Outcome, Wrong
from bench.torture.checks import all_checked
from bench.torture.course import Course, run
from bench.torture.evidence import Evidence, gathered
from bench.torture.faults import drawn
from bench.torture.scene import Options, Scene, scene
from bench.torture.wire import Wire, dealt
from stream.broker.problem import BrokerError
from stream.core.codec import encode
from stream.core.rehearsal import rehearse
from stream.core.settings import Settings

EVERY = 12.0  # seconds from one fault to the next, unless --minutes says otherwise
SPARE = 1.2  # the wire lasts longer than the faults should take: some take longer


@click.command("torture")
@click.option("--faults", default=100, show_default=True, type=click.IntRange(1), help="How many.")
@click.option("--seed", type=int, help="Which faults, when, to whom; else the clock's.  [it is printed]")
@click.option(
    "--minutes", type=click.FloatRange(0, min_open=True), help=f"How long; else {EVERY:g} s for each fault."
)
@click.option("--items", type=click.IntRange(1), help="The first so many of the wire; else all.")
@click.option(
    "--session-timeout", default=6.0, show_default=True, type=click.FloatRange(2, 60), help="The workers', s."
)
@click.option(
    "--worker-option", "more", multiple=True, help="One more word for slugline worker; {name} is its name."
)
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="A folder for logs, to be kept."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def main(
    faults: int,
    seed: int | None,
    minutes: float | None,
    items: int | None,
    session_timeout: float,
    more: tuple[str, ...],
    keep: Path | None,
    as_json: bool,
) -> None:
    """Kill, pause and refuse while a wire flows through three workers on three brokers; then look what is left of the laws.

    Needs Java and Maven, and nothing else. The wire of 1987 is used where it is at hand (SLUGLINE_DATA), else a made-up
    one. Ends with 1 if a check failed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every process is ended on the way out
    seed = time.time_ns() // 1_000_000_000 if seed is None else seed
    seconds = minutes * 60 if minutes else faults * EVERY
    wire = dealt(items)
    rate = len(wire.ids) / (seconds * SPARE)
    _say(
        f"seed {seed}: {faults} faults, {len(wire.ids):,} items of the {wire.name} in 6 lanes at {rate:.0f}/s"
    )
    rehearse(Settings())  # or the first worker compiles while the faults begin
    options = Options(session_timeout, more, rate)
    with tempfile.TemporaryDirectory(prefix="slugline-torture-") as folder:
        place = keep or Path(folder)
        place.mkdir(parents=True, exist_ok=True)
        try:
            found, figures = _tortured(wire, place, options, seed, faults, seconds)
        except BrokerError as error:
            raise click.ClickException(str(error)) from error
    well = all(outcome.ok for outcome in found)
    if as_json:
        told = {"ok": well, "seed": seed, "wire": wire.name, "checks": [one.as_json() for one in found]}
        click.echo(encode(told | figures))
    sys.exit(not well)


def _tortured(
    wire: Wire, folder: Path, options: Options, seed: int, faults: int, seconds: float
) -> tuple[list[Outcome], Figures]:
    with scene(wire, folder, options, Random(seed), _say) as on:
        try:
            course = run(on, drawn(seed, faults), seconds / faults)
        except Wrong as wrong:
            course, rest = Course(), Outcome("at rest", False, str(wrong))
        else:
            rest = Outcome("at rest", True, f"every message done {course.seconds:,.0f} s after the first")
        _say(rest.line())
        _say("reading what stands on the topics, and folding wire.items.v1 …")
        evidence = gathered(on, wire)
        found = [rest]
        for outcome in all_checked(evidence):
            _say(outcome.line())
            found.append(outcome)
        figures = _figures(on, course, wire) | _counted(evidence)
    for line in _table(course):
        _say(line)
    return found, figures


def _figures(on: Scene, course: Course, wire: Wire) -> Figures:
    kinds = {
        name: {
            "times": len(done),
            "silence_median": round(median(one.silence for one in done), 2),
            "silence_longest": round(max(one.silence for one in done), 2),
        }
        for name, done in course.by_kind().items()
    }
    return {
        "seconds": round(course.seconds, 1),
        "items": len(wire.ids),
        "passes": on.replayer.passes,
        "faults": len(course.done),
        "kinds": kinds,
        "longest_silence": max((one.silence for one in course.done), default=0.0),
        "accidents": [f"{one.name}: {one.words}" for one in on.accidents()],
    }


def _counted(evidence: Evidence) -> Figures:
    events = evidence.fold.counts["events"]
    alerts = len(evidence.alerts.ledger)
    return {
        "stories": evidence.fold.counts["stories"],
        "events": events,
        "events_told_again": len(evidence.events) - events,
        "items_written_again": len(evidence.items) - len(evidence.wire.ids),
        "alerts": alerts,
        "alerts_sent_again": len(evidence.alerts.said) - alerts,
    }


def _table(course: Course) -> Sequence[str]:
    return [
        f"{name:<26} {len(done):>3} ×   silence {median(one.silence for one in done):5.1f} s in the median, "
        f"{max(one.silence for one in done):5.1f} s at most"
        for name, done in course.by_kind().items()
    ]


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
