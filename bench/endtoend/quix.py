"""The two stages on Quix Streams, written as its documentation does: one message at a time, on librdkafka.

Its own state would write a changelog only when it commits; so that the same bytes go through the same topics, the records
are messages like all others, and what was decided is looked up in a dictionary.
"""

import logging
import signal
import time
from collections.abc import Iterator
from typing import Any

from bench.endtoend.stages import Stages
from stream.topics import GROUP, ITEMS, RAW, table
from stream.worker.batches import Event
from stream.worker.writer import Write

FETCHED = {"fetch.wait.max.ms": 50, "fetch.message.max.bytes": 4 * 1024 * 1024}  # as the worker has it


def quix(address: str, stages: Stages) -> None:
    """Runs until SIGTERM. Only an environment with quixstreams in it can import what this needs."""
    from quixstreams import Application
    from quixstreams.models import Serializer

    class Bytes(Serializer):  # type: ignore[misc]  # it is not typed
        def __call__(self, value: Write, *_: Any, **__: Any) -> bytes | None:
            return value.value

    app = Application(
        broker_address=address,
        consumer_group=GROUP,
        auto_offset_reset="earliest",
        commit_interval=1.0,
        auto_create_topics=False,
        use_changelog_topics=False,
        consumer_extra_config=FETCHED,
        loglevel=logging.WARNING,
    )
    topics = {
        each.name: app.topic(each.name, value_serializer=Bytes(), value_deserializer="bytes")
        for each in table()
    }

    def pass_on(read: str, work: Any) -> None:
        frame = app.dataframe(topics[read]).apply(work, expand=True, metadata=True)
        frame = frame.set_headers(lambda one, *_: list(one.headers))
        frame = frame.set_timestamp(lambda *_: int(time.time() * 1_000))  # of writing, as with all others
        frame.to_topic(lambda one, *_: topics[one.topic], key=lambda one: one.key)

    pass_on(RAW, lambda *message: [stages.normalised(_event(RAW, *message))])
    kept: dict[bytes, bytes] = {}

    def desk(*message: Any) -> Iterator[Write]:
        made = stages.decided([_event(ITEMS, *message)], lambda _, key: kept.get(key))
        kept.update((one.key or b"", one.value or b"") for one in made.keep)
        made.done()
        return iter([*made.publish, *made.keep])

    pass_on(ITEMS, desk)
    signal.signal(signal.SIGTERM, lambda *_: app.stop())
    app.run()


def _event(topic: str, value: bytes, key: bytes, timestamp: int, headers: Any) -> Event:
    return Event(topic, 0, 0, key, value, list(headers or ()), timestamp)
