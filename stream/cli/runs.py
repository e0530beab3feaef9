"""`slugline runs list|forget`: the runs beside the live stream, and their end. What a run says may not enter."""

import asyncio

import click

from stream.broker.options import broker_option
from stream.broker.problem import BrokerError
from stream.broker.runs import forget, listed
from stream.cli.last_line import last_line
from stream.core.codec import encode
from stream.reading.generation import standing
from stream.runs import run_name
from stream.show.plain import count
from stream.show.screen import Screen


@click.group("runs")
def runs() -> None:
    """The runs that `slugline replay --from-topic` made: list them, forget them."""


@runs.command("list")
@broker_option
@click.option("--json", "as_json", is_flag=True, envvar="SLUGLINE_JSON", help="One run a line, for programs.")
def list_command(address: str, as_json: bool) -> None:
    """List the runs by name, with their topics."""
    try:
        found = listed(address)
    except BrokerError as error:
        raise last_line(error) from error
    with Screen() as screen:
        if as_json:
            screen.lines(encode({"run": run, "topics": list(topics)}) for run, topics in found.items())
        elif found:
            screen.lines(f"{run}: {', '.join(topics)}".encode() for run, topics in found.items())
        else:
            screen.text(f"no runs on {address}: `slugline replay --from-topic` makes one")


@runs.command("forget")
@click.argument("run", metavar="RUN")
@broker_option
def forget_command(run: str, address: str) -> None:
    """Take away the topics of a run, and how far it had come. The live topics are not touched."""
    try:
        _must_not_speak(address, run_name(run))
        gone = forget(address, run)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except BrokerError as error:
        raise last_line(error) from error
    click.echo(f"run {run} is forgotten: {count(len(gone), 'topic')} taken away")


def _must_not_speak(address: str, run: str) -> None:
    """BrokerError where the live stories are kept in it."""
    found = asyncio.run(standing(address))
    if run in (found.live, found.next):
        raise BrokerError(
            f"run {run} holds the live stories of {address}: slugline rebuild --run {run} --back comes first"
        )
