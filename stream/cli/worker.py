"""`slugline worker`: options to a wiring, and the run. What a worker does is in stream/worker."""

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stream.broker.declare import require
from stream.broker.options import broker_option, raw_partitions_option
from stream.broker.problem import BrokerError
from stream.cli.judgement import judgement_options, settings
from stream.cli.last_line import last_line

if TYPE_CHECKING:
    from stream.worker.run import Stages, Wiring


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
@judgement_options
@click.option(
    "--stage",
    type=click.Choice(["normalise", "desk", "all"]),
    default="all",
    show_default=True,
    envvar="SLUGLINE_WORKER_STAGE",
    show_envvar=True,
    help="What this member of the group does: normalising keeps nothing and spreads over any number.",
)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="SLUGLINE_STATE",
    show_envvar=True,
    metavar="FOLDER",
    help="Keep there what was decided, so that a restart reads little; one worker a folder. Without it: in memory.",
)
@click.option(
    "--standby",
    is_flag=True,
    envvar="SLUGLINE_STANDBY",
    show_envvar=True,
    help="Follow what the other workers decide too, so that a partition of theirs is taken up at once; memory for all.",
)
@click.option(
    "--instance",
    envvar="SLUGLINE_INSTANCE",
    show_envvar=True,
    metavar="NAME",
    help="A name that no other worker has: restarted within the session timeout, it keeps its partitions.",
)
@click.option(
    "--leave",
    is_flag=True,
    envvar="SLUGLINE_LEAVE",
    show_envvar=True,
    help="Run nothing: take --instance out of the group for good, so that its partitions move at once.",
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
@click.option(
    "--compression",
    type=click.Choice(["none", "gzip"]),
    default="none",
    show_default=True,
    envvar="SLUGLINE_COMPRESSION",
    show_envvar=True,
    help="Of what the worker writes.",
)
@click.option(
    "--watch-port",
    type=click.IntRange(1, 65_535),
    envvar="SLUGLINE_WATCH_PORT",
    show_envvar=True,
    metavar="PORT",
    help="Serve /metrics (Prometheus), /live and /ready there; without it no port is opened.",
)
@click.option(
    "--watch-host",
    default="127.0.0.1",
    show_default=True,
    envvar="SLUGLINE_WATCH_HOST",
    show_envvar=True,
    metavar="HOST",
    help="The address to serve them on.",
)
@click.option(
    "--stalled-after",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    envvar="SLUGLINE_STALLED_AFTER",
    show_envvar=True,
    metavar="SECONDS",
    help="/live says no when nothing was committed for so long though there is lag.",
)
def worker(**_options: Any) -> None:
    """Turn wire.raw.v1 into stories until SIGTERM.

    Refuses to start where a topic is missing or wrong. Every option also from the environment. Logs are
    JSON lines on standard error.
    """
    options = click.get_current_context().params
    try:
        if options.pop("leave"):
            _leave(**options)
            return
        require(options["address"], options["raw_partitions"])  # before what takes seconds to load
        from stream.worker.logs import set_up

        made = wiring(**options)
        set_up()
        _run(made)
    except BrokerError as error:
        raise last_line(error) from error


def _run(wired: "Wiring") -> None:
    from stream.worker.folder import FolderError
    from stream.worker.run import run

    try:
        run(wired)
    except FolderError as error:
        raise last_line(error) from error
    except SystemExit as ended:
        for written in (sys.stdout, sys.stderr):
            written.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 1)  # to take 100,000 stories apart takes 2 s


def _leave(address: str, instance: str | None, **_others: Any) -> None:
    from stream.reading.generation import standing
    from stream.runs import group_of
    from stream.worker.leaving import leave

    if not instance:
        raise click.UsageError("--leave needs --instance NAME: who is to leave", click.get_current_context())
    asyncio.run(leave(address, instance, group_of(asyncio.run(standing(address)).live)))
    click.echo(f"{instance} has left the group: its partitions move to the others")


def wiring(
    address: str,
    raw_partitions: int,
    until_idle: float | None,
    story_life: float,
    languages: tuple[str, ...],
    stage: "Stages",
    state: Path | None,
    standby: bool,
    instance: str | None,
    session_timeout: float,
    max_item_bytes: int,
    compression: str,
    watch_port: int | None,
    watch_host: str,
    stalled_after: float,
    **_leave: bool,
) -> "Wiring":
    """The options as a wiring; faust is imported here, as late as can be."""
    from stream.reading.generation import speaking
    from stream.worker.run import Watching, Wiring

    watch = Watching(watch_port, watch_host, stalled_after) if watch_port else None
    app = {
        "session_timeout": session_timeout,
        "compression": None if compression == "none" else compression,
        "instance": instance or None,
    }
    judged_by = settings(story_life, languages, max_item_bytes)
    live = asyncio.run(speaking(address))
    return Wiring(address, judged_by, raw_partitions, until_idle, watch, app, stage, state, standby, live)
