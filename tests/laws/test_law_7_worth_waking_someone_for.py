"""Law 7: an event is worth waking someone for only if the news changed: a copy is echoed, not updated."""

from typing import Any

import pytest

from stream.core.desk import Decided
from tests.laws.shore import folded, items_of

LEDE = "A ferry with 212 people on board sank off Port Merrin on Tuesday, killing at least 12, the coast guard said."
REST = (
    "Divers searched the hull through the night while relatives waited on the quay.",
    "The Merrin Star had left the island of Ossel at dawn with a cargo of timber and fruit.",
    "Its captain, Ioan Bractea, told harbour radio that water had entered the car deck.",
    "The transport ministry has grounded two other ferries of the same class until they are inspected.",
)
BASE: dict[str, Any] = {
    "id": "1", "source": "northwire", "ts": "2026-01-05T10:00:00Z",
    "title": "FERRY SINKS OFF PORT MERRIN, AT LEAST 12 DEAD", "text": "\n\n".join((LEDE, *REST)),
}  # fmt: skip


def second(**changed: Any) -> tuple[str, dict[str, Any], str]:
    """The kind and data of what is told of a second item, and its relation."""
    again = {**BASE, "id": "2", "source": "meridian", "ts": "2026-01-05T10:30:00Z", **changed}
    lines = folded(items_of([BASE, again])).lines
    told = lines[1]
    assert isinstance(told, Decided)
    return told.events[0].kind, told.events[0].data, told.record.decision.relation


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"title": "TWELVE DEAD AS FERRY SINKS OFF PORT MERRIN"},
        {
            "text": "\n\n".join((LEDE, *REST))
            .replace("harbour", "harbor")
            .replace("at dawn with", "at dawn, with")
        },
        {"text": "\n\n".join((LEDE, *REST[:3]))},
        {"text": "\n\n".join((LEDE, REST[2], REST[0], REST[1], REST[3]))},
        {"text": "PORT MERRIN, Jan 5 (Meridian) - " + "\n\n".join((LEDE, *REST))},
        {"text": "\n\n".join((LEDE.replace("coast guard", "coast gaurd"), *REST))},
    ],
    ids=["same", "headline", "spelling", "cut", "moved", "dateline", "typo"],
)
def test_a_copy_is_echoed(changed: dict[str, Any]) -> None:
    """Re-sent, retitled, respelt, cut, moved or mistyped: nobody is woken."""
    kind, data, relation = second(**changed)
    assert (kind, data["material"], relation) == ("echoed", False, "copy")


@pytest.mark.parametrize(
    ("changed", "evidence"),
    [
        ({"text": "\n\n".join((LEDE.replace("least 12", "least 31"), *REST))}, "31"),
        ({"text": "\n\n".join((LEDE, *REST, "The company's offices in Sarn were searched by police late in the day."))}, "Sarn"),
        ({"text": "\n\n".join((LEDE, *REST)).replace("Ioan Bractea", "Petru Vanescu")}, "Vanescu"),
    ],
    ids=["toll", "sentence", "name"],
)  # fmt: skip
def test_news_is_an_update_with_its_evidence(changed: dict[str, Any], evidence: str) -> None:
    """A figure, a sentence or a name that the story did not have."""
    kind, data, relation = second(**changed)
    assert (kind, data["material"], relation) == ("updated", True, "revision")
    assert evidence in str(data["change"])


def test_the_figures_that_changed_are_told() -> None:
    """A rising toll: what it was and what it is."""
    _, data, _ = second(text="\n\n".join((LEDE.replace("least 12", "least 31"), *REST)))
    [reworded] = data["change"]["reworded"]
    assert reworded["figures"] == {"was": ["12"], "now": ["31"]}


def test_the_same_id_again_with_nothing_new_is_an_echo() -> None:
    """A revision by id alone wakes nobody when it says what was said."""
    kind, data, relation = second(id="1", source="northwire", priority="u")
    assert (kind, data["material"], relation) == ("echoed", False, "revision")
