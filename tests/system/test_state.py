"""A worker with a state folder says what fold says, whatever becomes of it or of the folder."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from stream.broker.embedded import EmbeddedBroker
from tests.laws.wires import brief, dealt
from tests.system.conftest import Start
from tests.system.processes import (
    BRISK,
    PATIENCE,
    SMALL,
    folded,
    replaying,
    run_dry,
    said,
    slugline,
    until,
    worker,
    written,
)
from tests.system.test_worker_and_fold import told

ITEMS = 150


def wire_of(tmp_path: Path, seed: int) -> list[str]:
    """A wire in three lanes, in two halves, and whole."""
    every = list(dealt(brief(seed, ITEMS), "en", "de", "fr"))
    parts = {"first": every[: ITEMS // 2], "second": every[ITEMS // 2 :], "whole": every}
    return [written(tmp_path / f"{name}.jsonl", items) for name, items in parts.items()]


def test_killed_again_and_again_it_goes_on_where_it_was(start: Start, tmp_path: Path) -> None:
    """kill -9 in mid-stream, three times, with the folder kept."""
    *_, whole = wire_of(tmp_path, 81)
    broker, state = start(1), str(tmp_path / "state")
    with replaying(broker, whole, "--rate", "10"):
        for least in (10, 40, 80):
            with worker(broker, "--raw-partitions", "1", "--state", state) as process:
                until(lambda least=least: told(broker) > least, f"{least} events told")  # type: ignore[misc]
                process.send_signal(signal.SIGKILL)
                process.wait(PATIENCE)
    run_dry(broker, "--raw-partitions", "1", "--state", state)
    assert said(broker) == folded(whole)


def lost(state: Path, _older: Path) -> None:
    shutil.rmtree(state)


def behind(state: Path, older: Path) -> None:
    """As a backup is that was put back."""
    shutil.rmtree(state)
    shutil.copytree(older, state)


def broken(state: Path, _older: Path) -> None:
    for records in state.glob("*/records/CURRENT"):
        records.write_bytes(b"")


def cut(state: Path, _older: Path) -> None:
    """As a disk that was full would have it."""
    for snapshot in snapshots(state):
        snapshot.write_bytes(snapshot.read_bytes()[: snapshot.stat().st_size // 2])


def flipped(state: Path, _older: Path) -> None:
    for snapshot in snapshots(state):
        raw = bytearray(snapshot.read_bytes())
        raw[len(raw) // 2] ^= 1
        snapshot.write_bytes(raw)


def another(state: Path, _older: Path) -> None:
    """A snapshot of other records than these."""
    for snapshot in snapshots(state):
        shutil.rmtree(snapshot.parent / "records")


def snapshots(state: Path) -> list[Path]:
    found = list(state.glob("*/fold"))
    assert found, "no snapshot was taken"
    return found


def unharmed(_state: Path, _older: Path) -> None:
    """Nothing becomes of it."""


FROM: dict[Callable[[Path, Path], None], str] = {
    unharmed: "snapshot",
    behind: "snapshot",
    lost: "records",
    broken: "records",
    cut: "records",
    flipped: "records",
    another: "records",
}


DAMAGED = (broken, cut, flipped)  # what a worker sees before it asks a broker: on the embedded one alone


@pytest.mark.parametrize("harm", [harm for harm in FROM if harm not in DAMAGED])
def test_whatever_becomes_of_the_folder(
    start: Start, tmp_path: Path, harm: Callable[[Path, Path], None]
) -> None:
    """Between two runs: what the changelog has is all that counts."""
    harmed(start(1), tmp_path, harm)


@pytest.mark.parametrize("harm", DAMAGED)
def test_whatever_damage_the_folder_has(tmp_path: Path, harm: Callable[[Path, Path], None]) -> None:
    """It is noticed, and what the changelog has is all that counts."""
    with EmbeddedBroker(raw_partitions=1) as running:
        harmed(running.address, tmp_path, harm)


def harmed(broker: str, tmp_path: Path, harm: Callable[[Path, Path], None]) -> None:
    """A folder that is harmed after two runs, and a third one, in which everything comes again."""
    first, second, whole = wire_of(tmp_path, 82)
    state, older = tmp_path / "state", tmp_path / "older"
    run = (*BRISK, *SMALL, "--until-idle", "1", "--raw-partitions", "1", "--state", str(state))
    slugline("replay", first, broker=broker)
    slugline("worker", *run, broker=broker)
    shutil.copytree(state, older)
    slugline("replay", second, broker=broker)
    slugline("worker", *run, broker=broker)
    harm(state, older)
    slugline("replay", whole, broker=broker)
    log = slugline("worker", *run, broker=broker).stderr
    assert said(broker) == folded(whole)
    assert recovered_from(log) == {FROM[harm]}


def recovered_from(log: bytes) -> set[str]:
    """Where the memories of the partitions with any record came from."""
    lines = [orjson.loads(line) for line in log.splitlines()]
    return {line["from"] for line in lines if line["message"] == "recovered" and line["kept"] != "0"}


def test_a_folder_that_is_not_for_this_worker_is_refused(start: Start, tmp_path: Path) -> None:
    """Of another partition count, or in another worker's hands: one line, exit code 2."""
    broker, state = start(4), tmp_path / "state"
    run_dry(broker, "--state", str(state))
    (state / "format").write_text('{"format":1,"lanes":"1/8","group":"slugline-v1"}')
    refused = slugline("worker", "--state", str(state), broker=broker, code=2)
    assert b"written for lanes 1/8" in refused.stderr.splitlines()[-1]


def test_two_workers_do_not_share_a_folder(start: Start, tmp_path: Path) -> None:
    """The second is told whose it is, and the first goes on."""
    broker, state = start(4), tmp_path / "state"
    with worker(broker, "--state", str(state)) as first:
        until((state / "format").exists, "the folder")
        refused = slugline("worker", "--state", str(state), broker=broker, code=2)
        assert b"another worker has the state folder" in refused.stderr.splitlines()[-1]
        assert first.poll() is None
