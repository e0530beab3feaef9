"""A fold for a command: of inputs, or of wire.items.v1 on a broker. What is done with it may not enter."""

import asyncio
import logging
import sys
from collections.abc import Iterator
from typing import Any

import click

from replay.fold import Folded, fold_messages
from replay.fold import fold as fold_inputs
from replay.inputs import Unreadable, read
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.core.settings import Settings
from stream.reading.topic import Message, reading
from stream.runs import run_of, within
from stream.topics import ITEMS


def _items(_context: click.Context, _option: click.Parameter, written: str | None) -> str | None:
    run = run_of(written or "")
    if written not in (None, ITEMS) and (run is None or written != within(run, ITEMS)):
        raise click.BadParameter(f"{written!r}: it is {ITEMS}, or a run's, replay.RUN.{ITEMS}")
    return written


_topic_option = click.option(
    "--topic",
    callback=_items,
    metavar="TOPIC",
    help=f"Fold {ITEMS}, or a run's, instead of inputs, partition by partition.",
)
_address_option = click.option(
    "--broker",
    "address",
    envvar="SLUGLINE_BROKER",
    show_envvar=True,
    metavar="HOST:PORT",
    help="For --topic.",
)


def topic_options(command: Any) -> Any:
    """Both, on a command."""
    return _topic_option(_address_option(command))


def folded(
    inputs: tuple[str, ...], topic: str | None, address: str | None, judged_by: Settings, received: int
) -> Folded:
    """What the core says of inputs, or of a topic as it stands. Raises what click says in one line."""
    try:
        return _folded(inputs, topic, address, judged_by, received)
    except Unreadable as error:
        raise click.UsageError(str(error)) from error
    except BrokerError as error:
        raise last_line(error) from error


def _folded(
    inputs: tuple[str, ...], topic: str | None, address: str | None, judged_by: Settings, received: int
) -> Folded:
    if topic is None:
        return fold_inputs(read(inputs, sys.stdin.buffer, judged_by.max_item_bytes), judged_by, received)
    if inputs:
        raise click.UsageError("--topic and INPUT: give one of them")
    if not address:
        raise click.UsageError("--topic needs --broker HOST:PORT, or SLUGLINE_BROKER")
    return fold_messages(_messages(address, topic), judged_by)


def _messages(address: str, topic: str) -> Iterator[tuple[str, bytes]]:
    """All values of the topic as it stands now, partition by partition, in offset order."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    for message in sorted(asyncio.run(_read(address, topic)), key=lambda m: (m.partition, m.offset)):
        yield f"{topic}[{message.partition}]:{message.offset}", message.value or b""


async def _read(address: str, topic: str) -> list[Message]:
    async with reading(address, topic, "beginning") as reader:
        return [message async for messages in reader.to_the_end() for message in messages]
