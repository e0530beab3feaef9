"""The brokers that laws are held on: the embedded one, and Apache Kafka where it is asked for.

Asked for is `pytest -m kafka`, or SLUGLINE_TEST_KAFKA=1 for both. What was asked for and cannot run fails.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import hypothesis
import pytest
from confluent_kafka.admin import AdminClient

from stream.broker.admin import Admin
from stream.broker.connection import connection
from stream.broker.declare import declare
from stream.broker.embedded import EmbeddedBroker
from stream.broker.kafka import LocalKafka
from stream.topics import RAW_PARTITIONS

PATIENCE = 30.0

# What runs two tests at a time (xdist) says how wide a terminal is where there is none: commands under test would believe it.
os.environ.pop("COLUMNS", None)

# The first call of a kernel compiles it: an example that took seconds once says nothing about the law.
hypothesis.settings.register_profile("slugline", deadline=None)
hypothesis.settings.load_profile("slugline")


@dataclass(frozen=True, slots=True)
class Running:
    """A broker with every topic declared and nothing on them; `embedded` is None on Apache Kafka."""

    address: str
    embedded: EmbeddedBroker | None = None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Kafka's tests are left out, and counted as deselected, unless they were asked for."""
    if os.environ.get("SLUGLINE_TEST_KAFKA") == "1" or "kafka" in str(config.getoption("-m")):
        return
    asked = [item for item in items if not item.get_closest_marker("kafka")]
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("kafka")])
    items[:] = asked


@pytest.fixture(scope="session")
def kafka_process() -> Iterator[LocalKafka]:
    with LocalKafka() as running:
        yield running


@pytest.fixture
def kafka(kafka_process: LocalKafka) -> Running:
    """The session's Apache Kafka, wiped."""
    wipe(kafka_process.address)
    return Running(kafka_process.address)


@pytest.fixture
def embedded() -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker() as running:
        yield running


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def broker(request: pytest.FixtureRequest) -> Running:
    running = request.getfixturevalue(request.param)
    return Running(running.address, running) if isinstance(running, EmbeddedBroker) else running


def wipe(address: str, raw_partitions: int = RAW_PARTITIONS) -> None:
    """Every topic anew and no group remembered."""
    client = AdminClient(connection(address).confluent())
    _forget_groups(client)
    topics = [name for name in client.list_topics(timeout=PATIENCE).topics if not name.startswith("__")]
    answers = client.delete_topics(topics, operation_timeout=PATIENCE) if topics else {}
    for answer in answers.values():
        answer.result(PATIENCE)
    Admin(address).wait_for(absent=topics)
    declare(address, raw_partitions)


def _forget_groups(client: AdminClient) -> None:
    """A group is empty when the session of its last killed member has ended."""
    deadline = time.monotonic() + PATIENCE
    groups = [group.group_id for group in client.list_consumer_groups().result(PATIENCE).valid]
    for group, answer in (client.delete_consumer_groups(groups) if groups else {}).items():
        while (error := answer.exception(PATIENCE)) is not None:
            assert time.monotonic() < deadline, f"{group} is not to be forgotten: {error}"
            time.sleep(0.1)
            [answer] = client.delete_consumer_groups([group]).values()
