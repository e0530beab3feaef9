"""A snapshot as a file: columns one behind the other, with what they were taken of and a checksum. Nothing is folded here.

Written beside the old one, brought to the disk, then put in its place: a file that is there is whole, or its checksum
says that it is not. It is a cache: whatever does not agree is thrown away.
"""

import logging
import mmap
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np

import stream.core
from stream.core.codec import decode, encode
from stream.core.compiled import COMPILED
from stream.core.engine import engine
from stream.core.ids import digest
from stream.core.snapshot import Column, Columns

FORMAT: Final = 1
MAGIC: Final = b"slugline"
LINE: Final = 64  # bytes to which every column is aligned
AT_ONCE: Final = 8 << 20  # bytes written, or summed, at a time
NEW: Final = ".new"

log = logging.getLogger("slugline.worker")


@dataclass(frozen=True, slots=True)
class Film:
    """The lanes of one partition after so many records were kept by the volume that was born as `born`."""

    born: int
    kept: int
    lanes: Sequence[Mapping[str, Column]]


@cache
def stamp() -> dict[str, Any]:
    """What a snapshot must have been taken by to be of use: the same code, table by table and rule by rule."""
    folder = Path(next(iter(stream.core.__path__)))
    sources = digest("sources", *(path.read_text() for path in sorted(folder.rglob("*.py"))))
    return {"format": FORMAT, "engine": engine(), "compiled": COMPILED, "sources": sources}


def write_film(path: Path, film: Film, taken_of: Mapping[str, Any]) -> None:
    """`taken_of`: what else has to agree, such as settings."""
    header = encode(
        {
            "stamp": {**stamp(), **taken_of},
            "born": film.born,
            "kept": film.kept,
            "lanes": _laid_out(film.lanes),
        }
    )
    new = path.with_name(f"{path.name}.{os.getpid()}{NEW}")
    with new.open("wb", buffering=0) as file:
        file.write(MAGIC + len(header).to_bytes(8, "big") + crc32(header).to_bytes(4, "big") + header)
        sums = crc32(b"")
        for column in _columns(film.lanes):
            sums = _put(file, column, sums)
        file.write(sums.to_bytes(4, "big"))
        os.fsync(file.fileno())
    new.replace(path)


def read_film(path: Path, taken_of: Mapping[str, Any]) -> Film | None:
    """None where there is none that is of use; what is of none is removed."""
    try:
        return _read(path, {**stamp(), **taken_of})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, IndexError) as why:
        log.warning("a snapshot is thrown away: %s", why, extra={"file": path})
        path.unlink(missing_ok=True)
        return None


def _read(path: Path, wanted: Mapping[str, Any]) -> Film:
    with path.open("rb") as file:
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    first = len(MAGIC) + 12
    length, told = int.from_bytes(whole[8:16], "big"), int.from_bytes(whole[16:first], "big")
    raw = whole[first : first + length]
    if whole[: len(MAGIC)] != MAGIC or len(raw) != length or crc32(raw) != told:
        raise ValueError("it does not begin as a snapshot does")
    header = decode(raw)
    if header["stamp"] != wanted:
        raise ValueError(f"it was taken by {header['stamp']}, and this is {dict(wanted)}")
    begin = first + length
    if _sum(whole, begin, len(whole) - 4) != int.from_bytes(whole[-4:], "big"):
        raise ValueError("its checksum is another")
    return Film(header["born"], header["kept"], [_lane(whole, begin, lane) for lane in header["lanes"]])


def _laid_out(lanes: Sequence[Mapping[str, Column]]) -> list[dict[str, Any]]:
    """Of every column: its kind, its shape, where it begins."""
    at, told = 0, list[dict[str, Any]]()
    for lane in lanes:
        told.append({})
        for name, column in lane.items():
            told[-1][name] = [column.dtype.str, list(column.shape), at]
            at += -(-column.nbytes // LINE) * LINE
    return told


def _columns(lanes: Sequence[Mapping[str, Column]]) -> Iterator[Column]:
    return (column for lane in lanes for column in lane.values())


def _put(file: Any, column: Column, sums: int) -> int:
    flat = _bytes(column)
    for at in range(0, len(flat), AT_ONCE):
        some = flat[at : at + AT_ONCE]
        sums = crc32(some, sums)
        written = 0
        while written < len(some):  # without a buffer a write may take less
            written += file.write(some[written:])
    rest = bytes(-len(flat) % LINE)
    file.write(rest)
    return crc32(rest, sums)


def _bytes(column: Column) -> memoryview:
    flat: Any = np.ascontiguousarray(column).reshape(-1).view(np.uint8)
    return memoryview(flat)


def _sum(whole: mmap.mmap, begin: int, end: int) -> int:
    view, sums = memoryview(whole), crc32(b"")
    for at in range(begin, end, AT_ONCE):
        sums = crc32(view[at : min(end, at + AT_ONCE)], sums)
    return sums


def _lane(whole: mmap.mmap, begin: int, laid_out: Mapping[str, Any]) -> Columns:
    """Views of the file, which lives as long as one of them does."""
    lane = {}
    for name, (kind, shape, at) in laid_out.items():
        dtype = np.dtype(kind)
        count = int(np.prod(shape, dtype=np.int64))
        lane[name] = np.frombuffer(whole, dtype, count, begin + at).reshape(shape)
    return lane
