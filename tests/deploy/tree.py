"""The files of the repository, as a fresh clone would have them: what is ignored or made is left out."""

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = ("stream", "replay", "schemas", "bench", "examples", "tests", ".ci")
INSTALLED = ("stream", "replay", "schemas")


def files(under: Path = ROOT) -> Iterator[Path]:
    made = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split())]
    for path in sorted(under.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in made):
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def modules(*rooms: str) -> list[Path]:
    return [path for room in rooms if (ROOT / room).exists() for path in module_files(ROOT / room)]


def module_files(room: Path) -> list[Path]:
    return [path for path in files(room) if path.suffix == ".py"] if room.is_dir() else [room]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def joined_lines(text: str) -> list[str]:
    """Lines as a shell or pip reads them: a backslash at the end joins, a comment is nothing."""
    lines = (line.split("#", 1)[0].strip() for line in text.replace("\\\n", " ").splitlines())
    return [re.sub(r"\s+", " ", line) for line in lines if line]
