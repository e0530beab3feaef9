"""A broker for each run, empty: the embedded one anew, or one Apache Kafka wiped in between. No app is known here."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from stream.broker.admin import Admin
from stream.broker.connection import connection
from stream.broker.declare import declare
from stream.broker.embedded import EmbeddedBroker
from stream.broker.kafka import LocalKafka

PATIENCE = 30.0
Ground = Callable[[], AbstractContextManager[str]]


@contextmanager
def ground(kafka: bool) -> Iterator[Ground]:
    """What gives the address of a broker with every topic on it and nothing in them."""
    with ExitStack() as held:
        running = held.enter_context(LocalKafka()) if kafka else None
        yield lambda: _wiped(running.address) if running else _embedded()


@contextmanager
def _embedded() -> Iterator[str]:
    with EmbeddedBroker() as broker:
        yield broker.address


@contextmanager
def _wiped(address: str) -> Iterator[str]:
    client = AdminClient(connection(address).confluent())
    _forget_groups(client)
    topics = [name for name in client.list_topics(timeout=PATIENCE).topics if not name.startswith("__")]
    for answer in client.delete_topics(topics, operation_timeout=PATIENCE).values():
        answer.result(PATIENCE)
    Admin(address).wait_for(absent=topics)
    declare(address)
    yield address


def _forget_groups(client: AdminClient) -> None:
    """A group whose last member has only just gone is not yet empty."""
    deadline = time.monotonic() + PATIENCE
    while groups := [g.group_id for g in client.list_consumer_groups().result(PATIENCE).valid]:
        try:
            for answer in client.delete_consumer_groups(groups).values():
                answer.result(PATIENCE)
        except KafkaException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
