"""Standard output, for people and for programs; a reader that left ends it quietly. No meaning is here."""

import io
import os
import select
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import Self

import click
from rich.console import Console, RenderableType

PLAIN_WIDTH = 120  # columns where no terminal says how wide it is; COLUMNS says otherwise


class Screen:
    """UTF-8 whatever the locale. Left by a BrokenPipeError (`| head`), it ends as if all was written."""

    def __init__(self) -> None:
        self._out = click.get_binary_stream("stdout")
        self.terminal = sys.stdout.isatty()
        width = None if self.terminal or os.environ.get("COLUMNS") else PLAIN_WIDTH
        self._console = Console(
            file=io.StringIO(),
            force_terminal=self.terminal,
            width=width,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def lines(self, lines: Iterable[bytes]) -> None:
        """For programs: each with a line end, all on their way when this returns."""
        self._out.writelines(line + b"\n" for line in lines)
        self._out.flush()

    def raw(self, whole: bytes) -> None:
        """As it is, with no line end of ours."""
        self._out.write(whole)
        self._out.flush()

    def text(self, text: str) -> None:
        self.lines([text.encode("utf-8", "replace")])

    def draw(self, *drawings: RenderableType) -> None:
        """For people: in colour on a terminal, without the blanks at line ends elsewhere."""
        for drawing in drawings:
            with self._console.capture() as captured:
                self._console.print(drawing)
            self.text("\n".join(line.rstrip() for line in captured.get().rstrip("\n").split("\n")))

    def must_have_a_reader(self) -> None:
        """BrokenPipeError where a pipe's other end was closed: with nothing to write nobody would notice."""
        try:
            poll = select.poll()
            poll.register(self._out.fileno(), 0)
        except (OSError, AttributeError):  # no file behind it, or a system without poll
            return
        if any(happened & (select.POLLERR | select.POLLHUP) for _, happened in poll.poll(0)):
            raise BrokenPipeError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, BrokenPipeError):
            return False
        # The interpreter flushes standard output once more when it ends, and would complain.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._out.fileno())
        os.close(nowhere)
        return True
