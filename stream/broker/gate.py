"""The gate before the embedded broker: every request passes it, and a write that would drop others does not.

Watching from outside would come too late: one Produce request can hold more than a partition has left.
"""

import asyncio
import logging
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from stream.broker.problem import BrokerError
from stream.broker.wire import INT, PRODUCE, UnreadableError

log = logging.getLogger(__name__)
T = TypeVar("T")

HOST = "127.0.0.1"
CHUNK = 256 * 1_024
MAX_REQUEST = 100 * 1_024 * 1_024  # Kafka's socket.request.max.bytes
TURNS = 5  # of the loop, from an accepted connection to one that has been closed
HUNG_UP = (OSError, asyncio.IncompleteReadError)  # what a client or the broker going away looks like


class Gate:
    """Listens on a loopback port and hands every request on to `upstream`.

    `admit` sees each Produce request, without its length, before the broker does, on the gate's own thread.
    """

    def __init__(self, upstream: str, port: int, admit: Callable[[bytes], None]) -> None:
        self._upstream_port = int(upstream.rpartition(":")[2])
        self._admit = admit
        self._clients: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gate", daemon=True)
        self._thread.start()
        try:
            self._server = self._run(asyncio.start_server(self._client, HOST, port, limit=4 * CHUNK))
        except (OSError, OverflowError) as error:
            self._stop()
            raise BrokerError(f"the embedded broker cannot listen on {HOST}:{port}: {error}") from error
        self.port = int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        self._run(self._hang_up())
        self._stop()

    def _run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _hang_up(self) -> None:
        """Until nothing is under way. A server that closes while asyncio is accepting leaves a socket open."""
        while any("accept" in str(task.get_coro()) for task in asyncio.all_tasks()):
            await asyncio.sleep(0)
        self._server.close()
        for _ in range(TURNS):
            for client in self._clients:
                client.cancel()
            await asyncio.gather(*self._clients, return_exceptions=True)
            await asyncio.sleep(0)

    def _client(self, reader: StreamReader, writer: StreamWriter) -> None:
        client = self._loop.create_task(self._serve(reader, writer))
        self._clients.add(client)
        client.add_done_callback(self._clients.discard)
        client.add_done_callback(
            lambda _: writer.close()
        )  # also of a task that was cancelled before it began

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One client, until either side hangs up; then both do."""
        with suppress(*HUNG_UP):
            try:
                answers, requests = await asyncio.open_connection(HOST, self._upstream_port, limit=4 * CHUNK)
            except BaseException:
                await _shut(writer)
                raise
            ways = (self._hand_on(reader, requests), _pass(answers, writer))
            tasks = [self._loop.create_task(way) for way in ways]
            try:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                requests.close()  # both before anything is awaited: a hang-up may come between
                writer.close()
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, _shut(requests), _shut(writer), return_exceptions=True)

    async def _hand_on(self, reader: StreamReader, requests: StreamWriter) -> None:
        try:
            while True:
                requests.write(await self._request(reader))
                await requests.drain()
        except UnreadableError as error:
            log.error("embedded broker: a client was cut off: %s", error)

    async def _request(self, reader: StreamReader) -> bytes:
        length = await reader.readexactly(INT.size)
        (size,) = INT.unpack(length)
        if not 0 <= size <= MAX_REQUEST:
            raise UnreadableError(f"a request of {size:,} bytes; at most {MAX_REQUEST:,} are taken")
        request = await reader.readexactly(size)
        if request.startswith(PRODUCE):
            self._admit(request)
        return length + request


async def _pass(answers: StreamReader, writer: StreamWriter) -> None:
    while chunk := await answers.read(CHUNK):
        writer.write(chunk)
        await writer.drain()


async def _shut(writer: StreamWriter) -> None:
    writer.close()
    with suppress(*HUNG_UP):
        await writer.wait_closed()
