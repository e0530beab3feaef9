"""`slugline fold`: the core over inputs or a topic, with no worker. It reads, folds and prints; nothing more."""

import asyncio
import logging
import sys
from collections.abc import Iterator

import click

from replay.fold import Folded, fold_messages
from replay.fold import fold as fold_inputs
from replay.inputs import Unreadable, read
from replay.options import inputs_argument, received_option
from stream.broker.problem import BrokerError
from stream.cli.judgement import judgement_options, settings
from stream.core.codec import decode
from stream.core.settings import Settings
from stream.reading.topic import Message, reading
from stream.show.screen import Screen
from stream.show.story import story_card


@click.command("fold")
@inputs_argument
@click.option(
    "--assignments", "shown", flag_value="assignments", help="One JSON line per input, in input order."
)
@click.option("--stories", "shown", flag_value="stories", help="The last state of every story, by id.")
@click.option(
    "--events", "shown", flag_value="events", help="The distinct events, by subject, sequence and id."
)
@click.option(
    "--topic",
    type=click.Choice(["wire.items.v1"]),
    help="Fold this topic instead of inputs, partition by partition.",
)
@click.option(
    "--broker",
    "address",
    envvar="SLUGLINE_BROKER",
    show_envvar=True,
    metavar="HOST:PORT",
    help="For --topic.",
)
@judgement_options
@received_option
def fold(
    inputs: tuple[str, ...],
    shown: str | None,
    topic: str | None,
    address: str | None,
    story_life: float,
    languages: tuple[str, ...],
    received: int | None,
    max_item_bytes: int,
) -> None:
    """Say of files what the worker would say of them, with no broker.

    Without INPUT the two seed items are folded. With --assignments, --stories or --events standard output holds
    JSON lines and nothing else; with none of them, the stories as people read them.
    """
    judged_by = settings(story_life, languages, max_item_bytes)
    try:
        folded = _fold(inputs, topic, address, judged_by, received or 0)
    except Unreadable as error:
        raise click.UsageError(str(error)) from error
    except BrokerError as error:
        raise click.ClickException(str(error)) from error
    _print(folded, shown)


def _fold(
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


def _print(folded: Folded, shown: str | None) -> None:
    lines = {
        "assignments": folded.assignments,
        "stories": folded.stories,
        "events": folded.distinct_events,
    }
    with Screen() as screen:
        if shown is not None:
            screen.lines(lines[shown]())
        else:
            screen.draw(*(story_card(decode(state)) for state in folded.stories()))
