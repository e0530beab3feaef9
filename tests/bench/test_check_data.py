"""Laws of make check-data, on a made-up wire in a folder of the same shape: it sees what holds and what does not."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from bench.check_data import CHECKS, main
from bench.checks.commands import slugline
from bench.checks.fields import LISTED, assignments, fields, renamed, strip
from bench.checks.ground import ITEMS, Ground, Sizes
from bench.checks.killed import killed
from bench.checks.outcome import Wrong
from bench.checks.plain import plain
from bench.checks.running import embedded
from bench.checks.said import Said, must_agree, said_by_fold
from bench.checks.same import partitions, same
from bench.checks.whole import each_in_one_story, no_dead_letters, one_lane, whole
from bench.wire import wire

FEW = 200
SIZES = Sizes(same=FEW, killed=FEW, killed_embedded=FEW, fields=FEW, held_back=0.3)


def write_wire(path: Path, items: int = FEW) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(orjson.dumps(item) + b"\n" for item in wire(31, items)))
    return path


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return Ground(write_wire(tmp_path / "wires" / ITEMS), folder, lambda line: None, SIZES)


@pytest.fixture
def said(ground: Ground) -> Said:
    return said_by_fold(ground.wire)


def ids(ground: Ground) -> list[str]:
    return [str(orjson.loads(line)["id"]) for line in ground.wire.read_bytes().splitlines()]


def checked(*options: str, **environment: str) -> Result:
    return CliRunner().invoke(main, options, env=environment)


def test_the_worker_says_what_the_fold_says_twice(ground: Ground) -> None:
    """On one raw partition, and when the same input is replayed; what is told again are the stored events."""
    found = same(ground)
    assert found.ok
    assert found.figures["items"] == FEW
    assert found.figures["told_again"] == found.figures["events"] >= FEW


def test_items_that_overtake_each_other(ground: Ground) -> None:
    """On three raw partitions the recorded order is not the input's, and decides."""
    found = partitions(ground, several=(3,))
    assert found.ok
    assert found.figures["partitions_3"]["overtaken"] > 0


def test_a_killed_worker(ground: Ground) -> None:
    """It is killed in the middle, and what the restarted one said at the end is the undisturbed run's."""
    found = killed(ground, embedded, "kill-embedded", FEW, kills=(0.4,))
    assert found.ok
    (kept,) = found.figures["kept_at"]
    assert 0 < kept < FEW


def test_kernels_without_numba(ground: Ground) -> None:
    """They decide the same, byte for byte."""
    found = plain(ground)
    assert found.ok
    assert found.figures["items"] == FEW


def test_the_whole_wire(ground: Ground) -> None:
    """Every item in one story, and how long that took."""
    found = whole(ground, embedded)
    assert found.ok
    assert found.figures["items"] == FEW
    assert 0 < found.figures["seconds_to_first"] <= found.figures["seconds"]


def test_other_ids_and_fewer_fields_change_nothing(ground: Ground) -> None:
    """The made-up wire has fields of its own beside the listed ones, and re-issues to be assigned."""
    assert any(set(orjson.loads(line)) - {*LISTED, "id"} for line in ground.wire.read_bytes().splitlines())
    found = fields(ground)
    assert found.ok
    assert found.figures["assigned"] > FEW // 10


def test_a_decision_that_changed_is_seen(ground: Ground) -> None:
    """Ids, stories and families may have other names; a story more, another reason or score may not be there."""
    stripped = ground.folder / "stripped.jsonl"
    given = strip(ground.wire, stripped)
    told = assignments(stripped)
    expected = list(renamed(assignments(ground.wire), {}))
    at = next(n for n, line in enumerate(told) if line["relation"] != "first")
    assert list(renamed(told, given)) == expected
    for change in ({"story": "another"}, {"reason": "another"}, {"score": 0.5}, {"relation": "first"}):
        told_otherwise = [*told[:at], {**told[at], **change}, *told[at + 1 :]]
        assert list(renamed(told_otherwise, given)) != expected


def test_a_difference_is_quoted() -> None:
    """The first line that differs, by its number, with what stands there on either side."""
    with pytest.raises(
        Wrong, match=r"a run: events differ, 2 of 3 lines, the first is line 2: …two… and not …2…"
    ):
        must_agree("a run", Said(b"", b"one\ntwo\n"), Said(b"", b"one\n2\nthree\n"))


def test_lost_and_doubled_items_are_seen(ground: Ground, said: Said) -> None:
    """An item without an event, one with two, one that nobody sent, a story that counts another number."""
    each_in_one_story(said, ids(ground))
    events = said.events.splitlines(keepends=True)
    first = next(n for n, line in enumerate(events) if b"created.v1" in line)
    lost, doubled = b"".join(events[:first] + events[first + 1 :]), said.events + events[first]
    stories = said.stories.splitlines(keepends=True)
    for wrong in (
        Said(said.stories, lost),
        Said(said.stories, doubled),
        Said(b"".join(stories[1:]), said.events),
    ):
        with pytest.raises(Wrong):
            each_in_one_story(wrong, ids(ground))
    with pytest.raises(Wrong):
        each_in_one_story(said, ids(ground)[1:])


def test_a_second_lane_is_seen() -> None:
    """One item in another lane, or one missing, is too many."""
    one_lane(Counter({("en", "en"): 3}), 3)
    for lanes in ({("en", "en"): 2, ("de", "de"): 1}, {("en", "en"): 2}, {("en", "de"): 3}):
        with pytest.raises(Wrong, match="and not 3 in en"):
            one_lane(Counter(lanes), 3)


def test_a_dead_letter_is_seen(ground: Ground) -> None:
    """One is enough, and its reason is quoted."""
    with embedded(1) as address:
        no_dead_letters(address)
        slugline("replay", ground.wire, "--max-item-bytes", "200", "--broker", address)
        with pytest.raises(Wrong, match=r"dead letters, the first: .*200"):
            no_dead_letters(address)


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    """In its own words."""
    with pytest.raises(Wrong, match=r"slugline fold ended with 2: .*nowhere"):
        slugline("fold", tmp_path / "nowhere")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_without_the_wire(options: list[str], tmp_path: Path) -> None:
    """One line that says so, and 0."""
    result = checked(*options, SLUGLINE_DATA=str(tmp_path))
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    assert str(tmp_path) in result.stdout


def test_the_wire_is_found_by_the_environment(tmp_path: Path) -> None:
    """A line a check on standard output, in JSON one object with the same; progress on standard error."""
    write_wire(tmp_path / ITEMS, 30)
    told = checked("--only", "fields", SLUGLINE_DATA=str(tmp_path))
    assert (told.exit_code, told.stdout.count("\n")) == (0, 1), told.output
    assert told.stdout.startswith("ok        fields")
    assert "fields" in told.stderr
    found: dict[str, Any] = json.loads(
        checked("--only", "fields", "--json", SLUGLINE_DATA=str(tmp_path)).stdout
    )
    assert found["ok"]
    assert [(one["name"], one["figures"]["items"]) for one in found["checks"]] == [("fields", 30)]


def test_without_java(tmp_path: Path) -> None:
    """What needs Apache Kafka has failed and says what is missing; with --no-kafka it is left out."""
    write_wire(tmp_path / ITEMS, 3)
    options = ("--only", "kill", "--only", "whole")
    bare = {"SLUGLINE_DATA": str(tmp_path), "PATH": str(tmp_path)}
    failed = checked(*options, **bare)
    assert failed.exit_code == 1
    assert [line.split()[:2] for line in failed.stdout.splitlines()] == [
        ["FAILED", "kill"],
        ["FAILED", "whole"],
    ]
    assert failed.stdout.count("`java` is not on the path") == 2
    left_out = checked(*options, "--no-kafka", **bare)
    assert left_out.exit_code == 0
    assert left_out.stdout.count("left out") == 2


def test_every_check_can_be_asked_for_alone() -> None:
    """By the name that its line has."""
    assert checked("--only", "nothing").exit_code == 2
    assert list(CHECKS) == ["fields", "plain", "same", "partitions", "kill-embedded", "kill", "whole"]
