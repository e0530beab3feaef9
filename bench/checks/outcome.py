"""What a check found, and how it is told. Nothing is checked here."""

from dataclasses import dataclass, field
from typing import Any

Figures = dict[str, Any]


class Wrong(Exception):  # noqa: N818  # what it says is the finding
    """Something is not as it must be: what, in one line."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`ok` is None for a check that was left out. `told` is one line, with the figures that matter in it."""

    name: str
    ok: bool | None
    told: str
    figures: Figures = field(default_factory=dict)

    def line(self) -> str:
        word = {True: "ok", False: "FAILED", None: "left out"}[self.ok]
        return f"{word:<8}  {self.name:<10}  {self.told}"

    def as_json(self) -> Figures:
        return {"name": self.name, "ok": self.ok, "told": self.told, "figures": self.figures}
