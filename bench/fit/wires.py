"""The wires that weights are fitted on: items read once, what is known of their stories, their near-duplicates."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.checks.ground import place
from bench.score.corpora import CORPORA
from bench.score.pairs import TOGETHER, Pairs
from bench.score.running import opened
from bench.score.stories import Stories
from replay.inputs import read, stamped
from stream.core.desk import Decided, decide_batch
from stream.core.front import admit
from stream.core.item import Item
from stream.core.memory import Memory
from stream.core.settings import Settings
from stream.core.terms import Terms, terms
from stream.core.times import DAY

SETS = ("headlines", "incidents", "ecbplus", "scoop", "pairs")
DENSE, DENSER = "incidents x6", 6  # days that fall into one: held-out wires are denser than ours
SETTINGS = Settings()
AT_ONCE = 256

Judged = dict[int, tuple[int, bool]]  # later item -> earlier item, whether they are one story


@dataclass(frozen=True, slots=True)
class Wire:
    """By position: what each item is known by, its time, its near-duplicate before it, its true story."""

    name: str
    terms: Sequence[Terms]
    times: Sequence[int]
    family: Sequence[int | None]
    true: Sequence[str | None]
    judged: Judged

    @property
    def count(self) -> int:
        return len(self.times)


def wires() -> list[Wire]:
    """The development wires that are there, and one of them made denser."""
    found = [_wire(name) for name in SETS if CORPORA[name].there(place())]
    return [*found, *(_denser(wire) for wire in found if wire.name == "incidents")]


def _wire(name: str) -> Wire:
    with TemporaryDirectory(prefix="slugline-fit-") as scratch:
        stream = opened(name, CORPORA[name], place(), Path(scratch))
        items = _items(stream.stripped)
    gold = stream.gold
    true: list[str | None] = list(gold.true) if isinstance(gold, Stories) else [None] * len(items)
    judged: Judged = {}
    if isinstance(gold, Pairs):
        judged = {one.later: (one.earlier, one.label in TOGETHER) for one in gold.judged}
    return Wire(
        name,
        [terms(item) for item in items],
        [item.ts for item in items],
        _families(items),
        true,
        judged,
    )


def _items(path: Path) -> list[Item]:
    given = (stamped(one, 0, at) for at, one in enumerate(read([str(path)], io.BytesIO())))
    admitted = [admit(one.raw, one.headers, SETTINGS) for one in given]
    return [item for item in admitted if isinstance(item, Item)]


def _families(items: Sequence[Item]) -> list[int | None]:
    """The member that each item is one text with, as the desk decides."""
    memories = {item.lane: Memory(item.lane, SETTINGS.story_life) for item in items}
    positions = {item.identity: at for at, item in enumerate(items)}
    found: list[int | None] = []
    for first in range(0, len(items), AT_ONCE):
        batch, _ = decide_batch(memories, items[first : first + AT_ONCE], lambda _: None)
        for outcome in batch.outcomes:
            decision = outcome.record.decision if isinstance(outcome, Decided) else None
            one_text = decision is not None and decision.to and decision.relation != "same_story"
            found.append(positions[decision.to.identity] if one_text and decision and decision.to else None)
        batch.join()
    return found


def _denser(wire: Wire) -> Wire:
    first = wire.times[0]
    times = [first + (ts - first) // DAY // DENSER * DAY for ts in wire.times]
    return replace(wire, name=DENSE, times=times)
