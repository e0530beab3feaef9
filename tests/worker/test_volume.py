"""Laws of a volume, in memory and on disk: what is kept is there, in the order in which it came, and no other's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stream.broker.embedded import EmbeddedBroker
from stream.topics import RECORDS
from stream.worker.changelog import catch_up
from stream.worker.folder import Folder, FolderError
from stream.worker.on_disk import OnDisk
from stream.worker.volume import InMemory, Pair, Standing, Volume
from stream.worker.writer import Write
from tests.worker.running import put

LANES = "1/4"


@pytest.fixture(params=["memory", "disk"])
def volume(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Volume]:
    opened = InMemory() if request.param == "memory" else OnDisk(tmp_path / "records")
    yield opened
    opened.close()


def pairs(first: int, end: int, says: str = "says") -> list[Pair]:
    return [(b"%d" % n, b"%s %d" % (says.encode(), n)) for n in range(first, end)]


def on_topic(some: list[Pair]) -> list[Write]:
    return [Write(RECORDS, key, value, partition=0) for key, value in some]


async def read(broker: EmbeddedBroker, volume: Volume) -> int:
    return (await catch_up(broker.address, RECORDS, {0: volume}))[0]


def test_what_is_kept_is_there(volume: Volume) -> None:
    """The last value of every key, and none that was deleted."""
    volume.keep([(b"a", b"1"), (b"b", b"1"), (b"c", b"1")], 2)
    volume.keep([(b"a", b"2"), (b"b", None)], 4)
    assert sorted(volume.records()) == [(b"a", b"2"), (b"c", b"1")]
    assert (volume.record(b"a"), volume.record(b"b"), volume.record(b"d")) == (b"2", None, None)
    assert (volume.standing.next, volume.standing.kept) == (5, 5)


def test_what_came_since_is_told_in_its_order(volume: Volume) -> None:
    """Each once, as it is now; all of it, a part, or nothing."""
    volume.keep(pairs(0, 3), 2)
    volume.keep([(b"1", b"again"), (b"9", b"new")], 4)
    told = volume.since(2)
    assert told is not None and list(told) == [b"says 2", b"again", b"new"]
    assert list(volume.since(5) or [b"unknown"]) == []
    assert volume.since(6) is None


def test_a_gap_before_a_write_is_read_at_the_next_start(volume: Volume) -> None:
    """Where someone else wrote between, what is known of the changelog ends before it."""
    volume.keep(pairs(0, 3), 2)
    volume.keep(pairs(3, 5), 9)
    assert volume.standing.next == 3
    assert volume.record(b"4") == b"says 4"


def test_a_wiped_volume_is_a_new_one(volume: Volume) -> None:
    """Nothing is left, and it takes records as a new one does."""
    volume.keep(pairs(0, 3), 2)
    before = volume.standing.born
    volume.wipe()
    assert (list(volume.records()), volume.standing) == ([], Standing(volume.standing.born))
    assert volume.standing.born != before
    volume.keep(pairs(0, 1), 0)
    assert volume.record(b"0") == b"says 0"


def test_a_volume_on_disk_outlives_the_process(tmp_path: Path) -> None:
    """Opened again it has everything, and how far it had read; of what nobody will ask, the order is gone."""
    first = OnDisk(tmp_path)
    first.keep(pairs(0, 8), 7)
    first.forget_order(5)
    first.close()
    again = OnDisk(tmp_path)
    assert sorted(again.records()) == sorted(pairs(0, 8))
    assert again.standing == first.standing
    assert (again.standing.next, again.standing.kept, again.since(4)) == (8, 8, None)
    assert list(again.since(6) or ()) == [b"says 6", b"says 7"]
    again.close()


def test_a_broken_volume_begins_anew(tmp_path: Path) -> None:
    """What cannot be opened is thrown away: all of it is on the changelog."""
    first = OnDisk(tmp_path)
    first.keep(pairs(0, 8), 7)
    first.close()
    (tmp_path / "CURRENT").write_bytes(b"MANIFEST-999999\n")
    again = OnDisk(tmp_path)
    assert (list(again.records()), again.standing) == ([], Standing(again.standing.born))
    assert again.standing.born != first.standing.born
    again.close()


async def test_only_the_tail_is_read(embedded: EmbeddedBroker, volume: Volume) -> None:
    """What a volume has is not read again; what it lacks is."""
    await put(embedded.address, on_topic(pairs(0, 3_000)))
    assert await read(embedded, volume) == 3_000
    await put(embedded.address, on_topic([*pairs(3_000, 3_010), (b"7", None)]))
    assert await read(embedded, volume) == 11
    assert sorted(volume.records()) == sorted(one for one in pairs(0, 3_010) if one[0] != b"7")
    assert await read(embedded, volume) == 0


@pytest.mark.parametrize("lies", [2, 8, 12], ids=["shorter", "as long", "longer"])
async def test_a_changelog_that_is_another_is_read_from_its_start(
    embedded: EmbeddedBroker, volume: Volume, lies: int
) -> None:
    """Deleted and made again, whatever has been written to it since: nothing is left of what was kept of the first."""
    volume.keep(pairs(0, 8), 7)
    await put(embedded.address, on_topic(pairs(0, lies, "another")))
    assert await read(embedded, volume) == lies
    assert sorted(volume.records()) == sorted(pairs(0, lies, "another"))
    assert volume.standing.next == lies


def test_one_process_has_a_folder(tmp_path: Path) -> None:
    """A second one is told so; the lock goes with the first."""
    first = Folder(tmp_path / "state", LANES)
    with pytest.raises(FolderError, match="another worker has the state folder"):
        Folder(tmp_path / "state", LANES)
    first.close()
    Folder(tmp_path / "state", LANES).close()


@pytest.mark.parametrize("said", [b'{"format":0,"lanes":"1/4","group":"slugline-v1"}', b"", b"\xff", b"[]"])
def test_a_folder_of_another_kind_is_refused(tmp_path: Path, said: bytes) -> None:
    """Another format, or one that cannot be read: told what to do, and nothing in it is touched."""
    Folder(tmp_path, LANES).close()
    (tmp_path / "format").write_bytes(said)
    with pytest.raises(FolderError, match="remove the folder"):
        Folder(tmp_path, LANES)
    assert (tmp_path / "format").read_bytes() == said


def test_a_folder_of_another_partition_count_is_refused(tmp_path: Path) -> None:
    """What was found, and what was wanted."""
    Folder(tmp_path, "1/4").close()
    with pytest.raises(FolderError, match="lanes 1/4, and this worker is for 1/8"):
        Folder(tmp_path, "1/8")


def test_a_folder_that_others_may_write_is_refused(tmp_path: Path) -> None:
    """What lies in it is believed: it has to be our own."""
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(FolderError, match="chmod 700"):
        Folder(folder, LANES)


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """A file in its place, say."""
    (tmp_path / "state").write_text("here is a file")
    with pytest.raises(FolderError, match="cannot be used"):
        Folder(tmp_path / "state", LANES)
