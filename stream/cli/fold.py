"""`slugline fold`: the core over inputs or a topic, with no worker. It reads, folds and prints; nothing more."""

import click

from replay.fold import Folded
from replay.options import inputs_argument, received_option
from stream.cli.folding import folded, topic_options
from stream.cli.judgement import judgement_options, settings
from stream.core.codec import decode
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
@topic_options
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
    _print(folded(inputs, topic, address, judged_by, received or 0), shown)


def _print(told: Folded, shown: str | None) -> None:
    lines = {
        "assignments": told.assignments,
        "stories": told.stories,
        "events": told.distinct_events,
    }
    with Screen() as screen:
        if shown is not None:
            screen.lines(lines[shown]())
        else:
            screen.draw(*(story_card(decode(state)) for state in told.stories()))
