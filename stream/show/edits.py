"""Merges and splits for people: in a story which ids it has been, in an event which story went where and why."""

from collections.abc import Mapping
from typing import Any

from stream.show.card import Row
from stream.show.plain import Names, count, name_of, plain

PREFIX = 8  # characters of a story id that tell it from the others


def standing(state: Mapping[str, Any]) -> str:
    """`open`, `closed`, `merged`."""
    return "merged" if "merged_into" in state else plain(state["status"])


def bonds(state: Mapping[str, Any]) -> list[Row]:
    """Where a story went, what it holds, what it was parted from; whole ids, to be named in a command."""
    rows = [Row("merged", f"into {plain(state['merged_into'])}")] if "merged_into" in state else []
    if from_ := state.get("merged_from"):
        rows.append(Row("merged", f"from {', '.join(map(plain, from_))}"))
    if "split_from" in state:
        rows.append(Row("split", f"from {plain(state['split_from'])}"))
    return rows


def edited(carried: Mapping[str, Any], names: Names) -> list[Row]:
    """`merged  1f2e3d4c… (2 members) into 5b6a7988… (5 members)`, and why; nothing for any other event."""
    if "from" not in carried:
        return []
    label = "split" if "members" in carried else "merged"
    row = Row(label, f"{_side(carried['from'])} into {_side(carried['into'])}")
    left = ", ".join(names.get(name_of(ref), plain(ref["id"])) for ref in carried.get("members", ()))
    return [row, *([Row("left", left)] if left else []), Row("why", _why(carried, names))]


def _side(side: Mapping[str, Any]) -> str:
    return f"{plain(side['story'])[:PREFIX]}… ({count(side['members_count'], 'member')})"


def _why(carried: Mapping[str, Any], names: Names) -> str:
    if "proof" in carried:
        to = carried["proof"]["to"]
        return f"one text with {names.get(name_of(to), plain(to['id']))}: {plain(carried['proof']['reason']['text'])}"
    edit = carried["edit"]
    who = plain(edit.get("editor", "")) or "an editor"
    return f"{who}: {plain(edit['note'])}" if "note" in edit else f"{who} said so"
