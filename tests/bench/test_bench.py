"""Laws of `make bench`: its sections run, and what they print is one table or one JSON object. No figure is judged."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.__main__ import SECTIONS
from bench.measure.figures import Figure, at_least, at_most, percentile
from bench.measure.sizes import walk
from bench.measure.window import lines, put
from bench.measure.wires import Sent, some

ROOT = Path(__file__).parents[2]
CHEAP = ("normalising", "members", "hostile", "recovery")


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bench", "--quick", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """The cheap sections and the core's, as JSON."""
    chosen = [word for name in (*CHEAP, "core") for word in ("--only", name)]
    ran = bench("--json", *chosen)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


def test_json_is_one_object_and_every_figure_has_a_unit(told: dict[str, Any]) -> None:
    """Nothing else on standard output; a ratio has its target beside it, and a miss is named."""
    assert told["quick"] is True
    for figure in told["figures"]:
        assert figure["value"] > 0, figure
        assert figure["unit"] and figure["what"]
        assert (figure["met"] is None) == (figure["target"] == "")
    missed = [f"{f['section']}: {f['what']}" for f in told["figures"] if f["met"] is False]
    assert told["missed"] == missed


def test_every_section_that_was_asked_for_is_there(told: dict[str, Any]) -> None:
    """Memory comes with the core, as it is the same windows."""
    assert {figure["section"] for figure in told["figures"]} == {*CHEAP, "core", "memory"}


def test_each_figure_is_told_once(told: dict[str, Any]) -> None:
    """A program can look a figure up by section and name."""
    names = [(figure["section"], figure["what"]) for figure in told["figures"]]
    assert len(names) == len(set(names))


def test_without_a_terminal_the_table_is_plain_text() -> None:
    """A line for each figure, progress on standard error."""
    ran = bench("--only", "normalising")
    heading, *rows = ran.stdout.splitlines()
    assert heading.startswith("engine ") and "\x1b" not in ran.stdout
    assert rows and all(row.startswith("normalising") for row in rows)
    assert ran.stderr.startswith("bench: ")


def test_an_unknown_section_is_answered_in_one_line() -> None:
    """With the names that there are, and exit code 2."""
    ran = bench("--only", "everything")
    assert ran.returncode == 2 and not ran.stdout
    assert all(name in ran.stderr for name in SECTIONS)


def test_a_target_says_which_way_it_points() -> None:
    """At the limit both are met."""
    assert at_most("core", "a", 1.5, 1.5).met and not at_most("core", "a", 1.51, 1.5).met
    assert at_least("core", "a", 2.0, 2.0).met and not at_least("core", "a", 1.99, 2.0).met
    assert Figure("core", "a", 1.0, "µs").met is None


def test_a_percentile_is_one_of_the_samples() -> None:
    """99 of a hundred are at most the ninety-ninth."""
    samples = [float(n) for n in range(100)]
    assert percentile(samples, 50) == 50.0
    assert percentile(samples, 99) == 99.0
    assert percentile([3.0], 99) == 3.0


def test_a_walk_counts_what_is_shared_once() -> None:
    """And what was seen before not at all."""
    text = "a text of its own" * 40
    seen: set[int] = set()
    once = walk([[text, text]], seen)
    assert sys.getsizeof(text) < once < 2 * sys.getsizeof(text)
    assert walk([text], seen) == 0


def test_the_wire_is_read_back_from_its_file(tmp_path: Path) -> None:
    """Every message between two bytes, as it was put."""
    messages: list[Sent] = some(3, 20)
    stored = [put(one) for one in messages]
    path = tmp_path / "wire"
    path.write_bytes(b"".join(stored))
    start, end = sum(map(len, stored[:5])), sum(map(len, stored[:12]))
    assert list(lines(path, start, end)) == messages[5:12]
    assert list(lines(path, end, None)) == messages[12:]
