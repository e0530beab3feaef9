"""Law 1 under hostile inputs: each becomes an item or is refused with its reason, and no ordinary decision changes."""

from collections.abc import Iterator
from functools import cache

import orjson
import pytest

from bench.hostile import Hostile, hostile
from bench.wire import wire
from replay.fold import Folded, fold
from replay.inputs import Input
from stream.core.desk import Decided
from stream.core.settings import Settings

ORDINARY, HOSTILE = 1_000, 2_000


@cache
def ordinary() -> list[Input]:
    made = []
    for one in wire(81, ORDINARY):
        key = f"{one['source']}:{one['id']}".encode()
        made.append(Input(orjson.dumps(one), {"content-type": "application/json"}, str(one["id"]), None, key))
    return made


def given(one: Hostile, number: int) -> Input:
    headers = {**one.headers, "source": "hostile", "id": f"hostile {number}"}
    return Input(one.raw, headers, f"hostile:{number}", None, b"")


def mixed(kinds: list[Hostile]) -> Iterator[Input]:
    """Two hostile inputs before each ordinary one."""
    numbered = enumerate(kinds)
    for one in ordinary():
        for _ in range(2):
            number, bad = next(numbered)
            yield given(bad, number)
        yield one


@pytest.fixture(scope="module")
def run() -> tuple[list[Hostile], Folded]:
    kinds = list(hostile(83, HOSTILE))
    return kinds, fold(mixed(kinds), Settings())


def test_every_input_is_accounted_for_as_promised(run: tuple[list[Hostile], Folded]) -> None:
    """Items become items; dead letters are refused, each with a reason."""
    kinds, folded = run
    assert len(folded.lines) == ORDINARY + HOSTILE
    bad = [line for number, line in enumerate(folded.lines) if number % 3 != 2]
    for one, line in zip(kinds, bad, strict=True):
        assert isinstance(line, dict) is (one.fate == "dead"), one.what
        if isinstance(line, dict):
            assert line["item"] is None and line["error"] and line["input"].startswith("hostile:")
    assert {one.fate for one in kinds} == {"item", "dead"}


def test_no_decision_about_ordinary_items_changes(run: tuple[list[Hostile], Folded]) -> None:
    """Relation, to, rule, score, family and story are as without the hostile ones between them."""
    _, folded = run
    alone = fold(ordinary(), Settings())
    among = [line for number, line in enumerate(folded.lines) if number % 3 == 2]
    assert len(among) == len(alone.lines) == ORDINARY
    for line, undisturbed in zip(among, alone.lines, strict=True):
        assert isinstance(line, Decided) and isinstance(undisturbed, Decided)
        assert line.record.decision == undisturbed.record.decision
