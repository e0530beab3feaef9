"""`slugline split`: an editor says that members are another story. What the desk makes of it may not enter."""

from collections.abc import Mapping

import click

from stream.cli import editing
from stream.core import edit
from stream.core.edit import MOST_MEMBERS, Edit
from stream.reading.editable import members, open_stories
from stream.reading.stories import State


@click.command("split")
@click.argument("story", metavar="STORY")
@click.argument("named", metavar="MEMBER...", nargs=-1, required=True)
@editing.edit_options
def split(story: str, named: tuple[str, ...], address: str, editor: str, note: str, as_json: bool) -> None:
    """Split members off STORY into a story of their own, each named by its id, SOURCE:ID or identity.

    Their copies and revisions go with them; where the story is of one text, those named go alone. Text does not
    join the two again; `slugline merge` does.
    """
    editor, note = editing.checked(editor, note)
    if len(named) > MOST_MEMBERS:
        raise click.UsageError(f"{len(named)} members: at most {MOST_MEMBERS} are split off at once")

    def made(states: Mapping[str, State]) -> Edit:
        (state,) = open_stories(states, (story,))
        refs = members(state, named)
        return edit.split(state["lane"], state["id"], refs, editing.now(), editor, note)

    done = editing.send(address, made)
    ids = ", ".join(ref.id for ref in done.members)
    editing.tell(done, f"split of {ids} from {done.story}", as_json)
