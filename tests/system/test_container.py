"""Every service of the compose file that is ours: its command line, run as it stands on a broker that is there."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stream.broker.embedded import EmbeddedBroker
from tests.deploy.services import ours
from tests.system.processes import PATIENCE, ROOT, said, until

LIVE = {"worker", "tail"}  # services that run until they are stopped


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    with EmbeddedBroker() as running:
        yield running.address


def started(name: str, broker: str) -> subprocess.Popen[bytes]:
    """The image's entry point with the service's command; the mounted folder is where it is mounted from."""
    command = [{"/input": str(ROOT / "replay" / "seeds")}.get(word, word) for word in ours()[name]["command"]]
    environment = {**os.environ, "SLUGLINE_BROKER": broker, "SLUGLINE_SESSION_TIMEOUT": "2"}
    slugline = Path(sys.executable).parent / "slugline"
    entry = [str(slugline)] if slugline.exists() else [sys.executable, "-m", "stream"]
    return subprocess.Popen([*entry, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def test_the_containers_make_one_story_of_the_seeds(broker: str) -> None:
    """In the order in which compose starts them: topics, worker, replay, tail; stopped as compose stops them."""
    assert set(ours()) == {"topics", "worker", "replay", "tail"}
    live: list[subprocess.Popen[bytes]] = []
    try:
        for name in ("topics", "worker", "tail", "replay"):
            process = started(name, broker)
            if name in LIVE:
                live.append(process)
            else:
                assert process.wait(PATIENCE) == 0, name
        until(lambda: said(broker).stories.count(b'"members_count":2') == 1, "one story of two members")
        for process in live:
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
    finally:
        for process in live:
            process.kill()
            process.wait(PATIENCE)
