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
# What three desks make of one event: each its own angle, so that nothing but the paragraphs they share tells them one.
_ANGLES = (
    "Grain freighter aground off {place} in fog",
    "Ministry orders check of harbour pilots",
    "Owners await inquiry into timber loss",
)
_BRIEFS = (
    "Grain freighter aground off {place} ministry orders check of pilots",
    "Ministry orders check of pilots owners await inquiry into loss",
)
_SYLLABLES = "ba do fe gi hu ka lo me ni pu ra so te vi zu".split()


def minutes(number: int) -> str:
    return f"2026-01-05T{8 + number // 60:02d}:{number % 60:02d}:00Z"


class Event:
    """One event as several desks tell it: `report`s are longer texts, `brief(paragraph)` one that two of them share."""

    def __init__(self, chance: random.Random, place: str) -> None:
        self.place, self._chance = place, chance
        self.shared = [self._paragraph(20), self._paragraph(20)]

    def report(self, name: str, desk: int, *shared: int) -> Object:
        """Its own text, with shared paragraphs in the middle of it: no lede of another stands in it."""
        own = [f"{self._paragraph(60)} {self._count()}" for _ in range(2)]
        told = [own[0], *(self.shared[each] for each in shared), own[1]]
        return self._item(name, desk, _ANGLES[desk], "\n\n".join(told))

    def brief(self, name: str, desk: int, paragraph: int) -> Object:
        return self._item(name, desk, _BRIEFS[paragraph], self.shared[paragraph])

    def _item(self, name: str, desk: int, headline: str, text: str) -> Object:
        title = headline.format(place=self.place)
        return {"id": name, "source": f"desk-{desk}", "title": title, "text": text, "lang": "en"}

    def _count(self) -> str:
        """Every desk has its own figures: one report told twice would keep them."""
        return (
            f"Of {self._chance.randrange(10_000, 99_000)} bags {self._chance.randrange(100, 9_000)} are dry."
        )

    def _paragraph(self, words: int) -> str:
        """Words that no other paragraph has, but for the place."""
        said = ["".join(self._chance.choices(_SYLLABLES, k=4)) for _ in range(words)]
        half = words // 2
        return f"The {' '.join(said[:half])} off {self.place}. Then the {' '.join(said[half:])}."


def doubles(seed: int, events: int, lang: str = "en") -> list[Object]:
    """Of each event three reports that are three stories, two briefs that make them one (a chain of two redirects), and
    a late copy of the report that folded first; the events interleaved."""
    chance = random.Random(seed)
    wire: list[tuple[float, Object]] = []
    for number in range(events):
        event = Event(chance, _PORTS[number % len(_PORTS)] + "ab"[number // len(_PORTS) % 2])
        told = [
            event.report(f"{seed}-{number}-d", 2, 1),
            event.report(f"{seed}-{number}-a", 0, 0),
            event.report(f"{seed}-{number}-b", 1, 0, 1),
            event.brief(f"{seed}-{number}-x", 3, 0),
            event.brief(f"{seed}-{number}-y", 3, 1),
        ]
        copy = {**told[2], "id": f"{seed}-{number}-c", "source": "late-desk"}
        start = chance.uniform(0, 4 * events)
        wire += [(start + place + chance.random(), one) for place, one in enumerate([*told, copy])]
    ordered = [one for _, one in sorted(wire, key=lambda pair: pair[0])]
    return [{**one, "ts": minutes(n), "lang": lang} for n, one in enumerate(ordered)]
