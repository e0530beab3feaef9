"""Reads an iterator on a thread of its own, so that a slow pipe or disk never holds up the event loop."""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")

AHEAD = 1_000  # what is read before it is asked for


class _Reader(Generic[Value]):
    """The thread's side: puts what it reads, or what it failed with, and wakes the loop."""

    def __init__(self, source: Iterator[Value]) -> None:
        self.read: queue.Queue[tuple[Value | None, BaseException | None]] = queue.Queue(AHEAD)
        self.wake = asyncio.Event()
        self.left = False
        self._source = source
        self._loop = asyncio.get_running_loop()
        # A daemon, as a thread that waits for a line of standard input cannot be told to end.
        threading.Thread(target=self._run, name="replay-reader", daemon=True).start()

    def _run(self) -> None:
        end: BaseException = StopAsyncIteration()
        try:
            for value in self._source:
                self._put(value, None)
                if self.left:
                    return
        except BaseException as error:  # whatever it is, it is raised again where the inputs are awaited
            end = error
        self._put(None, end)

    def _put(self, value: Value | None, error: BaseException | None) -> None:
        self.read.put((value, error))
        try:
            self._loop.call_soon_threadsafe(self.wake.set)
        except RuntimeError:  # the loop has ended meanwhile: nobody is waiting
            self.left = True

    def leave(self) -> None:
        """Nobody will ask again: a thread that waits for room goes on, sees it and ends."""
        self.left = True
        while not self.read.empty():
            self.read.get_nowait()


async def beside(source: Iterator[Value]) -> AsyncIterator[Value]:
    """What the iterator yields, in order, and what it raises."""
    reader = _Reader(source)
    try:
        while True:
            try:
                value, error = reader.read.get_nowait()
            except queue.Empty:
                reader.wake.clear()
                if reader.read.empty():
                    await reader.wake.wait()
                continue
            if isinstance(error, StopAsyncIteration):
                return
            if error is not None:
                raise error
            yield value  # type: ignore[misc]  # None stands only beside an error
    finally:
        reader.leave()
