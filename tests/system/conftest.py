"""Brokers with a number of raw partitions, embedded and Apache Kafka."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from stream.broker.embedded import EmbeddedBroker
from tests.conftest import wipe

Start = Callable[[int], str]


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def start(request: pytest.FixtureRequest) -> Iterator[Start]:
    """`start(raw_partitions)`: the address of a broker with every topic and nothing on them."""
    with ExitStack() as stack:

        def embedded(raw_partitions: int) -> str:
            return stack.enter_context(EmbeddedBroker(raw_partitions)).address

        def kafka(raw_partitions: int) -> str:
            address: str = request.getfixturevalue("kafka_process").address
            wipe(address, raw_partitions)
            return address

        yield embedded if request.param == "embedded" else kafka
