"""`python -m bench.torture.silence`: the longest silence of a lane around each kind of fault. No law is asked here."""

import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from bench.checks.commands import SLUGLINE
from bench.checks.outcome import Wrong
from bench.torture.process import Kept
from bench.torture.stage import Setting, Stage, staged, until_steady
from stream.broker.problem import BrokerError


@dataclass(frozen=True, slots=True)
class Kind:
    """`most` is the promise, in seconds; `do` breaks something, `mend` undoes it; it is watched for `watch` seconds at least,
    `sessions` times the session timeout more."""

    name: str
    most: float
    do: Callable[[Stage], None]
    mend: Callable[[Stage], None]
    watch: float = 8.0
    sessions: float = 0.0


def _kill(on: Stage) -> None:
    on.workers["a"].kill()


def _stop(on: Stage) -> None:
    on.workers["a"].stop()


def _start(on: Stage) -> None:
    on.workers["a"].start()


def _nothing(on: Stage) -> None:
    pass


def _kill_and_start(on: Stage) -> None:
    _kill(on)
    _start(on)


def _stop_and_start(on: Stage) -> None:
    _stop(on)
    _start(on)


def _leave(on: Stage) -> None:
    """Stopped and taken out by a command, as an operator would."""
    _stop(on)
    leaving = Kept(
        "leaving",
        lambda: [*SLUGLINE, "worker", "--leave", "--instance", "a", "--broker", on.kafka.address],
        on.workers["a"].log.with_name("leaving.log"),
    )
    leaving.start()
    while not leaving.done:
        time.sleep(0.05)


def _lose(on: Stage) -> None:
    """The first node's broker and controller."""
    on.kafka.nodes[0].kill()


def _bring_back(on: Stage) -> None:
    on.kafka.nodes[0].start()
    on.kafka.nodes[0].wait_until_ready()


KINDS = (
    Kind("killed, restarted", 5.0, _kill_and_start, _nothing),
    Kind("stopped, restarted", 5.0, _stop_and_start, _nothing),
    Kind("killed, stays away", 25.0, _kill, _start, sessions=1.0),
    Kind("stopped, stays away", 25.0, _stop, _start, sessions=1.0),
    Kind("taken out with --leave", 8.0, _leave, _start),
    Kind("a broker of three lost", 12.0, _lose, _bring_back),
)


@click.command("silence")
@click.option("--window", default=2_000, show_default=True, help="Items decided before.")
@click.option("--tries", default=3, show_default=True)
@click.option("--rate", default=50.0, show_default=True, help="Items a second that flow meanwhile.")
@click.option("--session-timeout", default=15.0, show_default=True, help="The workers', in seconds.")
@click.option(
    "--worker-option", "more", multiple=True, help="One more word for slugline worker; {name} is its name."
)
@click.option("--only", multiple=True, type=click.Choice([kind.name for kind in KINDS]), help="These alone.")
@click.option(
    "--keep", type=click.Path(file_okay=False, path_type=Path), help="A folder for logs, to be kept."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def main(
    window: int,
    tries: int,
    rate: float,
    session_timeout: float,
    more: tuple[str, ...],
    only: tuple[str, ...],
    keep: Path | None,
    as_json: bool,
) -> None:
    """Measure how long a lane's subscriber hears nothing: two named workers, three brokers, six lanes, a steady flow."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that every process is ended on the way out
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="slugline-silence-") as scratch:
        folder = keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with staged(folder, Setting(window, rate, session_timeout, more), _say) as on:
                for kind in KINDS:
                    if not only or kind.name in only:
                        found[kind.name] = [_tried(on, kind) for _ in range(tries)]
        except (Wrong, BrokerError) as error:
            raise click.ClickException(str(error)) from error
    for kind in KINDS:
        if kind.name in found:
            _say(_line(kind, found[kind.name]))
    if as_json:
        click.echo(json.dumps({"window": window, "rate": rate, "session": session_timeout, "seconds": found}))


def _line(kind: Kind, seconds: Sequence[float]) -> str:
    each = ", ".join(f"{one:.1f}" for one in seconds)
    return f"{kind.name:<24} {median(seconds):5.1f} s in the median (≤ {kind.most:g} wanted; {each})"


def _tried(on: Stage, kind: Kind) -> float:
    """The longest silence of any lane from the fault until all is steady again; then it is mended."""
    began = time.monotonic()
    kind.do(on)
    least = kind.watch + kind.sessions * on.setting.session
    time.sleep(max(0.0, began + least - time.monotonic()))
    until_steady(on)
    end = time.monotonic()
    found = max(on.subscriber.silence(began, end, lane) for lane in on.subscriber.lanes())
    _say(f"{kind.name}: {found:.1f} s")
    kind.mend(on)
    until_steady(on, 10.0)
    return found


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    sys.exit(main())
