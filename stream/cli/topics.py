"""`slugline topics declare|check`: brings the table of topics to a broker. What is right is not said here."""

from collections.abc import Sequence

import click

from stream.broker.declare import BROKERS_OWN, check, declare
from stream.broker.options import broker_option, json_option, raw_partitions_option
from stream.broker.problem import BrokerError, Problem
from stream.cli.acls import acls
from stream.cli.last_line import last_line
from stream.core.codec import encode


@click.group("topics")
def topics() -> None:
    """Declare the topics on a broker, or check that they are as they must be; say who may use them."""


@topics.command("declare")
@broker_option
@raw_partitions_option
@click.option(
    "--replication",
    type=click.IntRange(1, 32_767),
    default=None,
    show_default="the broker's own",
    envvar="SLUGLINE_REPLICATION",
    help="Copies of each partition, for topics that are made now.",
)
@json_option
def declare_command(address: str, raw_partitions: int, replication: int | None, as_json: bool) -> None:
    """Make the topics that are missing and mend those that can be mended.

    Ends with 1 where something is left that declaring cannot mend.
    """
    try:
        done = declare(address, raw_partitions, replication or BROKERS_OWN)
        left = check(address, raw_partitions)
    except BrokerError as error:
        raise last_line(error) from error
    if not as_json:
        click.echo("\n".join(done) or f"every topic on {address} is as it must be")
    _tell(address, left, as_json, {"done": done})


@topics.command("check")
@broker_option
@raw_partitions_option
@json_option
def check_command(address: str, raw_partitions: int, as_json: bool) -> None:
    """Say what is missing or wrong, and the command that mends it; 0 if all is well, else 1."""
    try:
        problems = check(address, raw_partitions)
    except BrokerError as error:
        raise last_line(error) from error
    if not (as_json or problems):
        click.echo(f"every topic on {address} is as it must be")
    _tell(address, problems, as_json, {})


topics.add_command(acls)


def _tell(address: str, problems: Sequence[Problem], as_json: bool, more: dict[str, Sequence[str]]) -> None:
    """Ends the command: 1 where there are problems."""
    if as_json:
        told = [{"topic": each.topic, "what": each.what, "mend": each.mend} for each in problems]
        click.echo(encode({"broker": address, "ok": not problems, "problems": told} | more))
    elif problems:
        click.echo("\n".join(f"{problem}" for problem in problems), err=True)
        click.echo("\n".join(dict.fromkeys(f"mend: {problem.mend}" for problem in problems)), err=True)
    if problems:
        raise click.exceptions.Exit(1)
