"""The desk, read straight down: what happens to one item. The table of contents of this room; no I/O enters.

bytes        parse(raw, headers)          -> Item | Rejected      parse.py
Item         normalise(item)              -> Item                 normalise.py, furniture/, lane.py
Item         read(item)                   -> Fingerprint, Terms   read_once.py: what it is compared by, fingerprint.py,
                                                                  and what it is about, terms.py
             judge(memory, item, ...)     -> Decision, Change     judge.py: candidates index.py, verify verify.py,
                                                                  the table policy.py, wrap-ups wrapup.py, what is
                                                                  proved to be one proof.py, what is new change.py;
                                                                  else one event: morgue.py, kinship.py and the
                                                                  table policy_story.py
             united(story, merged)        -> Story                unite.py, families.py: what the item proves to be one
             assemble(story | None, ...)  -> Story                assemble.py, authorship.py, conflicts.py
             describe(before, after, ...) -> events               describe.py, describe_merge.py, messages.py
clock        expired(memory), close(...)  -> stories closed       forget.py: whose time is past; their records shrink
Edit         carry_out(memory, edit)      -> Done | Refusal       editing.py: an editor's word; part.py, describe_edit.py
records      recover(records, life)       -> memories             recover.py: the same memory.py, from what was kept
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from stream.core import forget
from stream.core.assemble import assemble
from stream.core.codec import encode
from stream.core.describe import closed, describe
from stream.core.describe_merge import merged
from stream.core.edit import Edit
from stream.core.editing import Moves, Records, Refusal, carry_out
from stream.core.events import CLOSED, Event, structured
from stream.core.families import one_family
from stream.core.item import Item
from stream.core.judge import judge
from stream.core.memory import Memory
from stream.core.messages import state_json
from stream.core.proof import losers
from stream.core.read_once import read
from stream.core.record import Buried, Edited, Record, record
from stream.core.record import read as read_record
from stream.core.story import Decision, Story
from stream.core.unite import united

Lookup = Callable[[str], bytes | None]  # identity -> the record's bytes, as kept


@dataclass(frozen=True, slots=True)
class Decided:
    """An item decided now. `states` are the stories as they stand after it, its own last."""

    record: Record
    events: tuple[Event, ...]
    states: tuple[Story, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """An editor's edit, carried out now. `moves` are the members that are in another story by it."""

    record: Edited
    events: tuple[Event, ...]
    states: tuple[Story, ...]
    moves: Moves


@dataclass(frozen=True, slots=True)
class Repeated:
    """A delivery that was decided before: its stored events are told again, as stored; never the state."""

    item: Item | Edit
    kept: (
        Record | Edited | None
    )  # None where only a shrunk record or a dead letter is left: counted, nothing told


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that could not be decided or written, an edit that can do nothing: to the dead letters, with a record."""

    item: Item | Edit
    record: Buried


Outcome = Decided | Applied | Repeated | Failed


class Doomed(Exception):  # noqa: N818  # it is what becomes of the item
    """Deciding an item raised: the batch is decided again with this item set apart."""

    def __init__(self, identity: str, reason: str) -> None:
        super().__init__(reason)
        self.identity, self.reason = identity, reason


@dataclass
class Batch:
    """Outcomes in order of arrival, on layers that `join` the memories once everything is kept, or `fall`.

    `states` are the last states of the stories that changed, as published, each with the identity that caused it.
    """

    layers: dict[str, Memory] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    records: dict[str, Record | Edited | Buried] = field(default_factory=dict)
    states: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def join(self) -> None:
        for layer in self.layers.values():
            layer.join()

    def fall(self) -> None:
        for layer in self.layers.values():
            layer.fall()


def decide_batch(
    memories: Mapping[str, Memory],
    items: Sequence[Item | Edit],
    kept: Lookup,
    doomed: Mapping[str, str] | None = None,
) -> tuple[Batch, Mapping[str, str]]:
    """All items of a batch, decided in order. `doomed` (identity -> reason) are to be dead-lettered; so are those that
    raise: the layers fall, and the batch is decided again without them. Returns the batch and all the doomed."""
    doomed = dict(doomed or {})
    while True:
        batch = Batch(
            layers={lane: memories[lane].layer() for lane in dict.fromkeys(item.lane for item in items)}
        )
        try:
            for item in items:
                batch.outcomes.append(_outcome(batch, item, kept, doomed))
            batch.states = _states(batch.outcomes)
            return batch, doomed
        except Doomed as failure:
            batch.fall()
            doomed[failure.identity] = failure.reason


def _outcome(batch: Batch, item: Item | Edit, kept: Lookup, doomed: Mapping[str, str]) -> Outcome:
    memory = batch.layers[item.lane]
    known = batch.records.get(item.identity) or _known(kept(item.identity))
    if known is not None:
        return Repeated(item, None if isinstance(known, Buried) else known)
    if item.identity in doomed:
        return _bury(batch, memory, item, doomed[item.identity])
    try:
        decided = (
            decide(memory, item)
            if isinstance(item, Item)
            else edit_stories(memory, item, partial(_record, batch, kept))
        )
    except Exception as bug:  # nobody foresaw it: the item is set apart, the stream goes on
        raise Doomed(item.identity, f"{type(bug).__name__}: {bug}") from bug
    if isinstance(decided, Refusal):
        return _bury(batch, memory, item, decided.reason)
    batch.records[item.identity] = decided.record
    return decided


def _states(outcomes: Sequence[Outcome]) -> dict[str, tuple[str, bytes]]:
    """Once a batch for each story: compaction would keep the last one only."""
    last = {
        story.id: (one.record.identity, story)
        for one in outcomes
        if isinstance(one, Decided | Applied)
        for story in one.states
    }
    return {name: (identity, _state(identity, story)) for name, (identity, story) in last.items()}


def _state(identity: str, story: Story) -> bytes:
    try:
        return encode(state_json(story))
    except Exception as bug:
        raise Doomed(identity, f"{type(bug).__name__}: {bug}") from bug


def _known(raw: bytes | None) -> Record | Edited | Buried | None:
    if raw is None:
        return None
    found, _ = read_record(raw)
    return found if isinstance(found, Record | Edited) else Buried("", "", 0, "")


def _bury(batch: Batch, memory: Memory, item: Item | Edit, reason: str) -> Failed:
    buried = Buried(item.identity, item.lane, memory.number, reason)
    memory.number += 1
    batch.records[item.identity] = buried
    return Failed(item, buried)


def decide(memory: Memory, item: Item) -> Decided:
    """One item, straight down. Changes the memory, which is a layer."""
    read_as, known_by = read(item)
    memory.advance(item.ts)
    expired = forget.expired(memory)
    decision, change = judge(memory, item, read_as, known_by)
    winner, merging = memory.stories.get(decision.story), losers(memory, decision.merges)
    before = _as_one(winner, merging, decision)
    story = assemble(before, item, memory.number, decision, memory.until(item.ts), change.material)
    events = describe(winner, story, item, decision, change)
    redirects, told = merged(merging, story, item, decision, len(events) + 1) if merging else ((), ())
    story = _telling(story, len(events) + len(merging))
    memory.join_story(story, item, read_as, known_by, merging)
    events += told
    gone = tuple([_close(memory, past) for past in expired])
    events += tuple([closed(past, item, memory.clock.now or 0) for past in gone])
    made = record(item, memory.number, decision, change.material, tuple([past.id for past in gone]), events)
    memory.number += 1
    return Decided(made, events, (*gone, *redirects, story))


def _record(batch: Batch, kept: Lookup, identity: str) -> Record | None:
    known = batch.records.get(identity) or _known(kept(identity))
    return known if isinstance(known, Record) else None


def edit_stories(memory: Memory, edit: Edit, records: Records) -> Applied | Refusal:
    """An editor's word, carried out. Changes the memory, which is a layer."""
    done = carry_out(memory, edit, records)
    if isinstance(done, Refusal):
        return done
    told = tuple(structured(event) for event in done.events)
    kept = Edited(edit, memory.number, done.story, done.merged, done.parted, told)
    memory.number += 1
    return Applied(kept, done.events, done.states, done.moves)


def remember(memory: Memory, kept: Record) -> None:
    """What a decided item did to the memory, done again from its record; the clock has been moved."""
    winner, merging = memory.stories.get(kept.decision.story), losers(memory, kept.decision.merges)
    before = _as_one(winner, merging, kept.decision)
    until = memory.until(kept.item.ts)
    story = assemble(before, kept.item, kept.number, kept.decision, until, kept.material)
    own = sum(event["subject"] == story.id and event["type"] != CLOSED for event in kept.events)
    read_as, known_by = read(kept.item)
    memory.join_story(_telling(story, own), kept.item, read_as, known_by, merging)
    for past in kept.closed:  # those that are bound to a story that is open still
        forget.close(memory, past)


def _as_one(winner: Story | None, merging: Sequence[Story], decision: Decision) -> Story | None:
    """The story before the item, with what the item proves to be one as one."""
    return one_family(united(winner, merging), decision.family, decision.folds) if winner else None


def _telling(story: Story, events: int) -> Story:
    """The story with the number of its latest version's events, which is mostly one."""
    return story if story.events == events else replace(story, events=events)


def _close(memory: Memory, story: Story) -> Story:
    forget.close(memory, story.id)
    return replace(story, closed=True, events=story.events + 1)
