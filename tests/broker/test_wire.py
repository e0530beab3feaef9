"""The count before the embedded broker: what a Produce request holds, and what still fits."""

from collections.abc import Iterable
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.broker.ledger import MAX_BATCHES, MAX_BYTES, Held, Ledger
from stream.broker.wire import FIRST_FLEXIBLE, LAST, Append, UnreadableError, appends
from stream.topics import table

TOPICS = [topic.name for topic in table()]
BATCHES = st.dictionaries(
    st.sampled_from(TOPICS), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 300)), max_size=5)
)


def varint(value: int) -> bytes:
    low, high = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(high) if high else bytes([low])


def text(written: str, flexible: bool) -> bytes:
    raw = written.encode()
    return (varint(len(raw) + 1) if flexible else pack(">h", len(raw))) + raw


def produce(version: int, topics: dict[str, list[tuple[int, int]]], client: str = "replay") -> bytes:
    """A Produce request as the protocol's guide writes it, the records all zeros."""
    flexible = version >= FIRST_FLEXIBLE
    tags = b"\x01\x05\x02ab" if flexible else b""  # one tag, number 5, of two bytes

    def length(size: int) -> bytes:
        return varint(size + 1) if flexible else pack(">i", size)

    def partitions(batches: Iterable[tuple[int, int]]) -> bytes:
        return b"".join(pack(">i", at) + length(size) + bytes(size) + tags for at, size in batches)

    head = pack(">hhi", 0, version, 77) + text(client, flexible=False) + tags
    transaction = (b"\x00" if flexible else pack(">h", -1)) if version >= 3 else b""
    body = (text(name, flexible) + length(len(of)) + partitions(of) + tags for name, of in topics.items())
    return head + transaction + pack(">hi", -1, 60_000) + length(len(topics)) + b"".join(body) + tags


@given(st.integers(0, LAST), BATCHES)
def test_every_batch_is_seen(version: int, topics: dict[str, list[tuple[int, int]]]) -> None:
    """In every version of the protocol each batch is seen once, with its topic, partition and size."""
    sent = [Append(topic, at, size) for topic, of in topics.items() for at, size in of]
    assert list(appends(produce(version, topics))) == sent


@given(st.integers(0, LAST), BATCHES, st.data())
def test_a_cut_request_is_refused(
    version: int, topics: dict[str, list[tuple[int, int]]], data: st.DataObject
) -> None:
    """A request that ends early is never taken for a smaller one."""
    whole = produce(version, topics)
    with pytest.raises(UnreadableError):
        list(appends(whole[: data.draw(st.integers(2, len(whole) - 1))]))


def test_an_unknown_version_is_refused() -> None:
    """A version whose layout is not known here is not guessed at."""
    with pytest.raises(UnreadableError, match=f"version {LAST + 1}"):
        list(appends(produce(LAST + 1, {"wire.raw.v1": [(0, 10)]})))


@given(st.lists(st.builds(Append, st.sampled_from(TOPICS[:2]), st.integers(0, 1), st.integers(1, MAX_BYTES))))
def test_no_partition_passes_its_limit(batches: list[Append]) -> None:
    """Whatever is sent, one by one: what is held is what was taken, and never more than the limit."""
    ledger = Ledger()
    taken = [batch for batch in batches if ledger.enter([batch]) is None]
    assert sum(held.size for held in ledger.held.values()) == sum(batch.size for batch in taken)
    assert all(held.size <= MAX_BYTES for held in ledger.held.values())


def test_a_batch_that_just_fits_is_taken() -> None:
    """The limit itself is allowed, one byte more is not; so with the number of batches."""
    ledger = Ledger({("wire.raw.v1", 0): Held(1, MAX_BYTES - 10), ("wire.raw.v1", 1): Held(MAX_BATCHES, 10)})
    assert ledger.enter([Append("wire.raw.v1", 0, 11)]) is not None
    assert ledger.enter([Append("wire.raw.v1", 0, 10)]) is None
    assert ledger.enter([Append("wire.raw.v1", 1, 1)]) is not None


def test_a_request_is_taken_whole_or_not() -> None:
    """Where one batch of a request does not fit, none of it counts."""
    ledger = Ledger()
    full = ledger.enter([Append("wire.raw.v1", 0, 10), Append("wire.raw.v1", 1, MAX_BYTES + 1)])
    assert full is not None
    assert (full.topic, full.partition, full.more) == ("wire.raw.v1", 1, MAX_BYTES + 1)
    assert {held.size for held in ledger.held.values()} == {0}
