"""What a worker or a fold says, as bytes, and the first difference between two. Nothing is run here but `slugline`."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from bench.checks.commands import slugline
from bench.checks.outcome import Wrong

AROUND = 60  # bytes quoted on either side of a difference


@dataclass(frozen=True, slots=True)
class Said:
    """Canonical JSON lines: the stories by id, the distinct events by subject, sequence, id."""

    stories: bytes
    events: bytes

    @property
    def counts(self) -> dict[str, int]:
        return {"stories": self.stories.count(b"\n"), "events": self.events.count(b"\n")}


def said_by_fold(*inputs: str | Path) -> Said:
    """`inputs` are arguments of `slugline fold`."""
    with ThreadPoolExecutor(2) as both:
        stories, events = both.map(lambda shown: slugline("fold", *inputs, shown), ("--stories", "--events"))
    return Said(stories, events)


def said_on_topics(broker: str) -> Said:
    events = ("tail", "--json", "--from-beginning", "--until-end", "--canonical")
    return Said(slugline("stories", "--json", "--broker", broker), slugline(*events, "--broker", broker))


def must_agree(what: str, found: Said, expected: Said) -> None:
    """Wrong, with the first difference, unless both say the same, byte for byte."""
    for kind in ("stories", "events"):
        left, right = getattr(found, kind), getattr(expected, kind)
        if left != right:
            raise Wrong(f"{what}: {kind} differ, {_difference(left.splitlines(), right.splitlines())}")


def _difference(left: list[bytes], right: list[bytes]) -> str:
    pairs = list(zip_longest(left, right, fillvalue=b""))
    unlike = [number for number, (one, other) in enumerate(pairs) if one != other]
    one, other = pairs[unlike[0]]
    at = _first(a != b for a, b in zip_longest(one, other))
    return (
        f"{len(unlike):,} of {len(pairs):,} lines, the first is line {unlike[0] + 1}: "
        f"…{_around(one, at)}… and not …{_around(other, at)}…"
    )


def _first(flags: Iterable[bool]) -> int:
    return next(at for at, flag in enumerate(flags) if flag)


def _around(line: bytes, at: int) -> str:
    return line[max(0, at - AROUND) : at + AROUND].decode("utf-8", "replace")
