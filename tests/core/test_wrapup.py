"""Laws of what an item contains: the reports whose ledes it carries, and never one that it stands in itself."""

from typing import Any

from stream.core.desk import Decided
from stream.core.story import Decision
from tests.core.test_family import LEDE, MORE, TITLE
from tests.laws.shore import folded, items_of

STRIKE = (
    "Bus drivers in Olomor voted by 1,204 to 310 to strike from Friday over night shifts, the transport union said "
    "after a count in the Kallista hall that lasted until dawn."
)
BELOW = (
    "The city said schools would open as usual and asked commuters to walk.",
    "The union's secretary, Doran Vesk, said talks had failed over 14 pct.",
)
COLUMN = (
    "The Bank of Olomor entered the market for government securities to arrange repurchase agreements for customers, a "
    "spokesman for the bank said in the afternoon."
)
ELSEWHERE = (
    "In other news the weather office forecast sleet for the coast and fog inland until the weekend.",
    "The opera opened its season with a new hall, and the harbour fair drew more visitors than last year's.",
    "Wheat prices were unchanged in quiet trade before the holiday, brokers in the capital said late in the day.",
)


def decisions(*told: tuple[str, tuple[str, ...], str]) -> list[Decision]:
    """Of items (title, paragraphs, time) in order."""
    raw: list[dict[str, Any]] = [
        {"id": str(at), "source": "wire", "ts": ts, "title": title, "text": "\n\n".join(paragraphs)}
        for at, (title, paragraphs, ts) in enumerate(told)
    ]
    return [line.record.decision for line in folded(items_of(raw)).lines if isinstance(line, Decided)]


def contained(decision: Decision) -> list[str]:
    return [ref.id for ref in decision.contains]


YARD = (TITLE, (LEDE, *MORE), "2026-03-02T09:00:00Z")
DRIVERS = ("OLOMOR BUS DRIVERS TO STRIKE", (STRIKE, *BELOW), "2026-03-02T09:30:00Z")
WRAP = ("NEWS SUMMARY AT NOON", (LEDE, STRIKE, *ELSEWHERE), "2026-03-02T12:00:00Z")


def test_a_wrap_up_names_what_it_carries() -> None:
    """It joins the story of one, and contains the other."""
    decided = decisions(YARD, DRIVERS, WRAP)
    assert decided[2].story in {decided[0].story, decided[1].story}
    assert len(contained(decided[2])) == 1


def test_what_a_wrap_up_began_with_does_not_contain_it() -> None:
    """The whole report comes after the wrap-up of which its lede was the first part, and is not as long."""
    later = (TITLE, (LEDE, *MORE[:2]), "2026-03-02T15:00:00Z")
    assert contained(decisions(WRAP, later)[1]) == []


def test_the_column_of_every_day_contains_no_other_days() -> None:
    """The same lede about another afternoon, other figures below it, as long as yesterday's."""
    days = (
        (
            "FUNDS IN OLOMOR",
            "2026-03-02T15:00:00Z",
            "Funds opened at 6.22 pct and rose to seven at noon, dealers said, on demand from two savings banks.",
        ),
        (
            "FUNDS IN OLOMOR",
            "2026-03-03T15:00:00Z",
            "Loans over night fell by a quarter in dull dealings while brokers awaited the trade figures due tomorrow.",
        ),
    )
    columns = [(title, (COLUMN, below), ts) for title, ts, below in days]
    assert contained(decisions(*columns)[1]) == []
