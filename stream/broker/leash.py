"""Runs one program and ends it when whoever started this is gone, however it went. Nothing else may enter.

The starter holds the other end of standard input, which closes even when it is killed; a parent-death
signal would be Linux's alone, and comes when the starting thread ends.
"""

import signal
import subprocess
import sys
import threading

GRACE = 20.0  # seconds for the program to end by itself after it was asked to


def main(command: list[str]) -> int:
    """The program's exit code."""
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  its whole purpose
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: program.terminate())
    threading.Thread(target=_end_with_starter, args=(program,), daemon=True).start()
    return program.wait()


def _end_with_starter(program: "subprocess.Popen[bytes]") -> None:
    sys.stdin.buffer.read()
    program.terminate()
    try:
        program.wait(GRACE)
    except subprocess.TimeoutExpired:
        program.kill()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
