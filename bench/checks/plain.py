"""The kernels as plain Python decide what the compiled ones do: every record of the wire, byte for byte. No broker."""

import subprocess
import sys
from pathlib import Path

from bench.checks.ground import Ground
from bench.checks.outcome import Outcome, Wrong

FOLDED = """
import hashlib, sys
if "plain" in sys.argv: sys.modules["numba"] = None
from pathlib import Path
from replay.fold import fold
from replay.inputs import Input
from stream.core.compiled import COMPILED
from stream.core.desk import Decided
from stream.core.record import write
from stream.core.settings import Settings
lines = Path(sys.argv[1]).read_bytes().splitlines()
given = (Input(line, {"content-type": "application/json"}, str(n), None, b"") for n, line in enumerate(lines))
said = hashlib.sha256()
for line in fold(given, Settings()).lines:
    if isinstance(line, Decided): said.update(write(line.record, "same"))
print(COMPILED, said.hexdigest())
"""


def plain(ground: Ground) -> Outcome:
    """Both in a process of its own."""
    count = len(ground.wire.read_bytes().splitlines())
    compiled, slow = (said(ground.wire, *how) for how in ((), ("plain",)))
    if compiled[0] != "True" or slow[0] != "False":
        raise Wrong(f"numba was {compiled[0]} and {slow[0]} instead of there and not there")
    if compiled[1] != slow[1]:
        raise Wrong("compiled kernels and plain ones decided differently")
    told = f"{count:,} items: the same records, byte for byte, with the kernels compiled and as plain Python"
    return Outcome("plain", True, told, {"items": count})


def said(wire: Path, *how: str) -> list[str]:
    """Whether the kernels were compiled, and the hash of all records."""
    run = subprocess.run(
        [sys.executable, "-c", FOLDED, wire, *how], capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise Wrong(f"a fold ended with {run.returncode}: {run.stderr[-500:]}")
    return run.stdout.split()
