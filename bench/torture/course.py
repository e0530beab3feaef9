"""A run: faults one after another at even distances while the wire flows, then the end of the stream. No law is judged."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from confluent_kafka import Consumer, KafkaException, TopicPartition

from bench.checks.outcome import Wrong
from bench.torture.faults import Fault
from bench.torture.scene import NAMED, UNNAMED, Scene
from stream.broker.connection import connection
from stream.broker.problem import BrokerError
from stream.topics import EVENTS, GROUP, ITEMS, LANE_PARTITIONS, RAW, RAW_PARTITIONS, STORY_PARTITIONS

FIRST = 120.0  # seconds until the first event: a worker that was never started here compiles for a while
REST = 600.0  # seconds for the stream to come to rest after the last fault
QUIET = 3.0  # seconds without a commit or an event, nothing being left to do
SECONDS = 10.0  # for a broker to answer
SOURCES = [TopicPartition(RAW, at) for at in range(RAW_PARTITIONS)]
SOURCES += [TopicPartition(ITEMS, at) for at in range(LANE_PARTITIONS)]
TOLD = [TopicPartition(EVENTS, at) for at in range(STORY_PARTITIONS)]
READERS = ((GROUP, SOURCES), ("alerts", TOLD))  # the second is the group of examples/alerting_service.py


@dataclass(frozen=True, slots=True)
class Done:
    """One fault that was done: when (monotonic), what it did, and the longest silence from it to the next, in seconds."""

    name: str
    told: str
    began: float
    silence: float = 0.0


@dataclass
class Course:
    done: list[Done] = field(default_factory=list)
    seconds: float = 0.0

    def by_kind(self) -> dict[str, list[Done]]:
        kinds = Counter(one.name for one in self.done)
        return {name: [one for one in self.done if one.name == name] for name, _ in kinds.most_common()}


def run(on: Scene, faults: Sequence[Fault], every: float) -> Course:
    """A fault every so many seconds, later where one takes longer; returns when there is nothing left to do."""
    began, course = time.monotonic(), Course()
    on.replayer.process.start()
    _until_first(on)
    flowing = time.monotonic()
    for number, fault in enumerate(faults):
        on.wait(max(0.0, flowing + number * every - time.monotonic()))
        on.replayer.go_on()
        if course.done:
            course.done[-1] = _heard(on, course.done[-1], time.monotonic())
            _tell(on, course, number, len(faults), began)
        course.done.append(_do(on, fault))
    on.wait(every)
    on.replayer.finish(on.say)
    course.done[-1] = _heard(on, course.done[-1], time.monotonic())
    _tell(on, course, len(faults), len(faults), began)
    _until_rest(on)
    course.seconds = time.monotonic() - began
    return course


def _do(on: Scene, fault: Fault) -> Done:
    began = time.monotonic()
    try:
        told = fault.do(on)
    except (Wrong, BrokerError, KafkaException) as error:
        told = f"did not go as meant: {error}"
        on.badly.append(f"{fault.name} {told}")
    _mend(on)
    return Done(fault.name, told, began)


def _mend(on: Scene) -> None:
    """What a fault that went wrong may have left behind."""
    for node in on.kafka.nodes:
        if not node.running:
            node.start()
            node.wait_until_ready()
    for name in (*NAMED, *UNNAMED):
        if not on.workers[name].wanted:
            on.workers[name].start()


def _heard(on: Scene, done: Done, end: float) -> Done:
    return Done(done.name, done.told, done.began, on.subscriber.silence(done.began, end))


def _tell(on: Scene, course: Course, number: int, whole: int, began: float) -> None:
    last, took = course.done[-1], time.monotonic() - began
    on.say(
        f"[{number:>{len(str(whole))}}/{whole} {int(took) // 60}:{int(took) % 60:02d}] {last.name}: {last.told}; "
        f"silence {last.silence:.1f} s; {on.subscriber.count:,} events"
    )


def _until_first(on: Scene) -> None:
    deadline = time.monotonic() + FIRST
    while not on.subscriber.count:
        if time.monotonic() > deadline:
            raise Wrong(f"no event came in {FIRST:.0f} s")
        on.wait(0.1)


def _until_rest(on: Scene) -> None:
    """The workers and the alerting service have read all there is. Wrong, with what is left, where they do not."""
    settings = {**connection(on.address).confluent(), "enable.auto.commit": False}
    clients = [(Consumer({**settings, "group.id": group}), places) for group, places in READERS]
    deadline, before, since = time.monotonic() + REST, (-1, -1), time.monotonic()
    try:
        while True:
            left = sum(lag(client, places) for client, places in clients)
            now = (left, on.subscriber.count)
            since = since if now == before and not left else time.monotonic()
            before = now
            if time.monotonic() - since > QUIET:
                return
            if time.monotonic() > deadline:
                raise Wrong(
                    f"the stream did not come to rest in {REST:.0f} s: {left:,} messages are not done"
                )
            on.wait(0.5)
    finally:
        for client, _ in clients:
            client.close()


def lag(client: Any, places: Sequence[TopicPartition] = SOURCES) -> int:
    """Messages that the client's group has not committed; 1 where no broker answers."""
    try:
        done = {(at.topic, at.partition): at.offset for at in client.committed(list(places), timeout=SECONDS)}
        ends = {
            (at.topic, at.partition): client.get_watermark_offsets(at, timeout=SECONDS)[1] for at in places
        }
    except KafkaException:
        return 1
    return sum(end - max(0, done[at]) for at, end in ends.items())
