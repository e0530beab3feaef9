"""The commands that run a broker in the foreground, as processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiokafka.errors import KafkaError

from stream.broker.admin import Admin
from stream.broker.declare import check, declare
from stream.broker.ledger import MAX_BYTES
from stream.topics import RECORDS, table
from tests.broker.test_both import producer
from tests.conftest import PATIENCE

EMBEDDED = ["-c", "from stream.cli.broker import broker; broker(prog_name='slugline broker')"]
KAFKA = ["-m", "stream.broker.kafka"]
BOTH = [
    pytest.param(EMBEDDED, id="embedded"),
    pytest.param(KAFKA, id="kafka", marks=pytest.mark.kafka),
]


@contextmanager
def started(*words: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """A process of its own group, which nothing of it outlives."""
    command = [sys.executable, *words]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | environment,
    )
    with process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """Its exit code and what it said on standard error."""
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def run(*words: str, **environment: str) -> tuple[int, str]:
    """A command that is to end by itself: its exit code, and what it said on standard error."""
    with started(*words, **environment) as process:
        return ended(process)


def await_hang_up(connection: socket.socket) -> None:
    """Until the other side is gone."""
    connection.settimeout(PATIENCE)
    try:
        assert connection.recv(1) == b""
    except ConnectionResetError:
        pass  # gone the harder way


@pytest.mark.parametrize("command", BOTH)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_prints_its_address_and_ends_when_asked(command: list[str], number: signal.Signals) -> None:
    """The first line is the address, every topic is there, and a signal ends it with 0 and no more words."""
    with started(*command, "--raw-partitions", "3") as process:
        address = first_line(process)
        assert check(address, raw_partitions=3) == ()
        process.send_signal(number)
        code, said = ended(process)
    assert code == 0, said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", BOTH)
def test_the_address_as_json(command: list[str]) -> None:
    """A program gets one JSON object; options come from the environment as well."""
    with started(*command, SLUGLINE_JSON="1", SLUGLINE_RAW_PARTITIONS="2") as process:
        told = json.loads(first_line(process))
        assert check(told["address"], told["raw_partitions"]) == ()
        assert told["raw_partitions"] == 2


def test_limits_are_said_at_the_start() -> None:
    """Whoever starts the embedded broker is told what it cannot do, on standard error."""
    with started(*EMBEDDED) as process:
        first_line(process)
        process.terminate()
        assert "5 MiB" in ended(process)[1]


async def test_ends_with_1_before_it_drops() -> None:
    """A changelog that grows past the limit ends the process, with where it was and what to do instead."""
    with started(*EMBEDDED) as process:
        with pytest.raises(KafkaError):
            async with producer(first_line(process), request_timeout_ms=3_000) as writer:
                for _ in range(2 * MAX_BYTES // 500_000):
                    await writer.send_and_wait(RECORDS, bytes(500_000), key=b"k", partition=3)
        code, said = ended(process)
    assert code == 1
    assert f"{RECORDS}[3]" in said
    assert "Nothing was dropped" in said
    assert "make kafka" in said


@pytest.mark.parametrize("command", BOTH)
def test_a_port_in_use_ends_with_1(command: list[str]) -> None:
    """A port that someone else has is an error that says so, not another port."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, said = run(*command, "--port", port)
    assert code == 1
    assert said.count("\n") == 1
    assert port in said


@pytest.mark.parametrize("words", [["--raw-partitions", "0"], ["--port", "70000"], ["--pory", "1"]])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    """A value or a name that cannot be ends with 2."""
    assert run(*EMBEDDED, *words)[0] == 2


@pytest.mark.kafka
def test_kafka_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """Killed without a word, the command leaves no Kafka behind, nor what that held."""
    with started(*KAFKA, TMPDIR=str(tmp_path)) as process:
        host, _, port = first_line(process).partition(":")
        with socket.create_connection((host, int(port)), PATIENCE) as connection:
            assert list(tmp_path.iterdir())
            process.kill()
            await_hang_up(connection)
            ended(process)  # standard error closes with the last that holds it
    assert not list(tmp_path.iterdir())


@pytest.mark.kafka
@pytest.mark.parametrize("missing", ["java", "mvn"])
def test_a_missing_program_is_one_line(missing: str, tmp_path: Path) -> None:
    """Without Java or Maven the command says which is missing and what brings it."""
    java = shutil.which("java")
    assert java
    if missing == "mvn":
        (tmp_path / "java").symlink_to(java)
    code, said = run(*KAFKA, PATH=str(tmp_path), SLUGLINE_KAFKA_HOME=str(tmp_path / "home"))
    assert code == 1
    assert said.count("\n") == 1
    assert f"`{missing}` is not on the path" in said


@pytest.mark.kafka
def test_three_nodes_are_one_cluster() -> None:
    """Three nodes hold every topic, one of them can say so, and what is written must be on two."""
    with started(*KAFKA, "--nodes", "3") as process:
        for address in first_line(process).split(","):
            Admin(address).wait_for(present={topic.name: topic.partitions for topic in table()})
            assert check(address) == ()
        Admin(address).configure(table()[0], copies=1)
        assert [problem.what for problem in check(address)] == ["has min.insync.replicas 1, less than 2 of 3"]
        declare(address)
        assert check(address) == ()
        process.terminate()
        assert ended(process)[0] == 0
