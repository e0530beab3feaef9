"""Law 2: replay says the same. One order of wire.items gives the same stories, versions, event ids and contents."""

import os
import random
import subprocess
import sys
from pathlib import Path

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.core.desk import Decided, decide_batch
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.record import Kept, read
from stream.core.recover import recover
from stream.core.settings import Settings
from stream.core.times import MINUTE
from tests.laws.shore import Shore, folded, items_of, messages, run
from tests.laws.wires import brief, dealt

ROOT = Path(__file__).parents[2]
SHORT_LIVED = Settings(story_life=20 * MINUTE)


def lanes_of(count: int = 120) -> list[Item]:
    return items_of(dealt(brief(21, count), "en", "de", "fr"))


@settings(max_examples=12, deadline=None)
@given(at_once=st.integers(1, 120), order=st.integers(0, 10_000))
def test_batches_and_order_of_partitions_leave_no_trace(at_once: int, order: int) -> None:
    """However the same wire.items fall into batches, the desk says what fold says."""
    items = lanes_of()
    shore, whole = Shore(), folded(items, SHORT_LIVED)
    run(shore, messages(items), at_once=at_once, order=order, settings=SHORT_LIVED)
    assert shore.events() == whole.events
    assert shore.states() == {story.encode(): state for story, state in whole.states.items()}


@settings(max_examples=12, deadline=None)
@given(chance=st.randoms(use_true_random=False), again=st.integers(0, 60), cut=st.integers(1, 119))
def test_memories_are_a_fold_of_records_shuffled_repeated_and_compacted(
    chance: random.Random, again: int, cut: int
) -> None:
    """What is decided after a recovery does not depend on how the records came back."""
    items = [item for item in lanes_of() if item.lane == "en"]
    before, after = items[:cut], items[cut:]
    log = written(before)
    compacted = list({kept.identity: kept for kept in log}.values())
    mixed = compacted + chance.choices(compacted, k=again) if compacted else []
    chance.shuffle(mixed)
    assert decided_after(log, after) == decided_after(mixed, after) == decided_after(compacted, after)


def written(items: list[Item]) -> list[Kept]:
    """Every record that a run wrote, those that shrank after what they shrank from."""
    shore = Shore()
    run(shore, messages(items), at_once=7, settings=SHORT_LIVED)
    return [read(one.value or b"")[0] for one in shore.landed if one.topic.endswith("changelog")]


def decided_after(records: list[Kept], items: list[Item]) -> list[object]:
    memories = recover(records, SHORT_LIVED.story_life)
    memories.setdefault("en", Memory("en", SHORT_LIVED.story_life))
    known = {kept.identity for kept in records}
    batch, _ = decide_batch(memories, [item for item in items if item.identity not in known], lambda _: None)
    return [(o.record, o.events, o.states) for o in batch.outcomes if isinstance(o, Decided)]


def test_the_salt_of_hash_leaves_no_trace(tmp_path: Path) -> None:
    """Two processes with other hash seeds fold to the same bytes."""
    wire = tmp_path / "wire.jsonl"
    wire.write_bytes(b"\n".join(orjson.dumps(one) for one in brief(22, 150)))
    assert fold_with_seed(wire, "1") == fold_with_seed(wire, "4711")


def fold_with_seed(wire: Path, seed: str) -> list[bytes]:
    command = [sys.executable, "-m", "stream", "fold", str(wire)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return [
        subprocess.run([*command, shown], env=environment, cwd=ROOT, check=True, capture_output=True).stdout
        for shown in ("--events", "--stories", "--assignments")
    ]


def test_a_second_replay_of_the_same_input_makes_no_new_event() -> None:
    """Repeats keep their ids."""
    items = lanes_of(60)
    once, twice = folded(items), folded([*items, *items])
    assert once.events == twice.events
    assert once.states == twice.states


def test_no_place_of_the_machine_is_told() -> None:
    """No topic, partition, offset or host stands in an event or a state."""
    whole = folded(lanes_of(60))
    told = b"".join([*whole.events.values(), *whole.states.values()])
    for word in (b"wire.items", b"partition", b"offset", os.uname().nodename.encode()):
        assert word not in told
