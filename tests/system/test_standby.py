"""Workers that follow what the others decide: what comes to them is taken up, and not folded again."""

import signal
from pathlib import Path

import orjson
import pytest

from stream.topics import ITEMS
from stream.worker.standby import LONGEST, SHARE, SLICE, giving_way
from tests.conftest import Running
from tests.laws.wires import brief, dealt
from tests.system.processes import PATIENCE, folded, replaying, said, until, worker, written
from tests.system.test_group import LANES, all_owned
from tests.system.test_watching import free_port, samples
from tests.system.test_worker_and_fold import told


def taken_up(log: Path) -> set[int]:
    """Of the four partitions dealt out last, those whose memory was there."""
    told = [orjson.loads(line) for line in log.read_bytes().splitlines()]
    recovered = [one for one in told if one["message"] == "recovered"]
    return {int(one["partition"]) for one in recovered[-4:] if one["from"] == "memory"}


def followed(port: int) -> float:
    """How many partitions of others a worker is up to date with."""
    return sum(value for (name, _), value in samples(port).items() if name == "slugline_standby_partitions")


@pytest.mark.kafka
@pytest.mark.parametrize("kept", ["in memory", "on disk"])
def test_partitions_that_come_are_taken_up(kafka: Running, tmp_path: Path, kept: str) -> None:
    """One of two is killed in mid-stream, comes back, and the other is stopped: none folds anything twice, and the stories
    are those of the fold, byte for byte."""
    news = written(tmp_path / "wire.jsonl", dealt(brief(97, 500), *LANES))

    def options(name: str, port: int) -> list[str]:
        folder = ["--state", str(tmp_path / name)] if kept == "on disk" else []
        return ["--standby", "--watch-port", str(port), *folder]

    a, b = free_port(), free_port()
    log = tmp_path / "b.log"
    with (
        worker(kafka.address, *options("b", b), log=log) as stays,
        replaying(kafka.address, news, "--rate", "25"),
    ):
        with worker(kafka.address, *options("a", a)) as goes:
            until(all_owned(kafka.address), "every lane dealt out")
            until(lambda: told(kafka.address) > 100, "100 events")
            until(lambda: followed(a) == followed(b) == 2, "each follows the other's")
            goes.kill()
            until(lambda: told(kafka.address) > 200, "200 events")
        until(lambda: taken_up(log) == {0, 1, 2, 3}, "all are its own, and nothing was folded")
        with worker(kafka.address, *options("a", a)):
            until(lambda: followed(a) == 2, "who comes back follows again")
            until(lambda: told(kafka.address) > 300, "300 events")
            stays.send_signal(signal.SIGTERM)
            assert stays.wait(PATIENCE) == 0
            until(lambda: told(kafka.address) >= 500, "every item told")
            until(lambda: said(kafka.address) == folded("--topic", ITEMS, broker=kafka.address), "the fold")


def test_a_follower_gives_way() -> None:
    """It runs for its share of the time, a slice at once; not while it is waited for."""
    now, slept, waited_for = 0.0, list[float](), False

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        slept.append(seconds)

    pause = giving_way(lambda: waited_for, lambda: now, sleep)
    for _ in range(1_000):
        now += SLICE / 4
        pause()
    assert sum(slept) / now == pytest.approx(1 - SHARE, abs=0.01)
    now += 60.0
    pause()
    assert slept[-1] == LONGEST
    waited_for, before = True, len(slept)
    now += 60.0
    pause()
    assert len(slept) == before
