"""A judge's errors as people read them: both texts side by side, with the judge's reason. Nothing is scored here."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from random import Random
from typing import Any

from bench.score.gold import Error
from bench.score.running import Stream
from bench.score.said import Said
from stream.core.times import write_time

WIDTH, BETWEEN = 76, " │ "
SEED = 1987


def drawn(errors: Sequence[Error], most: int) -> list[Error]:
    """At most so many of each kind, the same every time, in their order; all for 0."""
    rng = Random(SEED)
    kept: set[Error] = set()
    for kind in dict.fromkeys(error.kind for error in errors):
        of = [error for error in errors if error.kind == kind]
        kept.update(rng.sample(of, most) if 0 < most < len(of) else of)
    return [error for error in errors if error in kept]


def listed(stream: Stream, said: Said, errors: Sequence[Error], most: int, lines: int) -> Iterator[str]:
    """How many of each kind there are, then each that was drawn."""
    counts = Counter(error.kind for error in errors)
    yield f"{stream.name}: " + (
        ", ".join(f"{kind} {count:,}" for kind, count in counts.items()) or "no errors"
    )
    for number, error in enumerate(drawn(errors, most), start=1):
        yield ""
        yield f"{number}. {error.kind} ({error.gold})"
        yield f"   to the later: {_reason(stream, said, error)}"
        yield from _side_by_side(_column(stream, error.earlier, lines), _column(stream, error.later, lines))


def as_json(stream: Stream, said: Said, errors: Sequence[Error], most: int) -> list[dict[str, Any]]:
    return [
        {
            "kind": error.kind,
            "gold": error.gold,
            "reason": _reason(stream, said, error),
            "earlier": _item(stream, error.earlier),
            "later": _item(stream, error.later),
        }
        for error in drawn(errors, most)
    ]


def _reason(stream: Stream, said: Said, error: Error) -> str:
    """With the id that the item had, where the judge names it by the one it was given."""
    to, why = said.joined_to(error.later), said.reason(error.later)
    return why if to is None else why.replace(stream.items[to].name, stream.ids[to])


def _item(stream: Stream, at: int) -> dict[str, str]:
    item = stream.items[at]
    return {"id": stream.ids[at], "ts": write_time(item.ts), "title": item.title, "body": item.body}


def _column(stream: Stream, at: int, lines: int) -> list[str]:
    """At most so many lines of the body; all for 0."""
    item = stream.items[at]
    head = [f"{write_time(item.ts)}  {stream.ids[at]}"[:WIDTH], *_wrapped(item.title)]
    body = [line for part in item.body.split("\n") for line in _wrapped(part)]
    cut = [*body[:lines], f"… {len(body) - lines} lines more"] if 0 < lines < len(body) else body
    return [*head, "", *cut]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _side_by_side(left: list[str], right: list[str]) -> Iterator[str]:
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"{one:<{WIDTH}}{BETWEEN}{other}".rstrip()
