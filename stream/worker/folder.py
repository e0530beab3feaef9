"""The state folder of one worker: whose it is, what it was written for, and that one process has it. No record enters.

All in it is a cache of the changelog: a folder that is lost costs time and nothing else.
"""

import fcntl
import os
import stat
from pathlib import Path

from stream.core.codec import decode, encode
from stream.topics import GROUP
from stream.worker.on_disk import OnDisk

FORMAT = 1  # of what lies in the folder; raised when an older one cannot be read


class FolderError(Exception):
    """A folder that cannot be used: one line, with what to do."""

    exit_code = 2


class Folder:
    """Made where it is missing; locked until `close`, or until the process ends, however it does."""

    def __init__(self, path: Path, lanes: str, group: str = GROUP) -> None:
        """`lanes`: the lane function and the partition count that its records are kept for; `group`: of the generation that
        they are. Raises FolderError."""
        self.path = path
        _make(path)
        self._lock = _locked(path)
        try:
            _agree(path, {"format": FORMAT, "lanes": lanes, "group": group})
        except FolderError:
            self.close()
            raise

    def of(self, partition: int) -> Path:
        return self.path / str(partition)

    def volume(self, partition: int) -> OnDisk:
        """The records of a partition; those of partitions that went to others stay, and are brought up to date if they
        come back: there are no more of them than partitions."""
        return OnDisk(self.of(partition) / "records")

    def close(self) -> None:
        os.close(self._lock)


def _make(path: Path) -> None:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        whose = path.stat()
    except OSError as error:
        raise FolderError(f"the state folder {path} cannot be used: {error.strerror}") from error
    if whose.st_uid != os.getuid() or stat.S_IMODE(whose.st_mode) & 0o022:
        raise FolderError(
            f"the state folder {path} is another user's, or others may write to it: "
            f"chown it to user {os.getuid()} and chmod 700, or name another folder"
        )


def _locked(path: Path) -> int:
    """The file stays when the lock goes: who removed it could remove another's."""
    try:
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise FolderError(f"the state folder {path} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise FolderError(
            f"another worker has the state folder {path}: stop it, or give each a folder of its own"
        ) from error
    return lock


def _agree(path: Path, wanted: dict[str, object]) -> None:
    file = path / "format"
    if not file.exists():
        new = path / "format.new"
        new.write_bytes(encode(wanted) + b"\n")
        new.replace(file)
        return
    found = _said(file)
    for name, value in wanted.items():
        if found.get(name) != value:
            raise FolderError(
                f"the state folder {path} was written for {name} {found.get(name)}, and this worker is for {value}: "
                "run the version that wrote it, or remove the folder (it is made again from the changelog)"
            )


def _said(file: Path) -> dict[str, object]:
    try:
        found = decode(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
