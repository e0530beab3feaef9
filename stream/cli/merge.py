"""`slugline merge`: an editor says that stories are one. What the desk makes of it may not enter."""

from collections.abc import Mapping

import click

from stream.cli import editing
from stream.core import edit
from stream.core.edit import MOST_STORIES, Edit
from stream.reading.editable import open_stories
from stream.reading.stories import State


@click.command("merge")
@click.argument("story", metavar="STORY")
@click.argument("others", metavar="OTHER...", nargs=-1, required=True)
@editing.edit_options
def merge(story: str, others: tuple[str, ...], address: str, editor: str, note: str, as_json: bool) -> None:
    """Merge OTHER stories into STORY, each named by its id or how that begins.

    STORY keeps its id and takes their members; their ids redirect to it for ever. Text does not undo it;
    `slugline split` does. Stories that are closed, or of two lanes, are not merged: exit code 2 says why.
    """
    editor, note = editing.checked(editor, note)
    if len(others) >= MOST_STORIES:
        raise click.UsageError(f"{len(others) + 1} stories: at most {MOST_STORIES} are merged at once")

    def made(states: Mapping[str, State]) -> Edit:
        stays, *folds = open_stories(states, (story, *others))
        ids = tuple(state["id"] for state in folds)
        return edit.merge(stays["lane"], stays["id"], ids, editing.now(), editor, note)

    done = editing.send(address, made)
    editing.tell(done, f"merge of {', '.join(done.others)} into {done.story}", as_json)
