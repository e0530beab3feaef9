"""The wires that the laws are held on: generated, small, with re-issues, dealt to lanes."""

from typing import Any

from bench.wire import wire


def brief(seed: int, count: int, *, longest: int = 1_200) -> list[dict[str, Any]]:
    """The first `count` items of a wire whose texts are short: what matters is how they meet."""
    found = []
    for one in wire(seed, 40 * count, reissues=0.5, reach=60):
        if len(one.get("text", "")) <= longest:
            found.append(one)
        if len(found) == count:
            return found
    raise AssertionError(f"wire {seed} has {len(found)} items of {longest} characters, not {count}")


def dealt(objects: list[dict[str, Any]], *langs: str) -> list[dict[str, Any]]:
    """The items in several lanes, a whole story in one: by the root of each re-issue."""
    roots: dict[str, str] = {}
    for one in objects:
        parent = one.get("parent")
        roots[one["id"]] = roots.get(parent, parent) if parent else one["id"]
    names = sorted(set(roots.values()))
    lanes = {root: langs[number % len(langs)] for number, root in enumerate(names)}
    return [{**one, "lang": lanes[roots[one["id"]]]} for one in objects]
