"""The core's own time: what every app does with an item, with no faust, no broker and no await. In its own process."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import process_time

from bench.endtoend.stages import Core
from bench.measure.wires import Sent
from stream.core.rehearsal import rehearse
from stream.core.settings import Settings
from stream.garbage import look_seldom
from stream.topics import ITEMS, RAW
from stream.worker.batches import Event
from stream.worker.writer import Write


@dataclass(frozen=True, slots=True)
class Alone:
    """Per item: seconds of processor time by stage; messages and bytes of value, key and headers by topic."""

    by_stage: Mapping[str, float]
    writes: Mapping[str, float]
    sizes: Mapping[str, float]

    @property
    def seconds(self) -> float:
        return sum(self.by_stage.values())


def alone(messages: Sequence[Sent], warm: int, at_once: int) -> Alone:
    """All but the first `warm` messages, so many in a batch."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_alone, args=(messages, warm, at_once, theirs), daemon=True)
    child.start()
    theirs.close()  # a child that dies is an EOFError here
    try:
        found = ours.recv()
        assert isinstance(found, Alone)
        return found
    finally:
        child.kill()
        child.join()


def _alone(messages: Sequence[Sent], warm: int, at_once: int, told: Connection) -> None:
    look_seldom()
    rehearse(Settings())
    pipe = _Pipe()
    for one in messages[:warm]:
        pipe.take([one])
    pipe.forget()
    for start in range(warm, len(messages), at_once):
        pipe.take(messages[start : start + at_once])
    told.send(pipe.tell(len(messages) - warm))


@dataclass(slots=True)
class _Pipe:
    """Both stages by the worker's own steps, and a table that is a dictionary."""

    core: Core = field(default_factory=Core)
    table: dict[bytes, bytes] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)
    writes: Counter[str] = field(default_factory=Counter)
    sizes: Counter[str] = field(default_factory=Counter)

    def take(self, messages: Sequence[Sent]) -> None:
        with self._timed("normalise"):
            items = [self.core.normalised(event(one)) for one in messages]
        events = [Event(ITEMS, 0, 0, one.key, one.value, list(one.headers)) for one in items]
        with self._timed("desk"):
            made = self.core.decided(events, lambda _, key: self.table.get(key))
            self.table.update((keep.key or b"", keep.value or b"") for keep in made.keep)
            made.done()
        for one in (*items, *made.publish, *made.keep):
            self.writes[one.topic] += 1
            self.sizes[one.topic] += size(one)

    def forget(self) -> None:
        for counted in (self.seconds, self.writes, self.sizes):
            counted.clear()

    def tell(self, count: int) -> Alone:
        each = ({name: n / count for name, n in by.items()} for by in (self.seconds, self.writes, self.sizes))
        return Alone(*each)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        begin = process_time()
        yield
        self.seconds[stage] += process_time() - begin  # type: ignore[assignment]  # seconds are no whole numbers


def size(one: Write) -> int:
    """The bytes of a message, before its batch is made."""
    headers = sum(len(name) + len(value) for name, value in one.headers)
    return len(one.key or b"") + len(one.value or b"") + headers


def event(one: Sent) -> Event:
    return Event(RAW, 0, 0, one.key, one.raw, [(name, said.encode()) for name, said in one.headers.items()])
