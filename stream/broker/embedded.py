"""The embedded broker: the real Kafka protocol on a loopback port, in this process, for demo and tests."""

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Self

from stream.broker.admin import Admin
from stream.broker.gate import HOST, Gate
from stream.broker.ledger import MAX_BATCHES, MAX_BYTES, Full, Held, Ledger
from stream.broker.librdkafka import MockCluster
from stream.broker.problem import BrokerError
from stream.broker.wire import appends
from stream.topics import RAW_PARTITIONS, table

log = logging.getLogger(__name__)

PRODUCE, FETCH = 0, 1  # API keys of the protocol, for push_errors
POLICY_VIOLATION = 44  # what a write to a full broker is answered with: no client tries that again
REFUSALS = 1_000  # more than there are ever requests under way

LIMITS = (
    f"embedded broker, for demos and tests: in memory, gone with the process; {MAX_BYTES // 1_024**2} MiB "
    f"as stored or {MAX_BATCHES:,} batches per partition, and it ends before it would drop any; "
    "no compaction, no transactions, groups of one member. For more: Apache Kafka (make kafka)"
)


class EmbeddedBroker:
    """Starts with every topic of the table, changelogs included; everything ends with it.

    A partition that would pass its limit makes the broker full: from then on it refuses every write,
    says so once to `on_full` (on a thread of its own), and raises BrokerError when left as a context.
    """

    def __init__(
        self,
        raw_partitions: int = RAW_PARTITIONS,
        port: int = 0,
        on_full: Callable[[Full], None] | None = None,
    ) -> None:
        topics = table(raw_partitions)
        self.full: Full | None = None
        self._on_full = on_full or (lambda full: log.critical("%s", full))
        self._ledger = Ledger()
        self._cluster = MockCluster()
        try:
            self._gate = Gate(self._cluster.address, port, self._admit)
        except BaseException:
            self._cluster.close()
            raise
        self._cluster.advertise(HOST, self._gate.port)
        for topic in topics:
            self._cluster.create_topic(topic.name, topic.partitions)

    @property
    def address(self) -> str:
        return f"{HOST}:{self._gate.port}"

    @property
    def held(self) -> dict[tuple[str, int], Held]:
        """By topic and partition; a partition that nobody wrote to is absent."""
        return dict(self._ledger.held)

    def push_errors(self, api_key: int, *errors: int) -> None:
        """The next requests of this kind are answered with these error codes, one each, and not done."""
        self._cluster.push_errors(api_key, errors)

    def clear_errors(self, api_key: int) -> None:
        self._cluster.clear_errors(api_key)

    def broker_down(self) -> None:
        """Every connection is cut and none is answered until `broker_up`; what is held stays."""
        self._cluster.down()

    def broker_up(self) -> None:
        self._cluster.up()

    def set_rtt(self, ms: int) -> None:
        """Every answer takes this long."""
        self._cluster.set_rtt(ms)

    def must_hold_all(self) -> None:
        """BrokerError if the broker is full or, which the gate is there to prevent, has dropped anything."""
        if self.full:
            raise BrokerError(str(self.full))
        admin = Admin(self.address)
        topics, _ = admin.look()
        starts = admin.first_offsets((topic, at) for topic, count in topics.items() for at in range(count))
        if dropped := [
            f"{topic}[{at}] begins at {start:,}" for (topic, at), start in starts.items() if start
        ]:
            raise BrokerError(f"the embedded broker DROPPED messages: {', '.join(dropped)}")

    def close(self) -> None:
        self._gate.close()
        self._cluster.close()

    def _admit(self, request: bytes) -> None:
        full = self.full or self._ledger.enter(appends(request))
        if full:
            # The broker itself answers, so that a client fails at once and in its own words.
            self._cluster.clear_errors(PRODUCE)
            self._cluster.push_errors(PRODUCE, (POLICY_VIOLATION,) * REFUSALS)
            self._say(full)

    def _say(self, full: Full) -> None:
        if self.full is None:
            self.full = full
            self._on_full(full)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if self.full and error is None:
            raise BrokerError(str(self.full))
