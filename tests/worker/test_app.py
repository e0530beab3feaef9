"""Laws of the process: a signal ends it well and in time, standard output stays clean, no port is opened."""

import signal
from inspect import getsource
from pathlib import Path

import mode
import pytest
from faust.tables import TableManager

from stream.broker.embedded import EmbeddedBroker
from stream.topics import ITEMS
from stream.worker.writer import Write
from tests.worker.running import line_of, put, victim


def listening(pid: int) -> set[str]:
    """The inodes of the TCP sockets on which the process listens."""
    own = {link.readlink().name for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    tables = [Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:] for name in ("tcp", "tcp6")]
    rows = [row.split() for table in tables for row in table]
    return {f"socket:[{row[9]}]" for row in rows if row[3] == "0A"} & own


@pytest.mark.parametrize("manner", ["serve", "hold"])
async def test_a_signal_ends_the_worker_with_0(broker: EmbeddedBroker, tmp_path: Path, manner: str) -> None:
    """Between batches, or in one that never ends: SIGTERM ends the process within 10 s, with code 0."""
    await put(broker.address, [Write(ITEMS, b"en", b"1", partition=0)])
    with victim(broker.address, str(tmp_path), manner) as process:
        assert int(await line_of(process)) == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""


@pytest.mark.skipif(
    not Path("/proc/self/net/tcp").exists(), reason="sockets are listed in /proc on Linux only"
)
async def test_the_worker_opens_no_port(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """No web server, no console: a running worker listens nowhere."""
    await put(broker.address, [Write(ITEMS, b"en", b"1", partition=0)])
    with victim(broker.address, str(tmp_path), "serve") as process:
        await line_of(process)
        assert listening(process.pid) == set()


def test_what_is_slept_no_more_is_where_faust_sleeps() -> None:
    """The second before tables start, and the one at the end: another version may do otherwise."""
    assert "sleep(1.0)" in getsource(TableManager.on_start) and "_update_channels" in getsource(
        TableManager.on_start
    )
    assert "sleep(1.0)" in getsource(mode.Worker._sentinel_task)
