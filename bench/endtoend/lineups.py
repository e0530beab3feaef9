"""The apps that are measured: which processes each is made of, and what it leaves out. Nothing is run here."""

from collections.abc import Iterator
from dataclasses import dataclass

from stream.worker.agents import AT_ONCE


@dataclass(frozen=True, slots=True)
class Lineup:
    """`kinds` names a process each (app.py); `bare`: it passes on what the core said before; `at_once`: items that it gives
    the core."""

    name: str
    kinds: tuple[str, ...]
    at_once: int = AT_ONCE
    bare: bool = False

    @property
    def needs_quix(self) -> bool:
        return "quix" in self.kinds


OURS = Lineup("slugline, 1 worker", ("all",))
TWO = Lineup("slugline, 2 workers, one a stage", ("normalise", "desk"))
FOUR = Lineup("slugline, 4 workers", ("all",) * 4)
LOOP = Lineup("faust, our loop", ("loop",))
TUTORIAL = Lineup("faust, as its tutorials", ("tutorial",), at_once=1)
QUIX = Lineup("Quix Streams", ("quix",), at_once=1)
BARE = tuple(Lineup(f"{one.name}, no core", one.kinds, one.at_once, True) for one in (LOOP, TUTORIAL, QUIX))


def lineups(kafka: bool, quix: bool) -> Iterator[Lineup]:
    """The embedded broker's groups have one member, and it tells Quix Streams too little of its topics."""
    for one in (OURS, LOOP, TUTORIAL, QUIX, TWO, FOUR, *BARE):
        alone = len(one.kinds) == 1
        if (alone or kafka) and not (one.needs_quix and not (kafka and quix)):
            yield one
