"""An environment for Quix Streams beside ours: it wants another confluent-kafka than the worker does. No app is here."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from bench.measure.figures import tell

# quixstreams 3.28 asks for confluent-kafka<2.13, and the locks have a later one. Only these two differ: everything else
# is found in the environment that runs the bench, by a line in a .pth file, which comes after its own packages.
WANTED = ("quixstreams==3.28.1", "confluent-kafka>=2.12,<2.13")
HOME = Path(__file__).parents[2] / ".cache" / "quix"
PATIENCE = 300.0


def python_with_quix(may_install: bool) -> Path | None:
    """Its interpreter; None where it is not there and cannot be made: no network, or nobody asked for it."""
    python, ready = HOME / "bin" / "python", HOME / "ready"
    if not ready.exists():
        if not may_install:
            return None
        try:
            _make(python)
        except (subprocess.SubprocessError, OSError) as error:
            tell(f"end to end: Quix Streams cannot be installed, its row is left out ({error})")
            return None
        ready.touch()
    return python


def _make(python: Path) -> None:
    tell(f"end to end: {WANTED[0]} is installed into {HOME}, once")
    venv.create(HOME, clear=True, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED]
    subprocess.run(command, check=True, timeout=PATIENCE, stdout=sys.stderr)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(HOME), "platbase": str(HOME)}))
    (own / "beside.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
