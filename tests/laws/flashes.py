"""Wires on which families turn out to be one text: two flashes of one event, then the report that follows both."""

import random
from typing import Any

Object = dict[str, Any]

_BANKS = (
    "Barrowell Midlane Natholm Lordsby Tessine Corvant Aldermoor Brackwater Pellham Quarrington Westhaven Oxmere "
    "Stonegate Hartfell Inverdale Kestrel Larkswood Merrivale Northgate Penrose"
).split()
_TOWNS = "Merrin Halden Tarsk Lerwick Bantry Anholt Varde Corvo Ostrava Weneracliff".split()


def flashes(seed: int, events: int, lang: str = "en") -> list[Object]:
    """Of each event two flashes, of one bank each, and their report, in order of time."""
    chance = random.Random(seed)
    banks = iter(chance.sample(_BANKS, 2 * events))
    made: list[Object] = []
    for number in range(events):
        one, other, town = next(banks), next(banks), chance.choice(_TOWNS)
        rate, before = f"{chance.randrange(5, 12)}.{chance.randrange(1, 9)}", chance.randrange(12, 15)
        hour = f"2026-01-{5 + number // 20:02d}T{number % 20:02d}"
        cut = f"{one} Bank of {town} cuts base lending rate to {rate} pct from {before} pct"
        follows = f"{other} Bank in {town} says base rate cut to {rate} pct, effective tomorrow"
        both, report = (
            f"{one}, {other} banks cut base rate to {rate} pct",
            _report(one, other, town, rate, before),
        )
        name = f"{seed}-{number}"
        made.append(_item(f"{name}-a", f"{hour}:01:00Z", lang, cut))
        made.append(_item(f"{name}-b", f"{hour}:03:00Z", lang, follows))
        made.append(_item(f"{name}-c", f"{hour}:20:00Z", lang, both, report))
    return made


def _report(one: str, other: str, town: str, rate: str, before: int) -> str:
    return (
        f"{one} Bank of {town} said it is cutting its base lending rate to {rate} pct from {before} pct. "
        f"{other} Bank in {town} said its base rate is cut to {rate} pct as well, effective tomorrow.\n\n"
        "Dealers had looked for a smaller step. The move is the second within a month, and a treasury official "
        "declined to say whether another would follow before the budget."
    )


def _item(name: str, ts: str, lang: str, title: str, text: str = "") -> Object:
    body = {"text": text} if text else {}
    return {"id": name, "source": "coastwire", "ts": ts, "title": title, "lang": lang, **body}
