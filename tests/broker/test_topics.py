"""The table of topics itself."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream import topics
from stream.broker.ledger import MAX_BYTES
from stream.topics import RAW, table


def test_sizes_nest() -> None:
    """What one topic took the next can take: door < raw < items < records < dead < a partition in memory."""
    sizes = [topics.MAX_ITEM_BYTES, topics.MAX_RAW, topics.MAX_ITEMS, topics.MAX_RECORDS, topics.MAX_DEAD]
    assert sizes == sorted(set(sizes))
    assert topics.MAX_DEAD < MAX_BYTES
    assert all(topic.max_message_bytes > topics.MAX_EVENT_BYTES for topic in table())


@given(st.integers(1, 200))
def test_only_raw_may_vary(raw_partitions: int) -> None:
    """Raw takes any number of partitions; lanes and stories keep theirs, as they would lose their order."""
    for topic, usual in zip(table(raw_partitions), table(), strict=True):
        assert topic.partitions == (raw_partitions if topic.name == RAW else usual.partitions)
        assert (topic.name, topic.cleanup, topic.retention_ms) == (
            usual.name,
            usual.cleanup,
            usual.retention_ms,
        )


def test_no_raw_partition_is_refused() -> None:
    """A topic without partitions takes nothing."""
    with pytest.raises(ValueError, match="at least 1"):
        table(0)


def test_compacted_topics_keep_for_ever() -> None:
    """A compacted topic has no retention, a deleted one has."""
    assert all((topic.retention_ms is None) == (topic.cleanup == "compact") for topic in table())


def test_records_lie_beside_their_lanes() -> None:
    """The changelog has as many partitions as the items: faust puts a record where its item was."""
    partitions = {topic.name: topic.partitions for topic in table(9)}
    assert partitions[topics.RECORDS] == partitions[topics.ITEMS]


def test_the_table_needs_no_client() -> None:
    """Reading the table brings no Kafka client in."""
    code = "import sys, stream.topics; print({'faust', 'aiokafka', 'confluent_kafka'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
