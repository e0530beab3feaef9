"""Laws of dead letters: what failed is kept as it came, told where and why, and can be tried again."""

from hashlib import sha256
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.core.codec import encode
from stream.core.dead import (
    Arrived,
    DeadLetter,
    Headers,
    NotRetried,
    Offered,
    Retry,
    Stage,
    dead_letter,
    retried,
)
from stream.core.item import Item, Rejected
from stream.core.item_json import item_to_json
from stream.core.parse import parse
from tests.core.deliveries import BODIES, items

MAX = 900_000
ORIGIN = Arrived("wire.raw.v1", 3, 1_987)
CAME: Headers = (("source", b"afp"), ("id", b"ferry-1"), ("received", b"2024-05-02T09:30:00Z"))

values = st.one_of(st.binary(max_size=200), st.sampled_from(BODIES).map(str.encode))
# Headers that came, forged ones among them.
came = st.lists(
    st.tuples(
        st.sampled_from(
            ("source", "id", "received", "content-type", "x-trace", "dead.topic", "dead.stage", "dead.cut")
        ),
        st.one_of(st.just(b"desk"), st.binary(max_size=9)),
    ),
    max_size=5,
).map(tuple)


def letter(
    value: bytes, headers: Headers = CAME, stage: Stage = "normalise", max_bytes: int = MAX
) -> DeadLetter:
    return dead_letter(
        key=b"afp:ferry-1",
        value=value,
        headers=headers,
        origin=ORIGIN,
        stage=stage,
        error="neither title nor text",
        max_bytes=max_bytes,
    )


@given(values, came, st.sampled_from(get_args(Stage)))
def test_a_dead_letter_keeps_bytes_key_and_headers_as_they_came(
    value: bytes, headers: Headers, stage: Stage
) -> None:
    """Law 1: nothing is lost. And no header that came along passes for one of ours."""
    dead = letter(value, headers, stage)
    assert (dead.key, dead.value) == (b"afp:ferry-1", value)
    assert dead.came == headers
    assert dead.ours == {
        "topic": "wire.raw.v1",
        "partition": "3",
        "offset": "1987",
        "stage": stage,
        "error": "neither title nor text",
        "attempt": "0",
        "size": str(len(value)),
        "sha256": sha256(value).hexdigest(),
    }
    assert dead.id == f"wire.raw.v1/3/1987/{stage}"


def test_what_is_over_the_limit_is_cut_and_says_so() -> None:
    """The first 64 KB, with the size and the hash of the whole; at the limit nothing is cut."""
    value = bytes(range(256)) * 1_000
    assert letter(value, max_bytes=len(value)).value == value
    dead = letter(value, max_bytes=len(value) - 1)
    assert dead.value == value[:65_536]
    assert (dead.ours["size"], dead.ours["sha256"]) == ("256000", sha256(value).hexdigest())
    assert dead.ours["cut"] == "1"


def test_a_cut_letter_cannot_be_retried_and_says_what_to_do() -> None:
    """Half an item is no item."""
    refused = retried(letter(b"x" * 100_000, max_bytes=99_999))
    assert isinstance(refused, NotRetried)
    assert "65536 of 100000 bytes" in refused.reason
    assert "from its source" in refused.reason


def test_what_is_no_dead_letter_is_not_retried() -> None:
    """Someone else's message on the topic is left alone."""
    assert isinstance(retried(DeadLetter(None, b"{}", CAME)), NotRetried)


@given(values, st.integers(0, 4))
def test_a_retry_is_the_delivery_as_it_came_with_the_next_attempt(value: bytes, attempt: int) -> None:
    """Key, bytes and headers are restored; only the attempt is another, however often it failed."""
    headers = (*CAME, ("attempt", b"%d" % attempt))
    again = retried(letter(value, headers))
    assert again == Retry(b"afp:ferry-1", value, (*CAME, ("attempt", b"%d" % (attempt + 1))))
    assert isinstance(again, Retry)
    assert letter(value, again.headers).ours["attempt"] == str(attempt + 1)


@given(items)
def test_an_item_that_the_desk_refused_comes_back_as_it_was_normalised(item: Item) -> None:
    """Under its key of wire.raw.v1, with a new identity, and all else as it was."""
    dead = dead_letter(
        key=item.lane.encode(),
        value=encode(item_to_json(item)),
        headers=(("content-type", b"application/json"),),
        origin=Arrived("wire.items.v1", 0, 7),
        stage="desk",
        error="ZeroDivisionError",
        max_bytes=MAX,
    )
    again = retried(dead)
    assert isinstance(again, Retry)
    assert again.key == f"{item.source}:{item.id}".encode()
    back = parse(again.value, dict(again.headers), max_bytes=MAX)
    assert isinstance(back, Item)
    assert back.attempt == item.attempt + 1
    assert back.identity != item.identity
    assert (back.id, back.text, back.dates, back.lane) == (item.id, item.text, item.dates, item.lane)


@given(values)
def test_a_retry_of_what_the_front_door_refused_is_refused_for_the_same_reason(value: bytes) -> None:
    """Nothing of the reason was lost on the way through the dead letters."""
    first = parse(value, dict(CAME), max_bytes=MAX)
    again = retried(letter(value))
    assert isinstance(again, Retry)
    second = parse(again.value, dict(again.headers), max_bytes=MAX)
    assert isinstance(first, Rejected) == isinstance(second, Rejected)
    if isinstance(first, Rejected):
        assert first == second


@pytest.mark.parametrize("where", ["wire/1987.jsonl:17", "-:3", "caf\\xe9.txt:1"])
def test_an_input_refused_before_any_topic_is_told_by_file_and_line(where: str) -> None:
    """Replay has no offset to give: one input of the same bytes is one letter, other bytes another."""

    def refused(value: bytes) -> DeadLetter:
        return dead_letter(
            key=None,
            value=value,
            headers=(),
            origin=Offered(where),
            stage="front-door",
            error="too large",
            max_bytes=MAX,
        )

    assert refused(b"x").ours["input"] == where
    assert "topic" not in refused(b"x").ours
    assert refused(b"x").id == refused(b"x").id != refused(b"y").id


def test_errors_and_reasons_do_not_grow_without_end() -> None:
    """A refusal that quotes its item must not make the letter larger than its topic takes."""
    dead = dead_letter(
        key=None,
        value=b"",
        headers=CAME,
        origin=ORIGIN,
        stage="desk",
        error="e" * 9_999,
        reason="Traceback" + "r" * 9_999 + "ValueError: the last line says most",
        attempt=2,
        max_bytes=MAX,
    )
    assert len(dead.ours["error"]) == 2_000
    assert dead.ours["reason"].endswith("the last line says most")
    assert dead.ours["attempt"] == "2"
