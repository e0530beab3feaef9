"""Laws of the message of wire.items.v1: exact both ways, and nothing else is taken for one."""

from typing import Any

import pytest
from hypothesis import given

from stream.core.codec import decode, encode
from stream.core.item import Item
from stream.core.item_json import item_from_json, item_to_json
from tests.core.deliveries import items

LEAST: dict[str, Any] = {"identity": "a", "id": "1", "source": "afp", "ts": "2024-05-02T00:00:00.000Z"}


@given(items)
def test_an_item_is_written_and_read_exactly(item: Item) -> None:
    """What the desk reads from the topic is what normalise wrote."""
    assert item_from_json(decode(encode(item_to_json(item)))) == item


@given(items)
def test_what_is_empty_is_left_out(item: Item) -> None:
    """An absent field and an empty one are the same, so only one of them is ever written."""
    optional = {name: value for name, value in item_to_json(item).items() if name not in LEAST}
    assert all(optional.values())


def test_the_least_item_is_four_fields() -> None:
    """Identity, id, source and time are always written, the time with milliseconds."""
    assert item_to_json(item_from_json(LEAST)) == LEAST


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"identity": ""}, "identity"),
        ({"id": 1}, "id"),
        ({"ts": "then"}, "ts"),
        ({"ts": 0}, "ts"),
        ({"text": ["x"]}, "text"),
        ({"flags": "ts.capped"}, "flags"),
        ({"credits": [1]}, "entry"),
        ({"attempt": True}, "attempt"),
        ({"attempt": -1}, "attempt"),
        ({"aside": []}, "aside"),
        ({"dates": [{"where": "lede", "date": "", "sure": "full", "written": "", "weekday": 7}]}, "weekday"),
        ({"dates": [{"where": "lede", "date": "", "sure": "perhaps", "written": ""}]}, "sure"),
        ({"dates": ["2024-05-02"]}, "date"),
        ({"furniture": [{"kind": "sofa", "written": ""}]}, "kind"),
        ({"furniture": [{"kind": ["credit"], "written": ""}]}, "kind"),
        ({"headline": "x"}, "headline"),
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_field(wrong: dict[str, Any], named: str) -> None:
    """A message that was not written by `item_to_json` does not pass for an item."""
    with pytest.raises(ValueError, match=named):
        item_from_json(LEAST | wrong)
    with pytest.raises(ValueError, match="message"):
        item_from_json([LEAST | wrong])
