"""Laws of the measured recovery: from its folder a worker follows the tail alone, without the snapshot it folds every record."""

from pathlib import Path

from bench.recovered.again import stood
from bench.recovered.window import leave
from stream.worker.filming import longest_tail

FEW = 2_300


def test_a_killed_worker_stands_again(tmp_path: Path) -> None:
    """The same members both ways."""
    leave(tmp_path / "state", FEW)
    followed = stood(tmp_path / "state")
    (tmp_path / "state" / "0" / "fold").unlink()
    folded = stood(tmp_path / "state")
    assert (followed.records, folded.records) == (longest_tail(FEW), FEW)
    assert followed.members == folded.members > 0
