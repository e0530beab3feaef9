"""Where members of a story disagree: who says what, and the likeliest. Nothing is decided here."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stream.show.card import Row
from stream.show.plain import Names, name_of, plain, quoted

MOST_NAMED = 3
Reading = Mapping[str, Any]


def disputed(conflicts: Iterable[Mapping[str, Any]], names: Names) -> list[Row]:
    """Two rows for each contested field."""
    return [row for conflict in conflicts for row in _rows(conflict, names)]


def _rows(conflict: Mapping[str, Any], names: Names) -> list[Row]:
    label = "dates" if conflict["field"] == "date" else plain(conflict["field"])
    likeliest = f"likeliest: {plain(conflict['why'])}"
    return [Row(label, _sides(conflict["readings"], names)), Row("", likeliest)]


def _sides(readings: Sequence[Reading], names: Names) -> str:
    """`000… header 2024-03-05, a Tuesday  ≠  "Thursday" in both  =  001… caption May 2, 2024, a Thursday`."""
    weekdays = [reading for reading in readings if reading["value"] == reading["weekday"]]
    dates = [reading for reading in readings if reading not in weekdays]
    told = {reading["weekday"] for reading in weekdays}
    against = [reading for reading in dates if reading["weekday"] not in told]
    agreeing = [reading for reading in dates if reading["weekday"] in told]
    if not (weekdays and against and agreeing):
        return "  ≠  ".join(_grouped(readings, names, _date))
    left, right = (", ".join(_grouped(side, names, _date)) for side in (against, agreeing))
    return f"{left}  ≠  {', '.join(_grouped(weekdays, names, _weekday))}  =  {right}"


def _grouped(readings: Iterable[Reading], names: Names, say: Any) -> list[str]:
    """One phrase for each value, with all that say so."""
    groups: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading["value"], reading["where"]), []).append(reading)
    return [say(group[0], _who(group, names), len(names)) for group in groups.values()]


def _who(group: Sequence[Reading], names: Names) -> list[str]:
    return sorted({names.get(name_of(each["item"]), plain(each["item"]["id"], 24)) for each in group})


def _date(reading: Reading, who: list[str], members: int) -> str:
    weekday = f", a {plain(reading['weekday'])}" if reading["weekday"] != reading["value"] else ""
    return f"{_listed(who)} {plain(reading['where'])} {plain(reading['written'], 40)}{weekday}"


def _weekday(reading: Reading, who: list[str], members: int) -> str:
    everyone = "both" if members == 2 else f"all {members}"
    return f"{quoted(reading['value'])} in {everyone if len(who) == members else _listed(who)}"


def _listed(who: list[str]) -> str:
    beyond = f" and {len(who) - MOST_NAMED} more" if len(who) > MOST_NAMED else ""
    return ", ".join(who[:MOST_NAMED]) + beyond
