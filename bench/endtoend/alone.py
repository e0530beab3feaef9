"""The core's own time: what every app does with an item, with no faust, no broker and no await. In its own process."""

from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import process_time

from bench.measure.wires import SETTINGS, Sent
from stream.topics import ITEMS, RAW
from stream.worker import steps
from stream.worker.batches import Event
from stream.worker.desk import Desk
from stream.worker.steps import Keeper


@dataclass(frozen=True, slots=True)
class Alone:
    """Seconds of processor time per item, and what was written for one: messages and their bytes."""

    seconds: float
    writes: float
    size: float


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
    pipe = _Pipe()
    for one in messages[:warm]:
        pipe.take([one])
    begin, writes, size = process_time(), pipe.writes, pipe.size
    for start in range(warm, len(messages), at_once):
        pipe.take(messages[start : start + at_once])
    count = len(messages) - warm
    took = process_time() - begin
    told.send(Alone(took / count, (pipe.writes - writes) / count, (pipe.size - size) / count))


class _Pipe:
    """Both stages by the worker's own steps, and a table that is a dictionary."""

    def __init__(self) -> None:
        self.desk, self.table = Desk(SETTINGS, Keeper()), dict[str, bytes]()
        self.writes = self.size = 0

    def take(self, messages: Sequence[Sent]) -> None:
        items = [steps.normalised(event(one), SETTINGS) for one in messages]
        events = [Event(ITEMS, 0, 0, one.key, one.value, list(one.headers)) for one in items]
        work = self.desk.decide([steps.read(one) for one in events], lambda _, i: self.table.get(i), {})
        self.table.update((keep.identity, keep.write.value or b"") for keep in work.keep)
        self.desk.keep(work, [0])
        written = [*items, *(caused.write for caused in work.publish), *(keep.write for keep in work.keep)]
        self.writes += len(written)
        self.size += sum(len(one.value or b"") for one in written)


def event(one: Sent) -> Event:
    return Event(RAW, 0, 0, one.key, one.raw, [(name, said.encode()) for name, said in one.headers.items()])
