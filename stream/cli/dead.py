"""`slugline dead list|show|retry`: what could not be processed, and another try. Which may, the core says."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

import click
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError

from replay.send import producing
from stream.broker.access import admitted
from stream.broker.options import broker_option
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.core.codec import encode
from stream.core.dead import NotRetried, Stage, retried
from stream.reading.letters import Kept, letter, letters, listed
from stream.reading.named import NotOne
from stream.rights import reads, writes
from stream.show.letter import letter_json, letter_lines, letter_table
from stream.show.plain import count
from stream.show.screen import Screen
from stream.topics import DEAD, RAW

Found = TypeVar("Found")

stage_option = click.option(
    "--stage",
    type=click.Choice(get_args(Stage)),
    envvar="SLUGLINE_STAGE",
    show_envvar=True,
    help="Only what was refused there.",
)


@click.group("dead")
def dead() -> None:
    """What could not be processed: list it, show it, try it again."""


@dead.command("list")
@broker_option
@stage_option
@click.option(
    "--json", "as_json", is_flag=True, envvar="SLUGLINE_JSON", help="One letter a line, for programs."
)
def list_command(address: str, stage: Stage | None, as_json: bool) -> None:
    """List the dead letters, oldest first, each refusal once."""
    found = _run(listed(address, stage))
    with Screen() as screen:
        if as_json:
            screen.lines(encode(letter_json(kept)) for kept in found)
        elif found:
            screen.draw(letter_table(found))
        else:
            screen.text(f"no dead letters on {DEAD} at {address}")


@dead.command("show")
@click.argument("letter_id", metavar="ID")
@broker_option
@click.option("--raw", is_flag=True, envvar="SLUGLINE_RAW", help="Its bytes alone, as they came.")
def show_command(letter_id: str, address: str, raw: bool) -> None:
    """Show one dead letter, by its id or how that begins: its headers, then its bytes."""
    kept = _run(letter(address, letter_id))
    with Screen() as screen:
        if raw:
            screen.raw(kept.letter.value)
        else:
            screen.lines(line.encode("utf-8", "replace") for line in letter_lines(kept))


@dead.command("retry")
@click.argument("letter_id", metavar="[ID]", required=False)
@broker_option
@click.option("--all", "everything", is_flag=True, envvar="SLUGLINE_ALL", help="Every dead letter.")
@stage_option
def retry_command(letter_id: str | None, address: str, everything: bool, stage: Stage | None) -> None:
    """Send a dead letter, or all of them, to wire.raw.v1 once more, as the next attempt.

    Nothing is taken away, as the topic is a log; a letter that is sent twice is a repeat. Ends with 1 where
    one could not be sent, as when only its beginning was kept.
    """
    if (letter_id is None) != everything:
        raise click.UsageError("give an ID or --all, one of the two", click.get_current_context())
    if letter_id is not None and stage is not None:
        raise click.UsageError("--stage goes with --all: an ID names its stage", click.get_current_context())
    chosen = letters(address, stage) if letter_id is None else _only(address, letter_id)
    tally = _run(_send_again(address, chosen))
    click.echo(f"{count(tally.sent, 'dead letter')} sent to {RAW} again")
    for refusal in tally.refused:
        click.echo(f"slugline dead retry: {refusal}", err=True)
    if tally.refused:
        raise click.exceptions.Exit(1)


def _run(work: Coroutine[Any, Any, Found]) -> Found:
    """What a broker or a name has wrong is the one line that the command ends with."""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    try:
        return asyncio.run(work)
    except BrokerError as error:
        raise last_line(error) from error
    except NotOne as error:
        refusal = click.ClickException(str(error))
        refusal.exit_code = 2
        raise refusal from error


@dataclass
class _Tally:
    sent: int = 0
    refused: list[str] = field(default_factory=list)


async def _only(address: str, letter_id: str) -> AsyncGenerator[Kept, None]:
    yield await letter(address, letter_id)


async def _send_again(address: str, chosen: AsyncGenerator[Kept, None]) -> _Tally:
    """One after another, each acknowledged: whoever is interrupted knows that the rest was not sent."""
    tally = _Tally()
    await admitted(address, reads(DEAD) + writes(RAW))
    async with producing(address, RAW) as producer, aclosing(chosen):
        async for kept in chosen:
            refusal = await _put(producer, kept)
            tally.sent += refusal is None
            tally.refused += [f"{kept.id}: {refusal}"] if refusal else []
    return tally


async def _put(producer: AIOKafkaProducer, kept: Kept) -> str | None:
    """Why it was not sent, or None. The topic takes less than the dead letters': what grew may not fit."""
    again = retried(kept.letter)
    if isinstance(again, NotRetried):
        return again.reason
    try:
        await producer.send_and_wait(RAW, again.value, again.key, headers=list(again.headers))
    except MessageSizeTooLargeError:
        return f"{len(again.value):,} bytes are more than {RAW} takes: send it again from its source"
    return None
