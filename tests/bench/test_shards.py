"""Laws of the split: one shard is one lane, what meets stays together, and the table says what it costs."""

import json
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bench.measure.wires import admitted, some
from bench.shards.__main__ import main
from bench.shards.keys import KEYS, MOST, known, shards
from bench.shards.simulate import by_deciding, by_links, joined, stream
from bench.wire import wire

ITEMS = [known(admitted(one)) for one in some(11, 60)]
FEW = 150


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up wire in a folder of the shape of the real ones."""
    folder = tmp_path_factory.mktemp("wires")
    (folder / "stories").mkdir()
    items = [{**item, "story": item["parent"] or item["id"]} for item in wire(17, FEW)]
    lines = b"".join(orjson.dumps(item) + b"\n" for item in items)
    (folder / "stories" / "scoop.jsonl").write_bytes(lines)
    return folder


@pytest.mark.parametrize("key", KEYS)
def test_an_item_goes_somewhere_and_always_there(key: str) -> None:
    """At least one shard, no more than keys, none that there is not; the same whenever it is asked."""
    for one in ITEMS:
        for count, of in ((1, 2), (MOST, 64)):
            route = shards(one, KEYS[key], count, of)
            assert route == shards(known(one.item), KEYS[key], count, of)
            assert 1 <= len(route) <= count and route <= set(range(of))


def test_more_keys_reach_more_shards() -> None:
    """What fewer keys reach, more of the same kind reach, too."""
    for key in ("telling words", "min-hash"):
        assert all(shards(one, KEYS[key], 2, 64) <= shards(one, KEYS[key], 8, 64) for one in ITEMS)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_links_join_groups(links: list[tuple[int, int]]) -> None:
    """Linked is together, whatever the order; a group is named by its first."""
    groups = joined(10, links)
    assert groups == joined(10, list(reversed(links)))
    assert all(groups[one] == groups[other] for one, other in links)
    assert all(groups[groups[at]] == groups[at] <= at for at in range(10))


def test_one_shard_is_one_lane(place: Path) -> None:
    """Deciding in it finds every pair and no other, with one message an item and nothing gained."""
    found = stream(place / "stories" / "scoop.jsonl")
    kept = by_deciding(found, [frozenset({0})] * len(found.items))
    assert (kept.recall, kept.precision, kept.messages, kept.gain) == (1.0, 1.0, 1.0, 1.0)
    apart = by_links(found, [frozenset({at}) for at in range(len(found.items))])
    assert apart.recall == 0.0 and apart.gain == len(found.items)


def test_the_table_and_its_json(place: Path) -> None:
    """Every split of the grid, or those that were asked to decide."""
    told = CliRunner().invoke(main, ["--json", "--only", "scoop"], env={"SLUGLINE_DATA": str(place)})
    rows = json.loads(told.stdout)["rows"]
    assert {row["key"] for row in rows} == {*KEYS} and {row["shards"] for row in rows} == {
        2,
        4,
        8,
        16,
        32,
        64,
    }
    asked = ["--decide", "telling words", "2", "4"]
    told = CliRunner().invoke(main, ["--only", "scoop", *asked], env={"SLUGLINE_DATA": str(place)})
    heading, row = told.stdout.splitlines()
    assert heading.split()[:2] == ["set", "key"] and row.split()[:5] == [
        "scoop",
        "telling",
        "words",
        "2",
        "4",
    ]


def test_without_wires_it_says_so(tmp_path: Path) -> None:
    """In one line, and as JSON."""
    told = CliRunner().invoke(main, [], env={"SLUGLINE_DATA": str(tmp_path)})
    assert told.exit_code == 0 and told.stdout.startswith("nothing to split: no wires in ")
    told = CliRunner().invoke(main, ["--json"], env={"SLUGLINE_DATA": str(tmp_path)})
    assert json.loads(told.stdout)["rows"] == []
