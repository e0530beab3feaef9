"""What is to be replayed, input by input: files, folders, standard input. No broker may enter."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from stream.core.codec import encode
from stream.core.ids import digest
from stream.core.item import Rejected
from stream.core.json_text import DEEPEST, Unread, read_json, shallow
from stream.core.parse import JSON, TEXT, UNKNOWN_SOURCE, parse
from stream.core.times import SECOND, write_time
from stream.topics import MAX_ITEM_BYTES

STDIN = "-"
FILE_SOURCE = "file"


class Unreadable(Exception):  # noqa: N818  # a bad path is no error of ours
    """A path that cannot be read: which, and why."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")


@dataclass(frozen=True, slots=True)
class Input:
    """One delivery to be made: the bytes, what is said of them, and `where` they stand (file:line).

    `ts` is the item's own time in milliseconds, None where it has none that can be read. `key` is the
    message's on wire.raw.v1. The headers name source and id as parse tells them, and add nothing to it.
    """

    raw: bytes
    headers: dict[str, str]
    where: str
    ts: int | None
    key: bytes


def read(paths: Sequence[str], stdin: IO[bytes], max_bytes: int = MAX_ITEM_BYTES) -> Iterator[Input]:
    """Every input of every path, in order; the seeds where no path is given.

    Raises `Unreadable` at once, before the first input, for a path that cannot be read.
    """
    found = find(paths)
    return (one for path in found for one in _read_path(path, stdin, max_bytes))


def find(paths: Sequence[str]) -> tuple[str, ...]:
    """The files that the paths stand for, `-` among them; folders recursively, in byte order of path."""
    return tuple(file for path in paths or (seeds(),) for file in _find(path))


def seeds() -> str:
    """The folder of the two packaged items about one agreement."""
    return str(files("replay") / "seeds")


def stamped(given: Input, received: int, n: int = 0) -> Input:
    """An input without a time of its own, as received at `received` milliseconds and n seconds."""
    if given.ts is not None:
        return given
    return replace(given, headers=given.headers | {"received": write_time(received + n * SECOND)})


# --- paths ---


def _find(path: str) -> Iterator[str]:
    if path == STDIN:
        yield path
    elif Path(path).is_dir():
        inside = (Path(top, name) for top, _, names in os.walk(path, onerror=_refuse) for name in names)
        regular = sorted((str(file) for file in inside if file.is_file()), key=os.fsencode)
        yield from (_checked(file) for file in regular)
    else:
        yield _checked(path)


def _checked(path: str) -> str:
    """Opened once to know that it can be; a pipe can be opened only once, and is taken on trust."""
    try:
        if Path(path).is_file() or not Path(path).exists():
            Path(path).open("rb").close()
    except (OSError, ValueError) as error:
        _refuse(error, path)
    return path


def _refuse(error: Exception, path: str = "") -> None:
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    name = path or (str(error.filename) if isinstance(error, OSError) else "")
    raise Unreadable(_shown(name), why.lower()) from error


def _shown(path: str) -> str:
    """A path as UTF-8 text, whatever bytes it is made of; two paths never look the same."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


# --- contents ---


def _read_path(path: str, stdin: IO[bytes], max_bytes: int) -> Iterator[Input]:
    if path == STDIN:
        yield from _lines(stdin, STDIN, max_bytes)
        return
    try:
        with Path(path).open("rb") as file:
            yield from _read_file(file, path, max_bytes)
    except OSError as error:
        _refuse(error, path)


def _read_file(file: IO[bytes], path: str, max_bytes: int) -> Iterator[Input]:
    match Path(path).suffix.lower():
        case ".jsonl":
            yield from _lines(file, _shown(path), max_bytes)
        case ".json":
            yield from _document(file.read(), _shown(path), max_bytes)
        case _:
            named = {"content-type": TEXT, "source": FILE_SOURCE, "id": _shown(Path(path).stem)}
            yield _input(file.read(), named, f"{_shown(path)}:1", max_bytes)


def _lines(file: IO[bytes], name: str, max_bytes: int) -> Iterator[Input]:
    """One input a line, read as it is asked for."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield _input(line.rstrip(b"\r\n"), {"content-type": JSON}, f"{name}:{number}", max_bytes)


def _document(raw: bytes, name: str, max_bytes: int) -> Iterator[Input]:
    """An array's elements one by one, counted from 1; anything else, broken or not, as it stands."""
    value = read_json(raw)
    whole = isinstance(value, Unread) or not isinstance(value, list)
    each = [raw] if whole else (_written(element) for element in value)
    for number, one in enumerate(each, start=1):
        yield _input(one, {"content-type": JSON}, f"{name}:{number}", max_bytes)


def _written(element: Any) -> bytes:
    try:
        return encode(element)
    except TypeError:  # orjson reads deeper than it writes
        return encode(shallow(element, 2 * DEEPEST))


def _input(raw: bytes, headers: dict[str, str], where: str, max_bytes: int) -> Input:
    item = parse(raw, headers, max_bytes=max_bytes)
    if isinstance(item, Rejected):
        source, name = headers.get("source", UNKNOWN_SOURCE), headers.get("id", f"c-{digest(raw)}")
        return Input(raw, headers, where, None, f"{source}:{name}".encode())
    named = headers | {"source": item.source, "id": item.id}
    ts = None if "ts.missing" in item.flags else item.ts
    return Input(raw, named, where, ts, f"{item.source}:{item.id}".encode())
