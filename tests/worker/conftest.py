"""The broker that every test of the worker runs on."""

from collections.abc import Iterator

import pytest

from stream.broker.embedded import EmbeddedBroker


@pytest.fixture
def broker() -> Iterator[EmbeddedBroker]:
    with EmbeddedBroker() as embedded:
        yield embedded
