"""All wiring of a worker in one place: app, table, agents, checks, and how the process ends. No rule enters."""

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, NoReturn

import faust

from stream.broker.declare import require
from stream.broker.problem import BrokerError
from stream.core.compiled import COMPILED
from stream.core.rehearsal import rehearse
from stream.core.settings import Settings
from stream.garbage import look_seldom
from stream.reading.generation import still_speaks
from stream.runs import FIRST, group_of, named
from stream.topics import RAW_PARTITIONS, RECORDS
from stream.worker.agents import desk_agent, normalise_agent
from stream.worker.desk import Desk
from stream.worker.faust_app import make_app, make_worker
from stream.worker.filming import Filming
from stream.worker.folder import Folder, FolderError
from stream.worker.idle import until_idle
from stream.worker.metrics import Metrics
from stream.worker.owner import Owner
from stream.worker.pulse import Pulse
from stream.worker.standby import Standby
from stream.worker.steps import Keeper
from stream.worker.table import in_memory, records_table
from stream.worker.tenure import Tenure
from stream.worker.watch import LOOPBACK, STALLED, Watch

log = logging.getLogger("slugline.worker")


Stages = Literal["normalise", "desk", "all"]


@dataclass(frozen=True, slots=True)
class Watching:
    """Where metrics and health are served, and after how many seconds without a commit a worker is not alive."""

    port: int
    host: str = LOOPBACK
    stalled_after: float = STALLED


@dataclass(frozen=True, slots=True)
class Wiring:
    """What one worker is made of; `until_idle` in seconds, None to run until a signal."""

    broker: str
    settings: Settings = field(default_factory=Settings)
    raw_partitions: int = RAW_PARTITIONS
    until_idle: float | None = None
    watch: Watching | None = None
    app: Mapping[str, Any] = field(default_factory=dict)  # settings of make_app
    stage: Stages = "all"
    state: Path | None = None  # the folder that the records are kept in; None to keep them in memory
    standby: bool = False  # whether it follows what others decide
    generation: str = FIRST  # whose records it keeps, and under whose group it reads


def wire(wiring: Wiring) -> faust.App:
    """An app with the agents of its stages on it, which refuses to start where a topic is missing or wrong.

    It has the table whatever its stages are: any member may lead the group, and the leader deals the table's partitions.
    """
    group = group_of(wiring.generation)
    app = make_app(wiring.broker, **{"app_id": group, **wiring.app})
    pulse, metrics, keeper = Pulse(), Metrics(), Keeper(topic=named(wiring.generation, RECORDS))
    folder = (
        Folder(wiring.state, keeper.lanes, group) if wiring.state and wiring.stage != "normalise" else None
    )
    opened = folder.volume if folder else in_memory
    table = records_table(app, opened=opened, others_too=wiring.standby)
    desk = Desk(wiring.settings, keeper)
    filming = Filming(desk, folder.of) if folder else None
    if wiring.stage != "desk":
        normalise_agent(app, wiring.settings, pulse, metrics, end)
    if wiring.stage != "normalise":
        owner = Owner(desk, table, filming)
        speaks = partial(still_speaks, wiring.broker, wiring.generation)
        standby = Standby(table, owner, metrics) if wiring.standby else None
        desk_agent(app, Tenure(app, table, owner, metrics, end, speaks, standby), pulse, metrics)
    app.on_worker_init.connect(lambda *_, **__: _look_first(wiring), weak=False)
    if wiring.until_idle is not None:
        app.task(lambda: until_idle(wiring.broker, wiring.until_idle or 0.0, pulse, group))
    if (watching := wiring.watch) is not None:
        watch = Watch(app, desk, table, metrics, watching.stalled_after)
        app.task(lambda: watch.serve(watching.port, watching.host))
    return app


def _look_first(wiring: Wiring) -> None:
    """Asked again: who starts it with faust's own command has not been told, and is not shown a traceback."""
    try:
        require(wiring.broker, wiring.raw_partitions)
    except BrokerError as error:
        leave(error)


def leave(error: BrokerError | FolderError) -> NoReturn:
    """Ends the process with one line."""
    sys.stderr.write(f"stream.worker: {error}\n")
    raise SystemExit(error.exit_code) from error


def run(wiring: Wiring) -> None:
    """Runs until a signal or until idle; ends the process with 0, or with 1 after an error that was logged.
    Whoever calls it has asked `require`; the app asks again."""
    if not COMPILED:
        log.warning("numba is not installed: the index runs as plain Python, equal and many times slower")
    rehearse(wiring.settings)
    look_seldom()
    worker = make_worker(wire(wiring))
    try:
        worker.execute_from_commandline()
    except SystemExit as leaving:
        sys.exit(leaving.code)


def end(error: BaseException) -> None:
    """At once: nothing of the batch in hand has been acknowledged, and a restarted worker reads it again."""
    log.critical("the worker ends: %s", error, exc_info=error)
    logging.shutdown()
    os._exit(1)
