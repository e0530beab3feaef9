"""The options of the commands that read inputs, each from the environment too. No command is here."""

import click

from replay.pace import read_rate, read_speed
from stream.broker.options import reading_option
from stream.core.receipt import read_ts
from stream.topics import MAX_ITEM_BYTES


def received_time(written: str) -> int:
    """ISO 8601 as milliseconds. ValueError for what is none."""
    moment = read_ts(written)
    if moment is None:
        raise ValueError(f"{written!r}: expected an ISO 8601 time such as 2024-05-02T09:30:00Z")
    return moment


inputs_argument = click.argument("inputs", metavar="[INPUT]...", nargs=-1)
received_option = click.option(
    "--received",
    callback=reading_option(received_time),
    envvar="SLUGLINE_RECEIVED",
    show_envvar=True,
    metavar="TIME",
    help="Inputs without a readable ts count as received at TIME, a second later for each input.",
)
max_item_bytes_option = click.option(
    "--max-item-bytes",
    type=click.IntRange(1, MAX_ITEM_BYTES),
    default=MAX_ITEM_BYTES,
    show_default=True,
    envvar="SLUGLINE_MAX_ITEM_BYTES",
    show_envvar=True,
    metavar="N",
    help="Larger inputs are refused.",
)
speed_option = click.option(
    "--speed",
    callback=reading_option(read_speed),
    show_default="max",
    envvar="SLUGLINE_SPEED",
    show_envvar=True,
    metavar="max|recorded|N",
    help="As fast as the broker takes them, as they were recorded, or N times faster.",
)
rate_option = click.option(
    "--rate",
    callback=reading_option(read_rate),
    envvar="SLUGLINE_RATE",
    show_envvar=True,
    metavar="N/s",
    help="So many items a second, however they were recorded.",
)
shuffle_option = click.option(
    "--shuffle",
    type=int,
    envvar="SLUGLINE_SHUFFLE",
    show_envvar=True,
    metavar="SEED",
    help="In an order that SEED alone decides; holds every input in memory.",
)
repeat_option = click.option(
    "--repeat",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    envvar="SLUGLINE_REPEAT",
    show_envvar=True,
    metavar="N",
    help="Every input N times over.",
)
