"""A worker's wiring from the environment, for those who start it with faust's own command. No option is parsed here."""

from functools import cache

import click
import faust

from stream.broker.problem import BrokerError
from stream.cli.worker import wiring, worker
from stream.worker.folder import FolderError
from stream.worker.run import leave, wire


@cache
def app_from_environment() -> faust.App:
    """From the variables that `slugline worker --help` names; SLUGLINE_BROKER is required."""
    try:
        options = worker.make_context("worker", []).params
    except click.UsageError as error:
        raise SystemExit(f"stream.worker: {error.format_message()}") from error
    try:
        return wire(wiring(**options))
    except (BrokerError, FolderError) as error:
        leave(error)
