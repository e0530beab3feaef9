"""Wires on which stories turn out to be one: two reports that share a paragraph, then the brief that is that paragraph."""

import random
from typing import Any

Object = dict[str, Any]

_PORTS = (
    "Merrin",
    "Weneracliff",
    "Halden",
    "Tarsk",
    "Ostrava",
    "Lerwick",
    "Bantry",
    "Corvo",
    "Anholt",
    "Varde",
)
_WORDS = (
    "harbour pilot tug lighthouse sandbank quay fog crew diver hull cargo rescue helicopter captain deck engine storm "
    "inquiry ministry island fishing rope lantern radio weather signal bridge anchor cabin passenger company repair "
    "leak pump buoy channel mooring freight winch ballast timber grain ledger auction vessel"
).split()
_ENDINGS = (
    "as divers search hull",
    "coast guard says today",
    "owners await inquiry",
    "ministry orders check",
)


def minutes(number: int) -> str:
    return f"2026-01-05T{8 + number // 60:02d}:{number % 60:02d}:00Z"


class Event:
    """One event as several desks tell it: `report`s are longer texts, `brief(paragraph)` one of them alone."""

    def __init__(self, chance: random.Random, place: str) -> None:
        self.place, self._chance = place, chance
        self.shared = [self._paragraph(36), self._paragraph(36)]

    def report(self, name: str, desk: int, first: bool, last: bool) -> Object:
        """Its own text, with the shared paragraphs before and after it: no lede of another stands in it."""
        own = [f"{self._paragraph(40)} {self._count()}" for _ in range(3)]
        told = [*self.shared[: int(first)], *own, *self.shared[2 - int(last) :]]
        return self._item(name, desk, "\n\n".join(told))

    def brief(self, name: str, desk: int, paragraph: int) -> Object:
        return self._item(name, desk, self.shared[paragraph])

    def _item(self, name: str, desk: int, text: str) -> Object:
        title = f"Grain freighter aground off {self.place} in fog, {_ENDINGS[desk]}"
        return {"id": name, "source": f"desk-{desk}", "title": title, "text": text, "lang": "en"}

    def _count(self) -> str:
        """Every desk has its own figures: one report told twice would keep them."""
        return (
            f"Of {self._chance.randrange(10_000, 99_000)} bags {self._chance.randrange(100, 9_000)} are dry."
        )

    def _paragraph(self, words: int) -> str:
        said = [self._chance.choice(_WORDS) for _ in range(words)]
        return f"The {' '.join(said[:18])} off {self.place}. Then the {' '.join(said[18:])}."


def doubles(seed: int, events: int, lang: str = "en") -> list[Object]:
    """Of each event three reports that are three stories, two briefs that make them one (a chain of two redirects), and
    a late copy of the report that folded first; the events interleaved."""
    chance = random.Random(seed)
    wire: list[tuple[float, Object]] = []
    for number in range(events):
        event = Event(chance, _PORTS[number % len(_PORTS)] + "ab"[number // len(_PORTS) % 2])
        told = [
            event.report(f"{seed}-{number}-d", 3, False, True),
            event.report(f"{seed}-{number}-a", 0, True, False),
            event.report(f"{seed}-{number}-b", 1, True, True),
            event.brief(f"{seed}-{number}-x", 2, 0),
            event.brief(f"{seed}-{number}-y", 2, 1),
        ]
        copy = {**told[2], "id": f"{seed}-{number}-c", "source": "late-desk"}
        start = chance.uniform(0, 4 * events)
        wire += [(start + place + chance.random(), one) for place, one in enumerate([*told, copy])]
    ordered = [one for _, one in sorted(wire, key=lambda pair: pair[0])]
    return [{**one, "ts": minutes(n), "lang": lang} for n, one in enumerate(ordered)]
