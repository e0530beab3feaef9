"""The engine's id: whatever table or limit decides is in it, and every process gives the same one."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core import policy
from stream.core.engine import constants, engine, written
from stream.core.rooms import ROOMS
from tests.deploy.source import imports
from tests.deploy.tree import ROOT

JUDGING = (
    "stream.core.judge",
    "stream.core.forget",
)  # what becomes of an item, and of a story whose time is past
SILENT = {  # has upper-case names, and none of them decides
    "stream.core.compiled",  # whether kernels are compiled: they answer alike
    "stream.core.engine",  # the id itself
    "stream.core.layer",  # type variables
    "stream.core.proof",  # a type variable
    "stream.core.rooms",  # the list that is tested here
}
PLAIN = "import sys; sys.modules['numba'] = None; "
TOLD = "from stream.core.engine import engine; print(engine())"

words = st.sampled_from("police tremor governor envoy quake verdict harbour lava school ferry".split())
limits = st.integers(0, 50) | words | st.none()
tables = st.recursive(
    limits,
    lambda kept: st.lists(kept, max_size=3) | st.dictionaries(words, kept, max_size=3),
    max_leaves=8,
)


def file_of(dotted: str) -> Path | None:
    """A module of the core, or the one that a name is imported from."""
    for name in (dotted, dotted.rpartition(".")[0]):
        path = ROOT / f"{name.replace('.', '/')}.py"
        if name.startswith("stream.core.") and path.exists():
            return path
    return None


def reached(*dotted: str) -> set[str]:
    """The modules of the core that these are made of, themselves among them; not through the list that is tested."""
    left, found = list(dotted), set[str]()
    while left:
        path = file_of(left.pop())
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts) if path else ""
        if path and name not in found | {"stream.core.rooms"}:
            found.add(name)
            left += imports(path.read_text())
    return found


def given_names(dotted: str) -> Iterator[str]:
    """The upper-case names that a module gives to values, read from its source."""
    path = file_of(dotted)
    statements = ast.parse(path.read_text()).body if path else []
    for one in statements:
        if isinstance(one, ast.Assign | ast.AnnAssign):
            stored = (node for node in ast.walk(one) if isinstance(getattr(node, "ctx", None), ast.Store))
            yield from (node.id for node in stored if isinstance(node, ast.Name) and node.id.isupper())


def made_room(**values: object) -> ModuleType:
    room = ModuleType("room")
    vars(room).update(values)
    return room


def test_every_room_that_judges_is_in_the_engine() -> None:
    """Whatever judge.py and forget.py are made of, as far as it has a table or a limit."""
    judging = {name for name in reached(*JUDGING) if set(given_names(name))} - SILENT
    assert {"stream.core.nearest", "stream.core.forget", "stream.core.policy"} < judging
    assert judging - {room.__name__ for room in ROOMS} == set()


def test_every_constant_of_a_room_is_in_the_engine() -> None:
    """Of whatever kind, and private ones too."""
    missing = [
        f"{room.__name__} {name}"
        for room in ROOMS
        for name in set(given_names(room.__name__)) - {one.split(" ", 1)[0] for one in constants(room)}
    ]
    assert missing == []


@given(one=tables, other=tables)
def test_another_value_is_another_engine(one: object, other: object) -> None:
    """However deep in a table it changed."""
    assert one == other or written(one) != written(other)
    assert one == other or list(constants(made_room(_MOST=one))) != list(constants(made_room(_MOST=other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (policy.MERGES, replace(policy.MERGES, headline=policy.MERGES.headline + 1)),
        (policy.FLASH, replace(policy.FLASH, weights=policy.FLASH.weights[1:])),
        (re.compile("per cent"), re.compile("per cent", re.IGNORECASE)),
        (re.compile("x" * 500 + "a"), re.compile("x" * 500 + "b")),
        (np.array([2, 5, 3]), np.array([2, 5, 4])),
        (np.zeros(4, np.int64), np.zeros((2, 2), np.int64)),
        (frozenset({"the", "of"}), frozenset({"the"})),
        ({"s": ("ies", "s"), "y": ("ly",)}, {"y": ("ly",), "s": ("ies", "s")}),
    ],
)
def test_another_rule_pattern_or_order_is_another_engine(one: object, other: object) -> None:
    """What has an order, has it for a reason."""
    assert written(one) != written(other)


@given(kept=st.lists(words, unique=True))
def test_a_set_has_no_order(kept: list[str]) -> None:
    """Nor has what stands for it in the engine."""
    assert written(set(kept)) == written(frozenset(reversed(kept)))


def test_what_has_no_writing_is_refused() -> None:
    """A table of another kind fails here, and is not left out."""
    with pytest.raises(TypeError, match=r"say in engine\.py how it is written"):
        list(constants(made_room(MOST=object())))


@pytest.mark.parametrize(("seed", "before"), [("0", ""), ("1", PLAIN)])
def test_every_process_gives_the_same_id(seed: str, before: str) -> None:
    """Whatever order its sets are in, whether its kernels are compiled or not."""
    done = subprocess.run(
        [sys.executable, "-c", before + TOLD],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == engine()
