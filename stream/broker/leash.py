"""Runs one program and ends it when whoever started this is gone, however it went. Nothing else may enter.

The starter holds the other end of standard input, which closes even when it is killed; a parent-death
signal would be Linux's alone, and comes when the starting thread ends. A starter that ends in order says
so with a byte, which also tells whether the program may take its time; one that did not has left its folder behind,
which is removed.
"""

import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

IN_ORDER, AT_ONCE = b".", b"9"
GRACE = 20.0  # seconds for the program to end by itself after it was asked to


def main(folder: str, log: str, command: list[str]) -> int:
    """The program's exit code; what it says goes to `log`."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(
            number, lambda *_: None
        )  # the starter's end is the one order; SIG_IGN would be inherited
    with Path(log).open("wb") as said:
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    left = threading.Event()
    threading.Thread(target=_end_with_starter, args=(program, left), daemon=True).start()
    code = program.wait()
    if left.is_set():
        shutil.rmtree(folder, ignore_errors=True)
    return code


def _end_with_starter(program: "subprocess.Popen[bytes]", left: threading.Event) -> None:
    order = sys.stdin.buffer.read()
    if order == AT_ONCE:
        program.kill()
        return
    if order != IN_ORDER:
        left.set()
    program.terminate()
    try:
        program.wait(GRACE)
    except subprocess.TimeoutExpired:
        program.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
