"""`slugline stories`: the stories as they stand. How they are read or drawn may not enter."""

import asyncio
import logging

import click

from stream.broker.options import broker_option, of_run_option, topic_of
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.core.codec import encode
from stream.reading.named import NotOne, meant
from stream.reading.stories import State, Stories
from stream.reading.stories import stories as read_stories
from stream.show.screen import Screen
from stream.show.story import story_card, story_table
from stream.topics import STATE

MOST = 50  # stories in a table


@click.command("stories")
@click.argument("story_id", required=False, metavar="[STORY_ID]")
@broker_option
@of_run_option
@click.option("--open", "only_open", is_flag=True, envvar="SLUGLINE_OPEN", help="Leave closed stories out.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    envvar="SLUGLINE_ALL",
    help="Every story in the table, not the newest.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    envvar="SLUGLINE_JSON",
    help="Every story by id, one state a line, for programs.",
)
def stories(
    story_id: str | None, address: str, run: str | None, only_open: bool, everything: bool, as_json: bool
) -> None:
    """Show the stories as they stand: the newest in a table, or one whole by its id or how that begins.

    With --json every story is told, open and closed, as slugline fold --stories has them.
    """
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what goes wrong is said once, by us
    try:
        found = asyncio.run(read_stories(address, topic_of(run, STATE)))
    except BrokerError as error:
        raise last_line(error) from error
    if only_open:
        found.states = {story: state for story, state in found.states.items() if state["status"] == "open"}
    with Screen() as screen:
        if story_id is not None:
            _one(screen, found, story_id, as_json)
        elif as_json:
            screen.lines(found.canonical())
        else:
            _table(
                screen,
                found.newest_first(),
                None if everything else MOST,
                f"{topic_of(run, STATE)} at {address}",
            )
    for what in found.unread:
        click.echo(f"slugline stories: {what}", err=True)
    if found.unread:
        raise click.exceptions.Exit(1)


def _one(screen: Screen, found: Stories, written: str, as_json: bool) -> None:
    try:
        state = found.states[meant(written, found.states, "story", "slugline stories --all")]
    except NotOne as error:
        refusal = click.ClickException(str(error))
        refusal.exit_code = 2
        raise refusal from error
    if as_json:
        screen.lines([encode(state)])
    else:
        screen.draw(story_card(state, whole=True))


def _table(screen: Screen, states: list[State], most: int | None, where: str) -> None:
    if not states:
        screen.text(f"no stories on {where} yet")
        return
    screen.draw(story_table(states[:most]))
    if most is not None and len(states) > most:
        screen.text(f"… and {len(states) - most:,} more: --all shows them")
