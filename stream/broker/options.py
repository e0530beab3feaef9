"""The options that every command about a broker shares, each from the environment too. No command is here."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from stream.runs import run_name, within
from stream.topics import RAW_PARTITIONS

Value = TypeVar("Value")


def reading_option(read: Callable[[str], Value]) -> Callable[[Any, Any, str | None], Value | None]:
    """A click callback that answers a ValueError with the usage error it is."""

    def callback(_context: click.Context, _option: click.Parameter, written: str | None) -> Value | None:
        try:
            return None if written is None else read(written)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error

    return callback


def topic_of(run: str | None, topic: str) -> str:
    """A topic of the table, or the run's where one is named."""
    return topic if run is None else within(run, topic)


of_run_option = click.option(
    "--run",
    callback=reading_option(run_name),
    envvar="SLUGLINE_RUN",
    show_envvar=True,
    metavar="RUN",
    help="Of a run of `slugline replay --from-topic`, not of the live stream.",
)

broker_option = click.option(
    "--broker",
    "address",
    required=True,
    envvar="SLUGLINE_BROKER",
    show_envvar=True,
    metavar="HOST:PORT",
    help="The broker's address; several with commas.",
)
raw_partitions_option = click.option(
    "--raw-partitions",
    type=click.IntRange(1, 1_000),
    default=RAW_PARTITIONS,
    show_default=True,
    envvar="SLUGLINE_RAW_PARTITIONS",
    show_envvar=True,
    metavar="N",
    help="Partitions of wire.raw.v1.",
)
port_option = click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    show_default="a free one",
    envvar="SLUGLINE_PORT",
    show_envvar=True,
    metavar="PORT",
    help="Where to listen, on 127.0.0.1.",
)
json_option = click.option(
    "--json", "as_json", is_flag=True, envvar="SLUGLINE_JSON", help="One JSON object, for programs."
)
