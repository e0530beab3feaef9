"""`slugline worker`: options to a wiring, and the run. What a worker does is in stream/worker."""

from typing import TYPE_CHECKING, Any

import click

from replay.options import max_item_bytes_option
from stream.broker.options import broker_option, raw_partitions_option
from stream.broker.problem import BrokerError
from stream.core.settings import Settings
from stream.core.times import DAY

if TYPE_CHECKING:
    from stream.worker.run import Wiring


@click.command("worker")
@broker_option
@raw_partitions_option
@click.option(
    "--until-idle",
    type=click.FloatRange(min=0, min_open=True),
    envvar="SLUGLINE_UNTIL_IDLE",
    show_envvar=True,
    metavar="SECONDS",
    help="End with 0 when no stage has lag and nothing came for so long.",
)
@click.option(
    "--story-life",
    type=click.FloatRange(min=0, min_open=True, max=3650),
    default=30.0,
    show_default=True,
    envvar="SLUGLINE_STORY_LIFE",
    show_envvar=True,
    metavar="DAYS",
    help="Days of event time after its last member for which a story stays open.",
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    envvar="SLUGLINE_LANGUAGES",
    show_envvar=True,
    metavar="SOURCE=LANG",
    help="The language of a source that declares none; may be repeated.",
)
@click.option(
    "--session-timeout",
    type=click.FloatRange(min=1, max=300),
    default=15.0,
    show_default=True,
    envvar="SLUGLINE_SESSION_TIMEOUT",
    show_envvar=True,
    metavar="SECONDS",
    help="How long the group waits for a worker that says nothing.",
)
@max_item_bytes_option
@click.option(
    "--compression",
    type=click.Choice(["none", "gzip"]),
    default="none",
    show_default=True,
    envvar="SLUGLINE_COMPRESSION",
    show_envvar=True,
    help="Of what the worker writes.",
)
def worker(**_options: Any) -> None:
    """Turn wire.raw.v1 into stories until SIGTERM.

    Refuses to start where a topic is missing or wrong. Every option also from the environment. Logs are
    JSON lines on standard error.
    """
    from stream.worker.logs import set_up
    from stream.worker.run import run

    set_up()
    try:
        run(wiring(**click.get_current_context().params))
    except BrokerError as error:
        raise click.ClickException(str(error)) from error


def wiring(
    address: str,
    raw_partitions: int,
    until_idle: float | None,
    story_life: float,
    languages: tuple[str, ...],
    session_timeout: float,
    max_item_bytes: int,
    compression: str,
) -> "Wiring":
    """The options as a wiring; faust is imported here, as late as can be."""
    from stream.worker.run import Wiring

    settings = Settings(int(story_life * DAY), max_item_bytes, languages=read_languages(languages))
    app = {"session_timeout": session_timeout, "compression": None if compression == "none" else compression}
    return Wiring(address, settings, raw_partitions, until_idle, app)


def read_languages(written: tuple[str, ...]) -> dict[str, str]:
    """`ansa=it` as a mapping."""
    pairs = [one.partition("=") for one in written]
    for source, sign, language in pairs:
        if not (source and sign and language):
            raise click.UsageError(
                f"--language {source}{sign}{language}: expected SOURCE=LANG, such as ansa=it"
            )
    return {source: language for source, _, language in pairs}
