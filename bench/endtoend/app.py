"""`python -m bench.endtoend.app NAME BROKER`: one of the three apps, until SIGTERM. Which is faster is found elsewhere."""

import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import faust

from bench.endtoend.loop import loop
from bench.endtoend.tutorial import tutorial
from bench.measure.wires import SETTINGS
from stream.worker.faust_app import make_worker
from stream.worker.logs import set_up
from stream.worker.run import Wiring, wire

App = Callable[[str, Mapping[str, Any]], faust.App]

OURS, LOOP, TUTORIAL = "slugline", "faust, our loop", "faust, as its tutorials"
APPS: dict[str, App] = {
    OURS: lambda address, settings: wire(Wiring(address, SETTINGS, app=settings)),
    LOOP: loop,
    TUTORIAL: tutorial,
}


def main(name: str, address: str) -> None:
    set_up()
    with tempfile.TemporaryDirectory(prefix="slugline-bench-") as folder:
        settings = {"folder": Path(folder), "session_timeout": 6.0}
        make_worker(APPS[name](address, settings)).execute_from_commandline()


if __name__ == "__main__":
    main(*sys.argv[1:])
