"""Dead letters for people and programs: a table, the headers of one, its bytes as text or in hexadecimal."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from stream.core.dead import DeadLetter
from stream.core.times import write_time
from stream.reading.letters import Kept
from stream.show.plain import UNSEEN, moment, plain

WIDTH, MOST_DUMPED = 16, 4_096  # bytes of a line, of the whole dump


def letter_table(kept: Iterable[Kept]) -> RenderableType:
    """One line a letter, oldest first."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("at", no_wrap=True)
    table.add_column("id", overflow="fold")
    table.add_column("attempt", justify="right")
    table.add_column("bytes", justify="right", no_wrap=True)
    table.add_column("error", overflow="fold", ratio=1)
    for each in kept:
        ours = each.letter.ours
        size = f"{int(ours.get('size', len(each.letter.value))):,}" + (" cut" if "cut" in ours else "")
        cells = (moment(write_time(each.at)), plain(each.id), ours.get("attempt", "0"), size)
        table.add_row(
            *map(Text, cells), Text(plain(ours.get("error", "no dead letter: no header dead.stage")))
        )
    return table


def letter_json(kept: Kept) -> dict[str, Any]:
    """All that is said of it, without its bytes: `slugline dead show ID --raw` writes those."""
    letter = kept.letter
    return {
        **letter.ours,
        "id": kept.id,
        "at": write_time(kept.at),
        "key": None if letter.key is None else _text(letter.key),
        "headers": {name: _text(value) for name, value in letter.came},
    }


def letter_lines(kept: Kept) -> Iterator[str]:
    """Our headers, those that came, a blank line, the bytes."""
    letter = kept.letter
    yield f"id: {plain(kept.id)}"
    if letter.key is not None:
        yield f"key: {plain(_text(letter.key))}"
    yield from (f"{name}: {_shown(value)}" for name, value in letter.headers)
    yield ""
    yield from _body(letter)


def _shown(value: bytes) -> str:
    """A traceback keeps its lines, each indented: no line of it can pass for a header."""
    first, *more = _text(value).splitlines() or [""]
    return "\n".join([plain(first), *(f"  {UNSEEN.sub(chr(0xFFFD), line)}" for line in more)])


def _text(value: bytes) -> str:
    return value.decode("utf-8", "backslashreplace")


def _body(letter: DeadLetter) -> Iterator[str]:
    try:
        text = letter.value.decode()
    except UnicodeDecodeError:
        text = "\0"
    if UNSEEN.search(text.translate({ord(space): None for space in "\n\r\t"})):
        yield from hex_dump(letter.value)
    else:
        yield text.replace("\r", "")
    if "cut" in letter.ours:
        yield f"… the first {len(letter.value):,} of {letter.ours.get('size', '?')} bytes were kept"


def hex_dump(raw: bytes) -> Iterator[str]:
    """`00000000  50 41 52 49 53 …  PARIS…`, the first 4 KB."""
    for start in range(0, min(len(raw), MOST_DUMPED), WIDTH):
        row = raw[start : start + WIDTH]
        seen = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        yield f"{start:08x}  {row.hex(' '):<{WIDTH * 3}} {seen}"
    if len(raw) > MOST_DUMPED:
        yield f"… {len(raw) - MOST_DUMPED:,} bytes more: --raw writes them all"
