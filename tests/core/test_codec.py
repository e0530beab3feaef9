"""Laws of the codec: one value has one form, and what is kept takes the room that it needs."""

import sys
import tracemalloc

import pytest

from stream.core.codec import decode, encode


def test_equal_values_are_equal_bytes() -> None:
    """Whatever the order of their fields."""
    value = {"b": [1, "é"], "a": None}
    assert encode(value) == encode(dict(reversed(value.items()))) == '{"a":null,"b":[1,"é"]}'.encode()
    assert decode(encode(value)) == value


@pytest.mark.parametrize("size", [100, 4_000])
def test_what_is_kept_takes_the_room_that_it_needs(size: int) -> None:
    """A hundred thousand records are kept: orjson's own bytes hold on to the buffer that they were written in."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = [encode({"number": number, "text": "x" * size}) for number in range(200)]
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert taken < 1.5 * sum(map(sys.getsizeof, kept)) + 20_000
