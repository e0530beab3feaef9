"""`slugline tail`: what happens to stories, live or from the log. How it is read or drawn may not enter."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from typing import Any

import click

from stream.broker.options import broker_option, of_run_option, topic_of
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.reading.events import KINDS, Distinct, full_type
from stream.reading.topic import From, Reader, reading
from stream.show.screen import Screen
from stream.show.telling import Telling, for_people, for_programs, say
from stream.topics import EVENTS

QUIET_TURNS = 20  # looks without a message, half a second each, before the broker is asked if it is there


def _types(context: click.Context, option: click.Parameter, names: tuple[str, ...]) -> frozenset[str]:
    try:
        return frozenset(full_type(name) for name in names)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command("tail")
@broker_option
@of_run_option
@click.option(
    "--type",
    "types",
    multiple=True,
    callback=_types,
    envvar="SLUGLINE_TYPE",
    show_envvar=True,
    metavar="T",
    help=f"Only events of this type: {', '.join(KINDS)}, or the whole type. Several times for several.",
)
@click.option(
    "--from-beginning", is_flag=True, envvar="SLUGLINE_FROM_BEGINNING", help="First all that is kept."
)
@click.option(
    "--until-end",
    is_flag=True,
    envvar="SLUGLINE_UNTIL_END",
    help="All that is kept, partition by partition, and no further.",
)
@click.option(
    "--json", "as_json", is_flag=True, envvar="SLUGLINE_JSON", help="One event a line, for programs."
)
@click.option(
    "--canonical",
    is_flag=True,
    envvar="SLUGLINE_CANONICAL",
    help="With --until-end: each distinct event once as JSON, sorted, as slugline fold --events has them.",
)
def tail(
    address: str,
    run: str | None,
    types: frozenset[str],
    from_beginning: bool,
    until_end: bool,
    as_json: bool,
    canonical: bool,
) -> None:
    """Show what happens to stories, as it happens: cards on a terminal, elsewhere one line an event.

    It starts with what comes next and goes on until Ctrl-C or SIGTERM, which end it with 0. Ends with 1 where
    something on the topic was no event, or an event was told again with another content.
    """
    if canonical and not until_end:
        context = click.get_current_context()
        raise click.UsageError("--canonical sorts every event, so it needs --until-end", context)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    with Screen() as screen:
        distinct = Distinct()
        tell = distinct.take if canonical else for_programs(screen) if as_json else for_people(screen)
        telling = Telling(tell, types)
        try:
            topic = topic_of(run, EVENTS)
            asyncio.run(_read(address, topic, telling, screen, from_beginning, until_end))
        except BrokerError as error:
            raise last_line(error) from error
        screen.lines(distinct.lines())
        for event in distinct.clashes():
            telling.complain(f"event {event} was told again with another content: one id, one event")
    if telling.wrong:
        raise click.exceptions.Exit(1)


async def _read(
    address: str, topic: str, telling: Telling, screen: Screen, from_beginning: bool, until_end: bool
) -> None:
    begin: From = "beginning" if from_beginning or until_end else "now"
    async with reading(address, topic, begin) as reader:
        if until_end:
            async for messages in reader.to_the_end():
                telling.take(messages)
        else:
            say(f"{topic} on {address}; Ctrl-C ends it")
            await _until_asked(_follow(reader, telling, screen, address))


async def _until_asked(work: Coroutine[Any, Any, None]) -> None:
    """SIGINT and SIGTERM are its ordinary end."""
    task = asyncio.ensure_future(work)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        pass


async def _follow(reader: Reader, telling: Telling, screen: Screen, address: str) -> None:
    quiet, answering = 0, True
    async for messages in reader.as_they_come():
        telling.take(messages)
        quiet = 0 if messages else quiet + 1
        if quiet:
            screen.must_have_a_reader()
        if quiet and quiet % QUIET_TURNS == 0 and await reader.answers() != answering:
            answering = not answering
            say(f"{address} {'answers again' if answering else 'does not answer; waiting for it'}")
