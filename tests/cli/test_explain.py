"""Laws of `slugline explain`: every rule with all that it asks, and the one that decided among those that hold."""

import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from bench.wire import wire
from stream.cli import main
from stream.core import policy, policy_story
from stream.core.measures import UNIT
from tests.core.test_kinship import FIRST, OTHER_QUAKE, SECOND

SEEDS = ("000_3da8d3c69854a757", "001_24a8f607ec96cba8")


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explain") / "wire.jsonl"
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in wire(5, 150)))
    return path


def said(*options: str) -> Result:
    return CliRunner().invoke(main, ["explain", *options])


def lines(*options: str) -> list[dict[str, Any]]:
    done = said(*options, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("names", [SEEDS, SEEDS[::-1], tuple(f"file:{name}" for name in SEEDS)])
def test_the_seeds(names: tuple[str, str]) -> None:
    """The rule that decided holds; every rule of the table is told, whichever of the two is named first."""
    [line] = lines(*names)
    assert line["one_story"] and line["one_family"]
    rules = {rule["rule"]: rule for rule in line["rules"]}
    decided = rules[line["b"]["decision"]["reason"]["rule"]]
    assert decided["holds"] and decided["score"] >= decided["threshold"]
    assert {rule.name for rule in policy.FAMILY} <= set(rules)
    assert policy.REWRITE.name in rules and policy.CARRIES.name in rules


def test_people_read_the_same() -> None:
    """Both items, the decision's own words, and each rule with yes or no."""
    told = said(*SEEDS).stdout
    assert "in the stream: one family" in told
    assert all(name in told for name in (*SEEDS, "same text", "rewritten", "yes", "no"))


def test_every_member_of_every_story(some: Path) -> None:
    """What joined a member by a rule is told with that rule, which holds; only what was unlike is told without."""
    stories = {line["story"] for line in map(json.loads, _assignments(some))}
    told = [line for story in sorted(stories)[:40] for line in lines("--story", story, str(some))]
    joined = [line for line in told if line["decision"].get("to")]
    assert len(joined) > 5
    for line in joined:
        assert line["decision"]["reason"]["text"]
        assert all(rule["holds"] for rule in line["rules"]), line


def test_a_report_in_other_words_is_explained_as_it_was_decided(tmp_path: Path) -> None:
    """Held against the story as it stood, the rule of one event gives the score that the decision carries."""
    path = tmp_path / "quakes.jsonl"
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in quakes()))
    ends = [json.loads(line) for line in _assignments(path)]
    told = [line for story in {end["story"] for end in ends} for line in lines("--story", story, str(path))]
    other_words = [line for line in told if line["decision"]["relation"] == "same_story"]
    assert len(other_words) >= 1
    for line in other_words:
        [rule] = line["rules"]
        assert rule["rule"] == policy_story.NAME and rule["holds"]
        assert rule["score"] == round(line["decision"]["score"] * UNIT)
        points = sum(one["points"] for one in rule["asked"])
        assert abs(policy_story.THRESHOLD + policy_story.BIAS + points - rule["score"]) <= len(rule["asked"])
    assert "gives +" in said("--story", str(other_words[0]["story"]), str(path)).stdout


def quakes() -> list[dict[str, str]]:
    """Two agencies on one earthquake, and one on another."""
    told = (FIRST, OTHER_QUAKE, SECOND)
    return [
        {
            "id": f"q{n}",
            "source": f"agency {n}",
            "ts": f"2026-01-05T1{n}:00:00Z",
            "title": title,
            "text": text,
        }
        for n, (title, text) in enumerate(told)
    ]


def test_any_pair_of_any_kind(some: Path) -> None:
    """Reports, briefs, flashes: what is measured of a pair can always be told."""
    names = [str(line["item"]) for line in map(json.loads, _assignments(some))]
    kinds = {
        rule["rule"] for a, b in zip(names[::4], names[7::4], strict=False) for rule in _rules(some, a, b)
    }
    assert {policy.REWRITE.name, policy.FLASH.name} <= kinds


def _rules(some: Path, a: str, b: str) -> list[dict[str, Any]]:
    [line] = lines(a, b, str(some))
    found: list[dict[str, Any]] = line["rules"]
    return found


def _assignments(some: Path) -> list[str]:
    return CliRunner().invoke(main, ["fold", "--assignments", str(some)]).stdout.splitlines()


def test_evidence_is_the_sum_of_its_points() -> None:
    """Nothing decides that is not shown."""
    [line] = lines(*SEEDS)
    [rule] = [rule for rule in line["rules"] if rule["rule"] == policy.REWRITE.name]
    points = sum(one["points"] for one in rule["asked"] if "points" in one)
    assert abs(points - rule["score"]) <= len(rule["asked"])  # each is rounded down
    assert not rule["holds"] or rule["score"] >= policy.REWRITE.least


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("one",), "name two items"),
        (("one", "two"), "no item 'one'"),
        (("--story", "nothing"), "no story 'nothing'"),
        ((*SEEDS, "no/such/file"), "no/such/file"),
        ((*SEEDS, "--topic", "wire.items.v1"), "--broker"),
    ],
)
def test_wrong_usage_is_one_line(options: tuple[str, ...], named: str) -> None:
    """It says what is wrong, and ends with 2."""
    done = said(*options)
    assert done.exit_code == 2
    assert named in done.stderr and len(done.stderr.splitlines()) == 1
