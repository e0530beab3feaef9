"""An editor's merge and split through the whole of it: the commands, a worker that is restarted, and fold."""

import json
from pathlib import Path
from typing import Any

from tests.conftest import Running
from tests.laws.doubles import doubles
from tests.system.processes import dead, folded, run_dry, said, slugline, written


def states(broker: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in slugline("stories", "--json", broker=broker).stdout.splitlines()]


def open_ones(broker: str) -> list[dict[str, Any]]:
    here = [state for state in states(broker) if state["status"] == "open"]
    return sorted(here, key=lambda state: -int(state["members_count"]))


def test_what_an_editor_says_survives_restarts_and_fold_says_the_same(
    broker: Running, tmp_path: Path
) -> None:
    """Merged by text, split by hand, merged by hand; a worker each time; one edit too late is a dead letter."""
    wire, address = doubles(21, 3), broker.address
    slugline("replay", written(tmp_path / "a.jsonl", wire[:15]), broker=address)
    run_dry(address)
    story, other, *_ = open_ones(address)
    assert "merged_from" in story
    slugline("split", story["id"], story["members"][-1]["id"], "--note", "another ship", broker=address)
    slugline("merge", other["id"], story["id"], "--editor", "night desk", broker=address)
    slugline("merge", story["id"], other["id"], broker=address)  # one story already, when it arrives
    run_dry(address)
    slugline("replay", written(tmp_path / "b.jsonl", wire[15:]), broker=address)
    run_dry(address)
    merged = next(state for state in states(address) if state["id"] == other["id"])
    assert story["id"] in merged["merged_from"]
    assert [state for state in states(address) if state.get("split_from") == story["id"]]
    (letter,) = dead(address)
    assert "is all of them already" in letter["error"]
    retried = slugline("dead", "retry", "--all", broker=address, code=1)
    assert b"say it again" in retried.stderr
    assert said(address) == folded("--topic", "wire.items.v1", broker=address)
