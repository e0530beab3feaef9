"""Rules held against two items, as people read them. No measuring may enter."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from stream.core import policy_story
from stream.show.plain import plain

Line = Mapping[str, Any]
COUNTED = {"words": "words", "foreign": "words", "apart": "min", "late": "min"}  # units that are no share
HEAVIEST = 12  # measures of one event that people see; --json has all


def pair_card(line: Line) -> RenderableType:
    """Two items, what was decided when the later one came, and every rule."""
    together = "one family" if line["one_family"] else "one story" if line["one_story"] else "two stories"
    return Group(
        Text(f"{_name(line['a'])}\n{_name(line['b'])}"),
        Text(f"in the stream: {together}", style="bold"),
        Text(
            f"  when {plain(line['b']['item']['id'], 40)} came: {plain(line['b']['decision']['reason']['text'])}"
        ),
        _rules(line["rules"]),
    )


def story_explained(lines: Sequence[Line]) -> RenderableType:
    """Every member with its reason, and the rule that brought it."""
    parts: list[RenderableType] = []
    for line in lines:
        decision = line["decision"]
        parts += [
            Text(_name(line), style="bold"),
            Text(f"  {decision['relation'].replace('_', ' ')}: {plain(decision['reason']['text'])}"),
        ]
        if line["rules"]:
            parts.append(_rules(line["rules"]))
    return Group(*parts)


def _rules(rules: Sequence[Line]) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for column in ("rule", "holds", "score", "what it asks"):
        table.add_column(column, overflow="fold")
    for rule in rules:
        event = rule["rule"] == policy_story.NAME
        asked = ", ".join(_odds(rule["asked"]) if event else map(_asked, rule["asked"]))
        score = f"{_share(rule['score'])} of {_share(rule['threshold'])}"
        table.add_row(rule["rule"], "yes" if rule["holds"] else "no", score, asked)
    return table


def _odds(measures: Sequence[Line]) -> Iterator[str]:
    """`names 82 gives +4.2`: what weighed most, as logs of odds."""
    for one in sorted(measures, key=lambda one: -abs(one["points"]))[:HEAVIEST]:
        yield f"{one['of'].replace('_', ' ')} {one['value']} gives {one['points'] / 100:+.1f}"


def _asked(one: Line) -> str:
    """`phrases 97 % ≥ 78 %`, `apart 1500 min ≤ 1260 min: no`, `lede 64 % gives 2,240`."""
    unit = COUNTED.get(one["of"])
    if "points" in one:
        return f"{one['of']} {_value(one.get('value'), unit)} gives {one['points']:,}"
    sign, limit = ("≥", one["least"]) if "least" in one else ("≤", one["most"])
    told = f"{one['of']} {_value(one.get('value'), unit)} {sign} {_value(limit, unit)}"
    return told if one["met"] else f"{told}: no"


def _value(value: int | None, unit: str | None) -> str:
    if value is None:
        return "unknown"
    return f"{value:,} {unit}" if unit else _share(value)


def _share(part: int | None) -> str:
    return "-" if part is None else f"{part // 100} %"


def _name(line: Line) -> str:
    item = line["item"]
    return (
        f"{plain(item['id'], 40)}  {plain(item['source'], 40)}  {plain(item['title'] or '(no headline)', 90)}"
    )
