"""Laws of reading beside the event loop: the same values, the same errors, and no thread left behind."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from replay.beside import beside


def readers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "replay-reader"]


async def test_every_value_comes_in_order() -> None:
    """More of them than are read ahead."""
    assert [value async for value in beside(iter(range(5_000)))] == list(range(5_000))


async def test_what_the_iterator_raises_is_raised_after_what_came_before() -> None:
    """A file that breaks off is told, and what it gave is not lost."""

    def breaking() -> Iterator[int]:
        yield 1
        raise OSError("input/output error")

    came = []
    with pytest.raises(OSError, match="input/output error"):
        async for value in beside(breaking()):
            came.append(value)
    assert came == [1]


async def test_a_slow_pipe_does_not_hold_up_the_loop() -> None:
    """While the next line is waited for, deliveries go on; what came is not held back for what has not."""
    line = threading.Event()

    def pipe() -> Iterator[int]:
        yield 1
        assert line.wait(timeout=10)
        yield 2

    values = beside(pipe())
    assert await anext(values) == 1
    second = asyncio.ensure_future(anext(values))
    await asyncio.sleep(0)
    assert not second.done()
    line.set()
    assert await second == 2


async def test_leaving_early_ends_the_reader() -> None:
    """A refused write in the middle leaves no thread waiting for room."""
    before = readers()
    values = beside(iter(range(1_000_000)))
    assert await anext(values) == 0
    (ours,) = [reader for reader in readers() if reader not in before]
    await values.aclose()  # type: ignore[attr-defined]
    await asyncio.to_thread(ours.join, 10)
    assert not ours.is_alive()
