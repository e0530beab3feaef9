"""The agencies of the wire, none of them real, and the furniture that each puts around a text."""

from dataclasses import dataclass
from datetime import datetime

from bench.wire.grammar import Scene


@dataclass(frozen=True, slots=True)
class Agency:
    """How one source dresses its items.

    `head` stands before the text, or in a field of its own (`apart`); `gap` parts its paragraphs, as
    wires of old did with one line break and an indent.
    """

    source: str
    name: str
    head: str
    sign_off: str = ""
    gap: str = "\n\n"
    caps: bool = False
    apart: bool = False
    slugs: bool = False
    priorities: bool = False
    lang: str = ""

    def dateline(self, place: str, at: datetime) -> str:
        return self.head.format(
            place=place, PLACE=place.upper(), name=self.name, at=at, month=f"{at:%B}", mon=f"{at:%b}"
        )

    def closing(self, scene: Scene) -> str:
        form = self.sign_off
        return form and form.format(
            gap=self.gap, name=self.name, NAME=self.name.upper(), who=scene.name("desk writer")[0]
        )


AGENCIES = (
    Agency("northwire", "Northwire", "{PLACE}, {mon} {at.day} ({name}) - ", "{gap}=={name}", slugs=True),
    Agency("meridian", "Meridian", "{PLACE}, {month} {at.day} - ", " {NAME}", caps=True, priorities=True),
    Agency("continental", "Continental", "{PLACE} ({name}) — ", "{gap}({name})", lang="en-GB"),
    Agency("halden", "Halden Press", "date {at:%Y-%m-%d} {PLACE}: ", "{gap}=={name}"),
    Agency(
        "transpacific", "Transpacific", "{PLACE}, {mon}. {at.day} ({name}) -- ", "{gap}-- {name}", lang="eng"
    ),
    Agency("ostwire", "Ostwire", "{PLACE} - ", "", gap="\n    ", caps=True, slugs=True),
    Agency("sundial", "Sundial News", "{PLACE}, {month} {at.day} -", apart=True, lang="en"),
    Agency(
        "quaystone",
        "Quaystone",
        "{place}, {at.day} {month} {at.year} ({name}) – ",
        "{gap}(Reporting by {who}; {name} newsroom)",
        priorities=True,
    ),
)
