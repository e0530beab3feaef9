"""`make check-data`: worker and fold say the same on a real wire, whole, killed, replayed. Without the wire: one line."""

import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from bench.checks.fields import fields
from bench.checks.ground import ITEMS, Ground, place
from bench.checks.killed import killed
from bench.checks.outcome import Outcome, Wrong
from bench.checks.plain import plain
from bench.checks.running import embedded, kafka
from bench.checks.same import partitions, same
from bench.checks.whole import whole
from stream.broker.problem import BrokerError
from stream.core.codec import encode

Check = Callable[[Ground], Outcome]
ON_KAFKA = ("kill", "whole")


CHECKS: dict[str, Check] = {
    "fields": fields,
    "plain": plain,
    "same": same,
    "partitions": partitions,
    "kill-embedded": lambda on: killed(on, embedded, "kill-embedded", on.sizes.killed_embedded),
    "kill": lambda on: killed(on, kafka, "kill", on.sizes.killed),
    "whole": lambda on: whole(on, kafka),
}


@click.command("check_data")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option("--no-kafka", is_flag=True, help="Leave out what needs Apache Kafka (Java 17 and Maven).")
@click.option("--only", multiple=True, type=click.Choice(list(CHECKS)), help="These checks alone.")
def main(as_json: bool, no_kafka: bool, only: tuple[str, ...]) -> None:
    """Show on the real wire of 1987 that worker and fold say the same, whatever happens to the worker.

    The wire is in the folder SLUGLINE_DATA, or in shared/data beside the clone. Ends with 1 if a check failed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every process is ended on the way out
    wire = place() / ITEMS
    if not wire.is_file():
        _nothing(wire, as_json)
        return
    with tempfile.TemporaryDirectory(prefix="slugline-check-") as folder:
        found = run(Ground(wire, Path(folder), _say), only or tuple(CHECKS), no_kafka, quiet=as_json)
    if as_json:
        click.echo(encode({"ok": all_well(found), "wire": str(wire), "checks": [o.as_json() for o in found]}))
    sys.exit(not all_well(found))


def run(ground: Ground, names: Sequence[str], no_kafka: bool = False, quiet: bool = False) -> list[Outcome]:
    """One after another, each told as it is found; what goes wrong in one does not keep the next from running."""
    found = []
    for name, check in CHECKS.items():
        if name not in names:
            continue
        outcome = _left_out(name) if no_kafka and name in ON_KAFKA else found_by(name, check, ground)
        found.append(outcome)
        if not quiet:
            click.echo(outcome.line())
    return found


def found_by(name: str, check: Check, ground: Ground) -> Outcome:
    ground.say(f"{name} …")
    began = time.monotonic()
    try:
        outcome = check(ground)
    except (Wrong, BrokerError) as error:
        outcome = Outcome(name, False, str(error))
    ground.say(f"{name}: {time.monotonic() - began:.0f} s")
    return outcome


def all_well(found: Sequence[Outcome]) -> bool:
    return all(outcome.ok is not False for outcome in found)


def _left_out(name: str) -> Outcome:
    return Outcome(name, None, "it needs Apache Kafka, and --no-kafka was said")


def _nothing(wire: Path, as_json: bool) -> None:
    why = f"nothing to check: {wire} is not there (SLUGLINE_DATA names the folder)"
    click.echo(encode({"ok": True, "checks": [], "why": why}) if as_json else why)


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
