"""What an operator meets: a refused start, an end on request, a dead letter and its way back."""

import os
import signal
import subprocess
import sys

import orjson
import pytest

from stream.broker.embedded import EmbeddedBroker
from stream.worker.desk import Desk, KeeperMismatchError
from stream.worker.steps import Keeper
from tests.laws.shore import SETTINGS, Shore, items_of, messages, run
from tests.laws.wires import brief
from tests.system.conftest import Start
from tests.system.processes import BRISK, PATIENCE, ROOT, dead, run_dry, said, slugline, until, worker


def test_a_worker_refuses_to_start_on_other_topics(start: Start) -> None:
    """Exit code 1 and one line with the command that mends it."""
    broker = start(4)
    done = slugline("worker", "--raw-partitions", "6", broker=broker, code=1)
    assert b"wire.raw.v1" in done.stderr and b"Mend: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_worker_with_no_broker_says_so_in_one_line() -> None:
    """Exit code 1, no traceback, what to do."""
    done = slugline("worker", broker="127.0.0.1:1", code=1)
    assert done.stderr.count(b"\n") == 1 and b"127.0.0.1:1" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("worker", "--until-idle", "soon"),
        ("worker", "--language", "ansa"),
        ("fold", "no such file"),
        ("fold", "--topic", "wire.items.v1"),
        ("replay", "--rate", "fast"),
        ("replya",),
        ("dead", "show"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_answered_in_one_line(arguments: tuple[str, ...]) -> None:
    """Exit code 2, what is wrong and where help is."""
    environment = {name: value for name, value in os.environ.items() if name != "SLUGLINE_BROKER"}
    done = subprocess.run(
        [sys.executable, "-m", "stream", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.count(b"\n") == 1 and b"Traceback" not in done.stderr
    assert not done.stdout


def test_sigterm_ends_a_worker_with_0(start: Start) -> None:
    """Within its grace, whatever it is doing."""
    broker = start(4)
    slugline("replay", broker=broker)
    with worker(broker) as process:
        until(lambda: bool(said(broker).stories), "a story")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_the_way_of_faust_works_too(start: Start) -> None:
    """`faust -A stream.worker worker --without-web`: the same worker."""
    broker = start(4)
    slugline("replay", broker=broker)
    process = subprocess.Popen(
        [sys.executable, "-m", "faust", "-A", "stream.worker", "worker", "--without-web", "-l", "info"],
        cwd=ROOT,
        env={**os.environ, "SLUGLINE_BROKER": broker, "SLUGLINE_SESSION_TIMEOUT": "2"},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        until(lambda: said(broker).stories.count(b"\n") == 1, "the story of the seeds")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait(PATIENCE)


def test_a_dead_letter_comes_back_by_the_front_door(start: Start) -> None:
    """Listed, shown with its bytes, and tried again as the next attempt: it fails again, as another letter."""
    broker = start(4)
    subprocess.run(
        [sys.executable, "-m", "stream", "replay", "-", "--broker", broker],
        input=b'{"id": "x", "source": "s", "title": "\xff"}\n{"id": "y", "title": "A headline that is one"}\n',
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    run_dry(broker)
    [letter] = dead(broker)
    assert b"\xff" in slugline("dead", "show", letter["id"], "--raw", broker=broker).stdout
    slugline("dead", "retry", letter["id"], broker=broker)
    run_dry(broker)
    attempts = sorted(str(one.get("attempt")) for one in dead(broker))
    assert attempts == ["0", "1"]
    [story] = [orjson.loads(line) for line in said(broker).stories.splitlines()]
    assert story["headline"] == "A headline that is one"


def test_records_of_another_lane_function_are_refused() -> None:
    """Another `lane()` or partition count sends items to other owners: what was kept may not be mixed with it."""
    shore = Shore()
    run(shore, messages(items_of(brief(91, 5))), at_once=5)
    desk = Desk(SETTINGS, Keeper(lanes="another/8"))
    with pytest.raises(KeeperMismatchError, match="another/8"):
        desk.recover(0, shore.records(0).values())


def test_the_broker_command_serves_a_worker_and_ends_with_0() -> None:
    """`slugline broker` prints its address first; SIGTERM ends it."""
    command = [sys.executable, "-m", "stream", "broker", "--raw-partitions", "2"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        slugline("replay", broker=address)
        slugline("worker", *BRISK, "--raw-partitions", "2", "--until-idle", "1", broker=address)
        assert said(address).stories.count(b"\n") == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_a_full_embedded_broker_ends_before_it_drops_anything() -> None:
    """The worker ends with 1, and what was acknowledged is still there."""
    with pytest.raises(Exception, match=r"full|would"), EmbeddedBroker(raw_partitions=1) as broker:
        for seed in range(4):
            _feed(broker.address, seed)
        run_dry(broker.address, "--raw-partitions", "1", "--compression", "none", code=1)


def _feed(address: str, seed: int) -> None:
    lines = b"".join(orjson.dumps(one) + b"\n" for one in brief(seed, 700, longest=4_000))
    command = [sys.executable, "-m", "stream", "replay", "-", "--broker", address]
    subprocess.run(command, input=lines, cwd=ROOT, check=False, capture_output=True)
