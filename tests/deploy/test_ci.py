"""Laws of how the project checks itself: the closing line tells the truth, and make lists what it can do."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.tree import ROOT

REPORT = """<testsuites><testsuite tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}">
<testcase classname="tests.wire" name="test_seeds">{case}</testcase></testsuite></testsuites>"""
SKIP = '<skipped message="no Java here"/>'
MAKEFILE = (ROOT / "Makefile").read_text()


def counts(
    folder: Path, *options: str, tests: int = 3, failures: int = 0, case: str = ""
) -> tuple[int, str, str]:
    report = folder / "test.xml"
    report.write_text(REPORT.format(tests=tests, failures=failures, skipped=int(bool(case)), case=case))
    command = [sys.executable, str(ROOT / ".ci" / "counts.py"), *options, str(report)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_a_skipped_test_stops_the_run(tmp_path: Path) -> None:
    """A test that should have run and was skipped is an error that names it and its reason."""
    code, _, told = counts(tmp_path, "--strict", case=SKIP)
    assert code == 1
    assert "tests.wire::test_seeds: no Java here" in told


def test_an_empty_run_stops_the_run(tmp_path: Path) -> None:
    """A run of pytest that found no tests is an error, and one that ran them is none."""
    assert counts(tmp_path, "--strict", tests=0)[0] == 1
    assert counts(tmp_path, "--strict")[0] == 0


@pytest.mark.parametrize(
    ("failures", "exit_code", "line", "code"),
    [
        (0, "0", "3 passed, 0 failed", 0),
        (1, "2", "2 passed, 1 failed", 1),
        (0, "124", "3 passed, 1 failed", 1),
    ],
)
def test_the_closing_line_tells_the_truth(
    tmp_path: Path, failures: int, exit_code: str, line: str, code: int
) -> None:
    """It counts what pytest counted, and one failure more where something else ended the run."""
    assert counts(tmp_path, "--exit-code", exit_code, failures=failures)[:2] == (code, line)


def make(*words: str, folder: Path = ROOT) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(["make", *words], cwd=folder, env=clean, capture_output=True, text=True, check=True)
    return done.stdout


def test_make_lists_what_it_can_do() -> None:
    """Every task of the Makefile is in the list that a bare `make` prints."""
    tasks = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert tasks is not None
    wanted = tasks[1].split()
    assert [line.split()[0] for line in make().splitlines()[: len(wanted)]] == wanted


@pytest.mark.parametrize("task", ["bench", "check-data", "score", "torture"])
def test_make_adds_nothing_to_standard_output(tmp_path: Path, task: str) -> None:
    """What the program prints is all that is printed: with ARGS=--json, one JSON object."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for needed in ("pyproject.toml", "requirements-dev.lock", "requirements-build.lock", ".ci/prepare.py"):
        (tmp_path / needed).parent.mkdir(exist_ok=True)
        (tmp_path / needed).touch()
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "{\\"asked\\": \\"$3\\"}"\n')
    python.chmod(0o755)
    (tmp_path / ".venv" / "stamp").touch()
    assert make(task, "ARGS=--json", folder=tmp_path) == '{"asked": "--json"}\n'
