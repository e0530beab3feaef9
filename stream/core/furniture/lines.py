"""Lines to paragraphs: hard wraps undone as the copy marks its paragraphs. No word may be taken off here."""

from collections.abc import Iterable, Iterator
from typing import Final

from stream.core.furniture.encoding import visible

_WRAPPED: Final = 80  # agency copy is set to 64-69 columns; a line longer than this one is not wrapped


def paragraphs(lines: list[str]) -> list[str]:
    """Blank lines part paragraphs; in wrapped copy an indented line begins one; else each line is one."""
    return [shown for block in _blocks(lines) for paragraph in block if (shown := visible(paragraph))]


def _blocks(lines: list[str]) -> Iterator[Iterable[str]]:
    block: list[str] = []
    for line in (*lines, ""):
        if line and not line.isspace():
            block.append(line)
        elif block:
            yield block if len(block) == 1 or max(map(len, block)) > _WRAPPED else _unwrapped(block)
            block = []


def _unwrapped(block: list[str]) -> Iterator[str]:
    joined: list[str] = []
    for line in block:
        if joined and line.startswith((" ", "\t")):
            yield " ".join(joined)
            joined = []
        joined.append(line)
    yield " ".join(joined)
