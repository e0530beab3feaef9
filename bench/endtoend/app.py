"""`python -m bench.endtoend.app KIND BROKER [--said FILE] [--parts FILE]`: one process of an app, until SIGTERM. Which is
faster is found elsewhere."""

import tempfile
from pathlib import Path
from typing import Any, get_args

import click

from bench.endtoend.loop import loop
from bench.endtoend.parts import sample
from bench.endtoend.quix import quix
from bench.endtoend.stages import stages
from bench.endtoend.tutorial import tutorial
from bench.measure.wires import SETTINGS
from stream.core.rehearsal import rehearse
from stream.garbage import look_seldom
from stream.worker.faust_app import make_worker
from stream.worker.logs import set_up
from stream.worker.run import Stages, Wiring, run

BARE = {"loop": loop, "tutorial": tutorial}
KINDS = (*get_args(Stages), *BARE, "quix")


@click.command("app")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("address")
@click.option(
    "--said", type=click.Path(path_type=Path), help="Messages made before, for an app without the core."
)
@click.option("--parts", type=click.Path(path_type=Path), help="Where to leave how its time was spent.")
def main(kind: Any, address: str, said: Path | None, parts: Path | None) -> None:
    """The worker with its stages, or a bare app; each is warmed and collects garbage as the worker does."""
    set_up()
    with tempfile.TemporaryDirectory(prefix="slugline-bench-") as folder:
        settings = {"folder": Path(folder), "session_timeout": 6.0}
        if parts:
            sample(parts)
        if kind in get_args(Stages):
            run(Wiring(address, SETTINGS, app=settings, stage=kind))
            return
        look_seldom()
        if not said:
            rehearse(SETTINGS)
        if kind == "quix":
            quix(address, stages(said))
        else:
            make_worker(BARE[kind](address, settings, stages(said))).execute_from_commandline()


if __name__ == "__main__":
    main()
