"""What commands with a broker in the foreground share: the address they print, the signals that end them."""

import select
import signal
import socket
from types import FrameType, TracebackType
from typing import Any, Self

import click

from stream.core.codec import encode

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Ending:
    """Within it SIGINT and SIGTERM ask for the end instead of being one.

    A socket and not an Event: a handler that sets an Event while its own thread takes that Event's lock
    waits for itself for ever.
    """

    def __init__(self) -> None:
        self._before: dict[signal.Signals, Any] = {}

    def ask(self) -> None:
        """From any thread, any number of times."""
        self._asker.send(b".")

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the end was asked for, now or before."""
        return bool(select.select([self._asked], [], [], seconds)[0])

    def __enter__(self) -> Self:
        self._asked, self._asker = socket.socketpair()
        self._before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._asked.close()
        self._asker.close()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.ask()


def announce(address: str, as_json: bool, more: dict[str, Any]) -> None:
    """The first line on standard output: the address alone, or a JSON object with it."""
    click.echo(encode({"address": address} | more).decode() if as_json else address)
