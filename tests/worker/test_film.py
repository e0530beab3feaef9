"""Laws of a snapshot as a file: it is what was written, or it is thrown away."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stream.worker import film
from stream.worker.film import Film, read_film, write_film

OF = {"story_life": 7}


def columns(seed: int) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    return {
        "longs": chance.integers(0, 1 << 60, 1_000),
        "table": chance.integers(0, 1 << 30, (77, 3)).astype(np.int32),
        "every other": np.arange(100, dtype=np.uint8)[::2],
        "none": np.empty((0, 4), np.int64),
        "said": np.frombuffer(b'{"lane":"en"}', np.uint8),
        "yes": np.array([True, False]),
    }


def written(path: Path) -> Film:
    one = Film(5, 11, [columns(1), columns(2)])
    write_film(path, one, OF)
    return one


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Every column of every lane, its kind and its shape; over an older one, too, and nothing else is left."""
    path = tmp_path / "fold"
    write_film(path, Film(5, 3, []), OF)
    one = written(path)
    read = read_film(path, OF)
    assert read is not None and (read.born, read.kept) == (5, 11)
    for lane, other in zip(one.lanes, read.lanes, strict=True):
        assert sorted(lane) == sorted(other)
        for name in lane:
            assert lane[name].dtype == other[name].dtype
            np.testing.assert_array_equal(lane[name], other[name])
    assert [file.name for file in tmp_path.iterdir()] == ["fold"]


def test_there_may_be_none(tmp_path: Path) -> None:
    """Nothing is said of it."""
    assert read_film(tmp_path / "fold", OF) is None


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.999])
def test_cut_anywhere_it_is_thrown_away(tmp_path: Path, share: float) -> None:
    """In its header, in its columns, in its checksum."""
    path = tmp_path / "fold"
    written(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert read_film(path, OF) is None
    assert not path.exists()


@pytest.mark.parametrize("at", [0, 9, 17, 40, 1_000, 5_000, -5, -1])
def test_with_a_byte_flipped_it_is_thrown_away(tmp_path: Path, at: int) -> None:
    """Wherever it lies."""
    path = tmp_path / "fold"
    written(path)
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0x20
    path.write_bytes(raw)
    assert read_film(path, OF) is None
    assert not path.exists()


def test_of_other_settings_it_is_thrown_away(tmp_path: Path) -> None:
    """What was taken of one story life is of no use for another."""
    written(tmp_path / "fold")
    assert read_film(tmp_path / "fold", {"story_life": 8}) is None


@pytest.mark.parametrize("name", ["engine", "compiled", "sources", "format"])
def test_of_another_engine_it_is_thrown_away(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Policy, compiler, code, format: any of them."""
    written(tmp_path / "fold")
    monkeypatch.setattr(film, "stamp", lambda: {**STAMP, name: "another"})
    assert read_film(tmp_path / "fold", OF) is None


STAMP = film.stamp()
