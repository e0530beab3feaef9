"""What the gate before the embedded broker leaves behind: nothing."""

import gc
import socket
import sys
import threading
from collections.abc import Iterator

import pytest

from stream.broker.gate import HOST, Gate

ROUNDS = 100  # a hang-up met a closing gate in about one of eight
CLIENTS = 4


@pytest.fixture
def upstream() -> Iterator[str]:
    """A broker that hangs up on whoever does."""

    def hang_up(taken: socket.socket) -> None:
        with taken:
            taken.recv(1)

    def serve() -> None:
        while True:
            try:
                taken, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=hang_up, args=(taken,), daemon=True).start()

    with socket.create_server((HOST, 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"{HOST}:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def test_clients_that_hang_up_while_the_gate_closes(upstream: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every socket is closed by the gate, none by the garbage collector."""
    left: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: left.append(str(found.exc_value)))
    for _ in range(ROUNDS):
        gate = Gate(upstream, 0, lambda request: None)
        clients = [socket.create_connection((HOST, gate.port)) for _ in range(CLIENTS)]
        for client in clients:
            client.close()
        gate.close()
    gc.collect()
    assert left == []
