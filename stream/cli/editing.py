"""What `slugline merge` and `slugline split` share: their options, the stories as they stand, the way to the desk."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import click

from replay.send import producing
from stream.broker.access import admitted
from stream.broker.options import broker_option, json_option
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.core.codec import encode
from stream.core.edit import LONGEST_EDITOR, LONGEST_NOTE, Edit
from stream.core.edit_json import EDIT, edit_to_json
from stream.reading.named import NotOne
from stream.reading.stories import State, stories
from stream.rights import reads, writes
from stream.show.plain import plain
from stream.show.screen import Screen
from stream.topics import ITEMS, STATE

editor_option = click.option(
    "--editor", default="", envvar="SLUGLINE_EDITOR", show_envvar=True, metavar="NAME", help="Who says so."
)
note_option = click.option(
    "--note", default="", envvar="SLUGLINE_NOTE", show_envvar=True, metavar="TEXT", help="Why."
)


def edit_options(command: Any) -> Any:
    """All of them, on a command."""
    return broker_option(editor_option(note_option(json_option(command))))


def send(address: str, made: Callable[[Mapping[str, State]], Edit]) -> Edit:
    """The edit on wire.items.v1, made of the stories as they stand and acknowledged by the broker.

    What is named wrongly is the one line, and exit code 2, that the command ends with.
    """
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    try:
        return asyncio.run(_send(address, made))
    except BrokerError as error:
        raise last_line(error) from error
    except NotOne as error:
        refusal = click.ClickException(str(error))
        refusal.exit_code = 2
        raise refusal from error


async def _send(address: str, made: Callable[[Mapping[str, State]], Edit]) -> Edit:
    await admitted(address, reads(STATE) + writes(ITEMS))
    edit = made((await stories(address)).states)
    async with producing(address, ITEMS) as producer:
        headers = [("content-type", EDIT.encode())]
        await producer.send_and_wait(ITEMS, encode(edit_to_json(edit)), edit.lane.encode(), headers=headers)
    return edit


def now() -> int:
    """When the editor speaks, in milliseconds."""
    return time.time_ns() // 1_000_000


def checked(editor: str, note: str) -> tuple[str, str]:
    """As an edit takes them: UsageError for what is too long."""
    for name, words, most in (("--editor", editor, LONGEST_EDITOR), ("--note", note, LONGEST_NOTE)):
        if len(words) > most:
            raise click.UsageError(f"{name} has {len(words):,} characters, at most {most:,} are taken")
    return editor, note


def tell(edit: Edit, said: str, as_json: bool) -> None:
    """What was sent; what came of it, the desk tells on the topics."""
    with Screen() as screen:
        if as_json:
            screen.lines([encode(edit_to_json(edit))])
        else:
            screen.text(plain(f"{said}: sent to the desk as edit {edit.identity[:8]}…"))
