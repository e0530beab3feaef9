"""`slugline broker`: the embedded broker in the foreground. It prints, waits and ends; nothing more."""

import click

from stream.broker.embedded import LIMITS, EmbeddedBroker
from stream.broker.foreground import Ending, announce
from stream.broker.options import json_option, port_option, raw_partitions_option
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line


@click.command("broker")
@port_option
@raw_partitions_option
@json_option
def broker(port: int, raw_partitions: int, as_json: bool) -> None:
    """Run a broker for demos and tests, with every topic declared.

    Its address is the first line on standard output. It holds everything in memory, 5 MiB a partition,
    and ends with exit code 1 before it would drop anything; SIGINT and SIGTERM end it with 0.
    """
    with Ending() as ending:
        try:
            with EmbeddedBroker(raw_partitions, port, on_full=lambda full: ending.ask()) as running:
                announce(running.address, as_json, {"raw_partitions": raw_partitions})
                click.echo(LIMITS, err=True)
                ending.wait()
                running.must_hold_all()
        except BrokerError as error:
            raise last_line(error) from error
