"""`slugline replay --from-topic`: its options to a run, and the run. What a run does is in stream/worker/beside.py."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
from aiokafka.errors import KafkaError
from click.core import ParameterSource

from replay.options import received_time
from replay.send import producing
from stream.broker.access import admitted
from stream.broker.options import reading_option
from stream.broker.problem import BrokerError
from stream.broker.runs import make
from stream.cli.judgement import languages_option, settings, story_life_option
from stream.cli.last_line import last_line
from stream.core.codec import encode
from stream.core.settings import Settings
from stream.reading.span import WHOLE, Span, read_offsets
from stream.rights import reads, writes
from stream.runs import SOURCES, Origin, group_of, run_name, run_table
from stream.show.advance import advancing
from stream.show.plain import count
from stream.topics import MAX_ITEM_BYTES

if TYPE_CHECKING:
    from stream.worker.beside import Run, Told

OF_A_RUN = ("run", "since", "until", "offsets", "resume", "story_life", "languages")
OF_INPUTS = ("inputs", "speed", "rate", "shuffle", "repeat", "received")
_OPTION = {"inputs": "INPUT", "story_life": "--story-life", "languages": "--language"}

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--from-topic",
        type=click.Choice(list(SOURCES)),
        envvar="SLUGLINE_FROM_TOPIC",
        help="No input: wire.raw.v1 or wire.items.v1 again, into topics replay.RUN.…, with the stories that come of it.",
    ),
    click.option(
        "--run",
        callback=reading_option(run_name),
        envvar="SLUGLINE_RUN",
        metavar="RUN",
        help="For --from-topic: what the run is called.",
    ),
    click.option(
        "--since",
        callback=reading_option(received_time),
        envvar="SLUGLINE_SINCE",
        metavar="TIME",
        help="For --from-topic: what came then or later, by the broker's clock.",
    ),
    click.option(
        "--until",
        callback=reading_option(received_time),
        envvar="SLUGLINE_UNTIL",
        metavar="TIME",
        help="For --from-topic: what came before then.",
    ),
    click.option(
        "--offsets",
        multiple=True,
        envvar="SLUGLINE_OFFSETS",
        metavar="PARTITION:FROM-TO",
        help="For --from-topic: those of a partition, without TO; partitions that are not named are left out.",
    ),
    click.option(
        "--resume",
        is_flag=True,
        envvar="SLUGLINE_RESUME",
        help="For --from-topic: go on with a run that was begun, from where it stood.",
    ),
    story_life_option,
    languages_option,
)


def from_topic_options(command: Any) -> Any:
    """All of them, on a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def one_or_the_other(context: click.Context) -> None:
    """UsageError where an option is given that would do nothing: it was meant for something. What the environment says
    is meant for other commands, too."""
    from_topic = context.params["from_topic"] is not None
    for name in OF_INPUTS if from_topic else OF_A_RUN:
        if context.params[name] and context.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            goes = "goes without" if from_topic else "goes with"
            raise click.UsageError(f"{_OPTION.get(name, f'--{name}')} {goes} --from-topic", context)


def rerun(address: str, max_item_bytes: int, as_json: bool, **of: Any) -> None:
    """Runs to the end of what is asked for, and says what came of it."""
    context = click.get_current_context()
    if of["run"] is None:
        raise click.UsageError("--from-topic needs --run RUN: what the run is called", context)
    span = _span(of["since"], of["until"], of["offsets"])
    judged_by = settings(of["story_life"], of["languages"], min(max_item_bytes, MAX_ITEM_BYTES))
    again(address, of["run"], of["from_topic"], judged_by, as_json, span, of["resume"])


def again(
    address: str,
    run: str,
    origin: Origin,
    judged_by: Settings,
    as_json: bool,
    span: Span = WHOLE,
    resume: bool = True,
) -> None:
    """A run to its end, and what came of it on standard output."""
    from stream.worker.beside import Run  # late, as faust takes a second

    began = time.monotonic()
    try:
        told = _run(Run(address, run, origin, judged_by, span, resume), as_json)
    except BrokerError as error:
        raise last_line(error) from error
    _conclude(run, origin, told, time.monotonic() - began, as_json)


def _span(since: int | None, until: int | None, offsets: tuple[str, ...]) -> Span:
    if offsets and (since is not None or until is not None):
        raise click.UsageError("--offsets and --since, --until: give times or offsets")
    if since is not None and until is not None and until < since:
        raise click.UsageError("--until is before --since")
    try:
        return Span(since, until, dict(map(read_offsets, offsets)))
    except ValueError as error:
        raise click.UsageError(f"--offsets {error}") from error


def _run(run: "Run", quiet: bool) -> "Told":
    """Whatever a broker has wrong is the one line that the command ends with."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    from stream.worker.beside import look_first
    from stream.worker.desk import KeeperMismatchError
    from stream.worker.writer import Refused

    try:
        topics = [topic.name for topic in run_table(run.name, run.origin)]
        asyncio.run(admitted(run.address, reads(SOURCES[run.origin]) + writes(*topics)))
        asyncio.run(look_first(run))
        make(run.address, run.name, run.origin, run.resume)
        return asyncio.run(_running(run, quiet))
    except (KafkaError, Refused, KeeperMismatchError) as error:
        resuming = f"`--resume` goes on with {run.name}"
        raise BrokerError(f"{run.address}: {error or type(error).__name__}; {resuming}") from error


async def _running(run: "Run", quiet: bool) -> "Told":
    from stream.worker.beside import run_beside

    topics = [topic.name for topic in run_table(run.name, run.origin)]
    with advancing(quiet) as report:
        async with producing(run.address, *topics) as producer:
            return await run_beside(run, producer, report)


def _conclude(run: str, origin: Origin, told: "Told", seconds: float, as_json: bool) -> None:
    if as_json:
        written = {topic: told.written[topic] for topic in sorted(told.written)}
        said = {"run": run, "topic": SOURCES[origin], "read": told.read, "written": written}
        click.echo(encode(said | {"seconds": round(seconds, 3), "group": group_of(run)}))
        return
    made = ", ".join(f"{number:,} to {topic}" for topic, number in sorted(told.written.items())) or "nothing"
    click.echo(
        f"{count(told.read, 'message')} of {SOURCES[origin]} again, in run {run}: {made}; {seconds:.1f} s"
    )
