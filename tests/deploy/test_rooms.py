"""Laws of the rooms: who may import whom, and that the core is pure. Read from the source."""

from pathlib import Path

import pytest

from tests.deploy.source import UNWANTED, imports, impurities, long_functions, named, within
from tests.deploy.tree import CODE, INSTALLED, ROOT, modules, shown


def package(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parent.parts)


def importers(rooms: list[Path], wanted: str) -> list[str]:
    return [
        f"{shown(path)} imports {name}"
        for path in rooms
        for name in imports(path.read_text(), package(path))
        if within(name, wanted)
    ]


def test_the_core_is_pure() -> None:
    """stream/core imports only what computes, and never reads a clock, chance, the machine, or waits."""
    rooms = modules("stream/core")
    assert rooms
    assert [
        f"{shown(path)} {found}" for path in rooms for found in impurities(path.read_text(), package(path))
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path",
        "from random import shuffle",
        "from uuid import uuid4",
        "import logging",
        "import asyncio",
        "import faust",
        "from stream.worker import app",
        "from stream import worker",
        "from .. import worker",
        "from datetime import datetime\nx = datetime.now()",
        "x = hash('salted')",
        "x = open('seed.txt')",
        "async def decide(): ...",
    ],
)
def test_what_is_impure_is_seen(source: str) -> None:
    """The law of the core can be broken in each of these ways, and each is seen."""
    assert impurities(source, "stream.core")


def test_only_the_worker_knows_faust() -> None:
    """faust and its service framework are imported in stream/worker and in no other installed module."""
    worker = ROOT / "stream" / "worker"
    others = [path for path in modules(*INSTALLED) if worker not in path.parents]
    assert importers(others, "faust") + importers(others, "mode") == []
    assert importers(modules("stream/worker"), "faust")


def test_imports_go_one_way() -> None:
    """worker -> core <- replay: the core, the broker, the topics and replay never import the worker."""
    below = modules("stream/core", "stream/broker", "stream/topics.py", "replay", "schemas")
    assert importers(below, "stream.worker") == []
    assert importers(modules("stream/worker", "stream/broker", "stream/topics.py"), "replay") == []


def test_what_is_installed_stands_alone() -> None:
    """No installed module imports tests, bench or examples: they are not in the package."""
    rooms = modules(*INSTALLED)
    assert [found for room in ("tests", "bench", "examples") for found in importers(rooms, room)] == []


def test_one_codec() -> None:
    """Installed modules read and write JSON by orjson alone: another library would write other bytes."""
    assert importers(modules(*INSTALLED), "json") == []


@pytest.mark.parametrize("path", modules(*CODE), ids=shown)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    """Every module opens with a docstring of at least one whole sentence; an empty package is none."""
    source = path.read_text().removeprefix("#!/usr/bin/env python3\n")
    if path.name == "__init__.py" and not source:
        return
    assert source.startswith(('"""', 'r"""')), f"{shown(path)} does not open with a docstring"
    assert "." in source.split('"""')[1], f"the docstring of {shown(path)} is not a sentence"


def test_names_come_from_the_field() -> None:
    """No module, class, function, argument or variable is called data, manager, utils or helper.

    But CloudEvents calls what an event carries its `data`, and so do the modules that make or read events.
    """
    rooms = modules(*INSTALLED)
    files = [shown(path) for path in rooms if path.stem in UNWANTED]
    assert files + [f"{shown(path)}: {name}" for path in rooms for name in unwanted_names(path)] == []


def unwanted_names(path: Path) -> list[str]:
    source = path.read_text()
    carries = path.stem == "events" or any(
        "events" in name.split(".") for name in imports(source, package(path))
    )
    allowed = {"data"} if carries else set()
    return [name for name in named(source) if name in UNWANTED - allowed]


def test_functions_are_short() -> None:
    """No function of the package is longer than 40 lines."""
    assert [
        f"{shown(path)} {long}"
        for path in modules(*INSTALLED)
        for long in long_functions(path.read_text(), 40)
    ] == []
