"""Every command of the README runs: here as it stands, or in the continuous integration, and nothing is left out."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.wire import wire
from stream.broker.embedded import EmbeddedBroker
from tests.system.processes import PATIENCE, ROOT, run_dry, slugline, written

README = (ROOT / "README.md").read_text()
BY_CI = {
    "make demo",
    "make test",
    "make bench",
    "make score",
    "make torture",
}  # each stands in .ci/run or in a test of its own
BY_COMPOSE = "docker compose "  # the file is parsed, and the container's command line run, in tests/deploy
LIVE = ("slugline worker", "slugline tail", "slugline broker", "faust -A", "python examples/alerting")


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def is_run_here(command: str) -> bool:
    return command not in BY_CI and not command.startswith((BY_COMPOSE, "export "))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the README's commands name: a file, a folder, the examples."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "archive").mkdir()
    written(folder / "archive" / "a.jsonl", list(wire(61, 5)))
    written(folder / "monday.jsonl", list(wire(62, 6, per_minute=3000)))
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "slugline").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m stream "$@"\n')
    (folder / "slugline").chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def broker() -> Iterator[str]:
    """With stories, events and a dead letter on its topics."""
    with EmbeddedBroker() as running:
        slugline("replay", broker=running.address)
        subprocess.run(
            [sys.executable, "-m", "stream", "replay", "-", "--broker", running.address],
            input=b'{"broken": \n{"id": "f1", "title": "Harbour ferry returns to service"}\n',
            cwd=ROOT,
            check=True,
        )
        run_dry(running.address)
        yield running.address


@pytest.mark.parametrize("command", [c for c in commands() if is_run_here(c)])
def test_a_command_of_the_readme_runs(command: str, folder: Path, broker: str) -> None:
    """As it stands, with the broker's address from the environment; a live one until SIGTERM."""
    environment = {
        **os.environ,
        "SLUGLINE_BROKER": broker,
        "KAFKA": broker,
        "PYTHONPATH": str(ROOT),
        "SLUGLINE_SESSION_TIMEOUT": "2",
        "PATH": f"{folder}:{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    if " ID" in command:
        first = slugline("dead", "list", "--json", broker=broker).stdout.splitlines()[0]
        command = command.replace(" ID", " " + re.search(rb'"id":"([^"]+)"', first)[1].decode())  # type: ignore[index]
    if " STORY" in command:
        told = slugline("stories", "--json", "--open", broker=broker).stdout.splitlines()
        story, other = sorted(map(json.loads, told), key=lambda state: -state["members_count"])[:2]
        names = {"STORY": story["id"], "OTHER": other["id"], "MEMBER": story["members"][0]["id"]}
        command = re.sub("STORY|OTHER|MEMBER", lambda name: names[name[0]], command)
    live = command.startswith(LIVE) and "--until-end" not in command
    process = subprocess.Popen(
        command, shell=True, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    try:
        _, err = process.communicate(timeout=6 if live else PATIENCE)
    except subprocess.TimeoutExpired:
        assert live, f"still running: {command}"
        os.killpg(process.pid, signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode in ((0, -signal.SIGTERM) if live else (0,)), err.decode()[-2_000:]
    assert b"Traceback" not in err


def test_no_command_is_left_out() -> None:
    """What is not run here stands in the continuous integration, word for word, or is read by the compose tests."""
    ci = (ROOT / ".ci" / "run").read_text() + "".join(
        (ROOT / "tests" / "bench" / f"test_{name}.py").read_text() for name in ("bench", "score")
    )
    for command in BY_CI:
        assert command in commands()
        assert command in ci or command.replace("make ", "-m ") in ci, command
    assert {c for c in commands() if c.startswith("export ")} == {"export SLUGLINE_BROKER=127.0.0.1:9092"}
