"""How far a worker has come, asked of the broker, and the wait for its end. No message is read here."""

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from confluent_kafka import Consumer, TopicPartition

from bench.checks.commands import Worker
from bench.checks.ground import Say
from stream.broker.connection import connection
from stream.topics import table

LOOK = 0.05  # seconds between two looks
TELL = 5.0  # seconds between two lines of progress
SECONDS = 10.0  # for the broker to answer


class Watch:
    """Counts the messages of topics by their offsets. It joins no group."""

    def __init__(self, broker: str) -> None:
        self._client = Consumer({**connection(broker).confluent(), "group.id": "check-data"})
        self._partitions = {topic.name: topic.partitions for topic in table()}

    def count(self, topic: str) -> int:
        """Every message that was ever put on a topic of the table (but wire.raw)."""
        places = [TopicPartition(topic, number) for number in range(self._partitions[topic])]
        return sum(self._client.get_watermark_offsets(place, timeout=SECONDS)[1] for place in places)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()


@dataclass(slots=True)
class Course:
    """A worker's run, in seconds from its start to its first message on a topic and to its last."""

    first: float = 0.0
    last: float = 0.0
    before: int = 0
    count: int = 0
    told: float = 0.0

    def see(self, count: int, seconds: float) -> None:
        if count > self.count:
            self.first, self.last, self.count = self.first or seconds, seconds, count

    def tell(self, seconds: float, items: int, say: Say) -> None:
        if seconds >= self.told + TELL:
            self.told = seconds
            done = min(self.count - self.before, items)  # some items are told in more than one message
            say(f"  {done:,} of {items:,} items, {seconds:.0f} s")


def until_done(worker: Worker, watch: Watch, topic: str, items: int, say: Say) -> Course:
    """Waits for the worker's own end."""
    before = watch.count(topic)
    course = Course(before=before, count=before)
    while worker.running:
        seconds = time.monotonic() - worker.began
        course.see(watch.count(topic), seconds)
        course.tell(seconds, items, say)
        time.sleep(LOOK)
    return course


def until_count(worker: Worker, watch: Watch, topic: str, wanted: int) -> None:
    """Waits for a topic to have so many messages."""
    while worker.running and watch.count(topic) < wanted:
        time.sleep(LOOK)
