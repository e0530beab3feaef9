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


REHEARSED = """
import sys
from bench.wire import wire
from stream.core.desk import decide_batch
from stream.core.memory import Memory
from stream.core.rehearsal import rehearse
from stream.core.settings import Settings
from tests.laws.shore import items_of


def compiled():
    found = {}
    for name, module in sys.modules.items():
        if name.startswith("stream.core"):
            for kernel in vars(module).values():
                if hasattr(kernel, "overloads") and kernel.__module__ == name:
                    found[name, kernel.__name__] = len(kernel.overloads)
    return found


items = items_of(list(wire(9, 1_500)))
memories = {item.lane: Memory(item.lane, Settings().story_life) for item in items}
rehearse(Settings())
before = compiled()
for at in range(0, len(items), 250):
    batch, _ = decide_batch(memories, items[at : at + 250], lambda _: None)
    batch.join()
print(sum(before.values()) > 30, sorted(one for one, count in compiled().items() if count != before.get(one, 0)))
"""


def test_a_rehearsed_desk_compiles_nothing_more() -> None:
    """Whatever the wire brings: a kernel that is compiled in mid-stream holds up every item for a second."""
    done = subprocess.run(
        [sys.executable, "-c", REHEARSED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == "True []\n"
