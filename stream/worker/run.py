"""All wiring of a worker in one place: app, table, agents, checks, and how the process ends. No rule enters."""

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import faust

from stream.broker.declare import require
from stream.core.compiled import COMPILED
from stream.core.rehearsal import rehearse
from stream.core.settings import Settings
from stream.garbage import look_seldom
from stream.topics import RAW_PARTITIONS
from stream.worker.agents import desk_agent, normalise_agent
from stream.worker.desk import Desk
from stream.worker.faust_app import make_app, make_worker
from stream.worker.idle import until_idle
from stream.worker.pulse import Pulse
from stream.worker.steps import Keeper
from stream.worker.table import records_table

log = logging.getLogger("slugline.worker")


@dataclass(frozen=True, slots=True)
class Wiring:
    """What one worker is made of; `until_idle` in seconds, None to run until a signal."""

    broker: str
    settings: Settings = field(default_factory=Settings)
    raw_partitions: int = RAW_PARTITIONS
    until_idle: float | None = None
    app: Mapping[str, Any] = field(default_factory=dict)  # settings of make_app


def wire(wiring: Wiring) -> faust.App:
    """An app with both agents on it, which refuses to start where a topic is missing or wrong."""
    app = make_app(wiring.broker, **wiring.app)
    pulse = Pulse()
    table = records_table(app)
    normalise_agent(app, wiring.settings, pulse, end)
    desk_agent(app, table, Desk(wiring.settings, Keeper()), pulse, end)
    app.on_worker_init.connect(lambda *_, **__: require(wiring.broker, wiring.raw_partitions), weak=False)
    if wiring.until_idle is not None:
        app.task(lambda: until_idle(wiring.broker, wiring.until_idle or 0.0, pulse))
    return app


def run(wiring: Wiring) -> None:
    """Runs until a signal or until idle; ends the process with 0, or with 1 after an error that was logged."""
    require(wiring.broker, wiring.raw_partitions)
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
