"""The embedded broker: the real Kafka protocol on a loopback port, in this process, for the demo and the tests."""

from types import TracebackType
from typing import Self

from stream.broker.librdkafka import MockCluster
from stream.topics import RAW_PARTITIONS, table

PRODUCE = 0  # API keys of the protocol, for push_errors
FETCH = 1


class EmbeddedBroker:
    """Starts with every topic of the table, changelogs included; everything ends with it."""

    def __init__(self, raw_partitions: int = RAW_PARTITIONS) -> None:
        self._cluster = MockCluster()
        for topic in table(raw_partitions):
            self._cluster.create_topic(topic.name, topic.partitions)

    @property
    def address(self) -> str:
        return self._cluster.address

    def push_errors(self, api_key: int, *errors: int) -> None:
        """The next requests of this kind are answered with these Kafka error codes, one each, and not done."""
        self._cluster.push_errors(api_key, errors)

    def clear_errors(self, api_key: int) -> None:
        self._cluster.clear_errors(api_key)

    def broker_down(self) -> None:
        self._cluster.down()

    def broker_up(self) -> None:
        self._cluster.up()

    def set_rtt(self, ms: int) -> None:
        """Every answer takes this long."""
        self._cluster.set_rtt(ms)

    def close(self) -> None:
        self._cluster.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
