"""The brokers that checks run on, each for one check and gone with it. Which check runs where is not said here."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from stream.broker.embedded import EmbeddedBroker
from stream.broker.kafka import LocalKafka

Broker = Callable[[int], AbstractContextManager[str]]  # raw partitions -> the address, while it runs


@contextmanager
def embedded(raw_partitions: int) -> Iterator[str]:
    with EmbeddedBroker(raw_partitions) as broker:
        yield broker.address


@contextmanager
def kafka(raw_partitions: int) -> Iterator[str]:
    """BrokerError says what is missing where Java or Maven is not there."""
    with LocalKafka(raw_partitions=raw_partitions) as broker:
        yield broker.address
