"""Kernels kept on disk: they are taken as they are while nothing has changed, and never after."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLEE = """from stream.core.compiled import compiled

TIMES = 2


@compiled
def grown(number: int) -> int:
    return TIMES * number
"""
CALLER = """from stream.core.compiled import compiled
from stream.core.callee import grown


@compiled
def told(number: int) -> int:
    return grown(number) + 1


print(told(20), sum(told.stats.cache_hits.values()))
"""


def test_a_kernel_is_compiled_anew_when_one_that_it_calls_has_changed(tmp_path: Path) -> None:
    """Or a worker that was updated would go on deciding by the rule before."""
    core = tmp_path / "stream" / "core"
    core.mkdir(parents=True)
    for name in ("__init__", "locators", "core/__init__", "core/compiled", "core/ids"):
        (tmp_path / "stream" / f"{name}.py").write_text((ROOT / "stream" / f"{name}.py").read_text())
    (core / "callee.py").write_text(CALLEE)
    (core / "caller.py").write_text(CALLER)
    assert _run(tmp_path) == "41 0"
    assert _run(tmp_path) == "41 1"
    (core / "callee.py").write_text(CALLEE.replace("TIMES = 2", "TIMES = 3"))
    assert _run(tmp_path) == "61 0"


def _run(folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    environment["PYTHONPATH"] = str(folder)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import stream.core.caller"],
        env=environment,
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()
