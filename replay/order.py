"""In which order inputs go, and how often. What they are may not enter."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TypeVar

from replay.inputs import STDIN, Input, read
from stream.core.ids import digest

Value = TypeVar("Value")


def ordered(
    paths: Sequence[str], stdin: IO[bytes], *, max_bytes: int, repeat: int = 1, seed: int | None = None
) -> Iterator[Input]:
    """Every input so many times over; shuffled, all of them together, where there is a seed."""
    again = _repeated(paths, stdin, max_bytes, repeat)
    return again if seed is None else iter(shuffled(again, seed))


def _repeated(paths: Sequence[str], stdin: IO[bytes], max_bytes: int, repeat: int) -> Iterator[Input]:
    if STDIN in paths and repeat > 1:  # it can be read only once
        kept = list(read(paths, stdin, max_bytes))
        return (given for _ in range(repeat) for given in kept)
    return (given for _ in range(repeat) for given in read(paths, stdin, max_bytes))


def shuffled(values: Iterable[Value], seed: int) -> list[Value]:
    """The same order for the same seed and number of values, on any machine and with any Python."""
    kept = list(values)
    order = sorted(range(len(kept)), key=lambda place: digest(str(seed), str(place)))
    return [kept[place] for place in order]
