"""Decisions read no field that is not listed, nor the characters of an id: other ids say the same. No broker."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from bench.checks.commands import slugline
from bench.checks.ground import Ground
from bench.checks.outcome import Outcome, Wrong
from stream.core.codec import decode, encode

LISTED = ("ts", "source", "title", "text", "body", "dateline", "slug", "lang", "version", "priority")
SEED = 1987

Line = dict[str, Any]


def fields(ground: Ground) -> Outcome:
    """Assignments as given, and with random ids and the listed fields alone, up to renaming."""
    path, count = ground.first(ground.sizes.fields)
    stripped = ground.folder / "stripped.jsonl"
    given = strip(path, stripped)
    ours = list(renamed(assignments(path), {}))
    theirs = list(renamed(assignments(stripped), given))
    if unlike := [at for at, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other]:
        at = unlike[0]
        raise Wrong(
            f"{len(unlike):,} of {count:,} assignments differ, the first: {ours[at]} and not {theirs[at]}"
        )
    joined = sum(line["relation"] != "first" for line in ours)
    told = (
        f"{count:,} items: the same assignments ({joined:,} to an earlier item) with random ids and no fields "
        "but the listed, up to renaming"
    )
    return Outcome("fields", True, told, {"items": count, "assigned": joined})


def strip(path: Path, to: Path) -> dict[str, str]:
    """Writes the items with random ids and the listed fields alone; the ids that they had, by the new."""
    rng, given = Random(SEED), {}
    with to.open("wb") as out:
        for line in path.read_bytes().splitlines():
            item = decode(line)
            name = rng.randbytes(8).hex()
            given[name] = str(item["id"])
            out.write(encode({"id": name} | {key: item[key] for key in LISTED if key in item}) + b"\n")
    return given


def assignments(path: Path) -> list[Line]:
    return [decode(line) for line in slugline("fold", path, "--assignments").splitlines()]


def renamed(lines: list[Line], given: dict[str, str]) -> Iterator[Line]:
    """Lines with the ids that items had, and stories and families named by the first item in them."""
    first: dict[tuple[str, str], str] = {}
    for line in lines:
        item, to = _name(line["item"], given), _name(line["to"], given)
        groups = {kind: first.setdefault((kind, line[kind]), item) for kind in ("story", "family")}
        contains = sorted(_name(name, given) for name in line.get("contains", ()))
        reason = line["reason"].replace(line["to"], to) if to else line["reason"]
        yield {**line, **groups, "item": item, "to": to, "contains": contains, "reason": reason}


def _name(name: str | None, given: dict[str, str]) -> str:
    return given.get(name, name) if name else ""
