"""What a broker has wrong, as the line and the exit code that a command ends with. No broker is asked here."""

import click

from stream.broker.problem import BrokerError


def last_line(error: BrokerError) -> click.ClickException:
    """2 where the broker does not let us in as we are, so that trying again changes nothing; else 1."""
    told = click.ClickException(str(error))
    told.exit_code = error.exit_code
    return told
