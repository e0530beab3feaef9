"""Lines to paragraphs: hard wraps undone as the copy marks its paragraphs. No word may be taken off here."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from stream.core.furniture.encoding import visible

_WRAPPED: Final = 80  # agency copy is set to 64-69 columns; a line longer than this one is not wrapped


def paragraphs(lines: list[str]) -> list[str]:
    """Blank lines part paragraphs; in wrapped copy an indented line begins one; else each line is one."""
    blocks = (list(block) for blank, block in groupby(lines, _blank) if not blank)
    return [shown for block in blocks for paragraph in _in_block(block) if (shown := visible(paragraph))]


def _blank(line: str) -> bool:
    return not line or line.isspace()


def _in_block(block: list[str]) -> Iterator[str]:
    if len(block) == 1 or max(map(len, block)) > _WRAPPED:
        yield from block
        return
    joined: list[str] = []
    for line in block:
        if joined and line.startswith((" ", "\t")):
            yield " ".join(joined)
            joined = []
        joined.append(line)
    yield " ".join(joined)
