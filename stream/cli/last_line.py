"""What a broker has wrong, as the line and the exit code that a command ends with. No broker is asked here."""

from typing import Protocol

import click


class Said(Protocol):
    """An error that is one line, and knows how a command ends with it."""

    @property
    def exit_code(self) -> int: ...


def last_line(error: Said) -> click.ClickException:
    """2 where the broker does not let us in as we are, so that trying again changes nothing; else 1."""
    told = click.ClickException(str(error))
    told.exit_code = error.exit_code
    return told
