"""The core over inputs with no broker at all: what the worker would say of them, in the order given. Nothing is sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from replay.inputs import Input, stamped
from stream.core.codec import decode, encode
from stream.core.desk import Applied, Batch, Decided, Failed, Outcome, Repeated, decide_batch
from stream.core.edit import Edit
from stream.core.edit_json import edit_to_json, message_from_topic
from stream.core.events import structured
from stream.core.forget import shrink
from stream.core.front import admit
from stream.core.item import Item, Rejected
from stream.core.measures import UNIT
from stream.core.memory import Memory
from stream.core.record import Record, write
from stream.core.settings import Settings

AT_ONCE = 256  # items in a batch: as the worker, so that the same code runs
Refused = dict[str, Any]


@dataclass
class Folded:
    """What a run said: a line per input (decided once, told at the end), the last states, the distinct events."""

    settings: Settings
    memories: dict[str, Memory] = field(default_factory=dict)
    records: dict[str, bytes] = field(default_factory=dict)
    lines: list[Outcome | Refused] = field(default_factory=list)
    states: dict[str, bytes] = field(default_factory=dict)
    events: dict[str, bytes] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)  # story -> the one that it was merged into
    folded: dict[str, str] = field(default_factory=dict)  # family -> the one that it is one text with
    moved: dict[str, tuple[str, str]] = field(
        default_factory=dict
    )  # identity -> story and family, by an edit

    def take(self, items: Sequence[Item | Edit | Refused]) -> None:
        """One batch, in order."""
        messages = [item for item in items if isinstance(item, Item | Edit)]
        memories = self._memories(message.lane for message in messages)
        batch, _ = decide_batch(memories, messages, self.records.get)
        outcomes = iter(batch.outcomes)
        for item in items:
            self.lines.append(next(outcomes) if isinstance(item, Item | Edit) else item)
        self._keep(batch)

    def _memories(self, lanes: Iterable[str]) -> Mapping[str, Memory]:
        for lane in lanes:
            if lane not in self.memories:
                self.memories[lane] = Memory(lane, self.settings.story_life)
        return self.memories

    def _keep(self, batch: Batch) -> None:
        for outcome in batch.outcomes:
            if isinstance(outcome, Repeated):
                continue
            self.records[outcome.record.identity] = write(outcome.record, "fold")
            if isinstance(outcome, Applied):
                self.moved.update(outcome.moves)
            if isinstance(outcome, Decided):
                decision = outcome.record.decision
                self.folded.update(dict.fromkeys(decision.folds, decision.family))
            if isinstance(outcome, Decided | Applied):
                self.events.update((event.id, encode(structured(event))) for event in outcome.events)
                self.merged.update((story.id, story.into) for story in outcome.states if story.into)
        self.states.update((story, state) for story, (_, state) in batch.states.items())
        batch.join()
        for memory in self.memories.values():
            for shrunk in shrink(memory):
                self.records[shrunk.identity] = write(shrunk, "fold")

    def assignments(self) -> Iterator[bytes]:
        """One JSON line per input, in input order, as the stories stand at the end."""
        first: dict[str, Refused] = {}
        for line in self.lines:
            yield encode(self._now(line, _line(line, first)))

    def _now(self, line: Outcome | Refused, told: Refused) -> Refused:
        """With the story and the family that the item is in at the end."""
        if "story" not in told or not isinstance(line, Decided | Repeated):
            return told
        identity = line.record.identity if isinstance(line, Decided) else line.item.identity
        story, family = self.moved.get(identity, (told["story"], told["family"]))
        return {**told, "story": _last(self.merged, story), "family": _last(self.folded, family)}

    def stories(self) -> Iterator[bytes]:
        """The last state of every story, open and closed, by id."""
        return (self.states[story] for story in sorted(self.states))

    def distinct_events(self) -> Iterator[bytes]:
        """By subject, sequence and id."""

        def order(raw: bytes) -> tuple[str, str, str]:
            event = decode(raw)
            return event["subject"], event["sequence"], event["id"]

        return iter(sorted(self.events.values(), key=order))


def _last(into: Mapping[str, str], found: str) -> str:
    while found in into:
        found = into[found]
    return found


def fold(inputs: Iterable[Input], settings: Settings, received: int = 0) -> Folded:
    """Inputs without a time count as received at `received` ms (1970) and a second later for each."""
    folded = Folded(settings)
    admitted = (_admit(stamped(given, received, n), settings) for n, given in enumerate(inputs))
    while items := list(islice(admitted, AT_ONCE)):
        folded.take(items)
    return folded


def fold_messages(messages: Iterable[tuple[str, bytes]], settings: Settings) -> Folded:
    """The values of wire.items.v1 in their recorded order, each with where it stood."""
    folded = Folded(settings)
    read_back = (_read_back(where, value) for where, value in messages)
    while items := list(islice(read_back, AT_ONCE)):
        folded.take(items)
    return folded


def _admit(given: Input, settings: Settings) -> Item | Refused:
    admitted = admit(given.raw, given.headers, settings)
    return admitted if isinstance(admitted, Item) else _refused(admitted, given.where)


def _read_back(where: str, value: bytes) -> Item | Edit | Refused:
    try:
        return message_from_topic(value)
    except ValueError as error:
        return _refused(Rejected(str(error), value), where)


def _refused(rejected: Rejected, where: str) -> Refused:
    return {"item": None, "error": rejected.reason, "input": where}


def _line(line: Outcome | Refused, first: dict[str, Refused]) -> Refused:
    match line:
        case Decided(record=record):
            first[record.item.identity] = told = _assignment(record)
            return told
        case Repeated(item=item):
            again = first[item.identity]
            return (
                again
                if again["item"] is None
                else {**again, "relation": "repeat", "to": again["item"], "score": 1}
            )
        case Failed(item=item, record=buried):
            where = item.id if isinstance(item, Item) else f"edit {item.identity}"
            first[item.identity] = told = {"item": None, "error": buried.reason, "input": where}
            return told
        case Applied(record=edited):
            first[edited.identity] = told = {"item": None, "edit": edit_to_json(edited.edit)}
            return told
    return line


def _assignment(record: Record) -> Refused:
    decision = record.decision
    told = {
        "item": record.item.id,
        "to": decision.to.id if decision.to else None,
        "story": decision.story,
        "family": decision.family,
        "relation": decision.relation,
        "score": None if decision.score is None else decision.score / UNIT,
        "reason": decision.reason,
    }
    contains = [ref.id for ref in decision.contains]
    return {**told, "contains": contains} if contains else told
