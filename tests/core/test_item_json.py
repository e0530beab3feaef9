"""Laws of the message of wire.items.v1: exact both ways, and nothing else is taken for one."""

from typing import Any

import pytest
from hypothesis import given

from stream.core.codec import decode, encode
from stream.core.fields import LONGEST
from stream.core.item import Item
from stream.core.item_json import LONGEST_AGENCY, LONGEST_FLAG, MOST_DATES, item_from_json, item_to_json
from tests.core.deliveries import items

LEAST: dict[str, Any] = {"identity": "a" * 32, "id": "1", "source": "afp", "ts": "2024-05-02T00:00:00.000Z"}
READING = {"where": "lede", "date": "2024-05-02", "sure": "full", "written": "2 May 2024"}
NAMES = ("id", "source", "version", "slug", "lang", "priority")


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


@pytest.mark.parametrize("name", LEAST)
def test_none_of_them_may_be_absent(name: str) -> None:
    """And the one that is missing is named."""
    with pytest.raises(ValueError, match=f"^{name} is missing"):
        item_from_json({field: value for field, value in LEAST.items() if field != name})


def test_what_is_as_long_as_it_may_be_is_read() -> None:
    """Names, agencies, flags and dates at their limits; a date without a year, and none but a weekday."""
    message = LEAST | dict.fromkeys(NAMES, "é" * LONGEST) | {"origin": "x" * LONGEST_AGENCY}
    message |= {"flags": ["x" * (LONGEST_FLAG - 2) + ".y"], "dates": [READING] * MOST_DATES}
    message["dates"][1:3] = [READING | {"date": "--05-02"}, READING | {"date": "", "weekday": 6}]
    assert item_to_json(item_from_json(message)) == message


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"identity": ""}, "identity"),
        ({"identity": "A" * 32}, "identity"),
        ({"identity": "a" * 32 + "\n"}, "identity"),
        ({"id": ""}, "id"),
        ({"source": None}, "source"),
        *(({name: "x" * (LONGEST + 1)}, name) for name in NAMES),
        ({"origin": "x" * (LONGEST_AGENCY + 1)}, "origin"),
        ({"credits": ["x" * (LONGEST_AGENCY + 1)]}, "credits"),
        ({"lane": ""}, "lane"),
        ({"lane": "en-GB"}, "lane"),
        ({"lane": "e"}, "lane"),
        ({"id": 1}, "id"),
        ({"ts": "then"}, "ts"),
        ({"ts": 0}, "ts"),
        ({"ts": "2024-05-02"}, "ts"),
        ({"ts": "2024-05-02T00:00:00Z"}, "ts"),
        ({"ts": "2024-05-02T00:00:00.000+02:00"}, "ts"),
        ({"ts": "2023-02-29T00:00:00.000Z"}, "ts"),
        ({"ts": "0000-01-01T00:00:00.000Z"}, "ts"),
        ({"text": ["x"]}, "text"),
        ({"flags": "ts.capped"}, "flags"),
        ({"flags": ["Late!"]}, "flags"),
        ({"flags": ["x" * LONGEST_FLAG + ".y"]}, "flags"),
        ({"credits": [1]}, "entry"),
        ({"attempt": True}, "attempt"),
        ({"attempt": -1}, "attempt"),
        ({"attempt": 10**7}, "attempt"),
        ({"aside": []}, "aside"),
        ({"dates": [READING | {"weekday": 7}]}, "weekday"),
        ({"dates": [READING | {"sure": "perhaps"}]}, "sure"),
        ({"dates": [READING | {"date": "2 May 2024"}]}, "date"),
        ({"dates": [READING | {"date": "2024-13-02"}]}, "date"),
        ({"dates": [READING | {"date": "05-02"}]}, "date"),
        ({"dates": [{"where": "lede"}]}, "date"),
        ({"dates": [READING | {"year": 2024}]}, "year"),
        ({"dates": [READING] * (MOST_DATES + 1)}, "dates"),
        ({"dates": ["2024-05-02"]}, "date"),
        ({"furniture": [{"kind": "sofa", "written": ""}]}, "kind"),
        ({"furniture": [{"kind": ["credit"], "written": ""}]}, "kind"),
        ({"headline": "x"}, "headline"),
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_field(wrong: dict[str, Any], named: str) -> None:
    """What the contract does not allow does not pass for an item."""
    with pytest.raises(ValueError, match=named):
        item_from_json(LEAST | wrong)
    with pytest.raises(ValueError, match="message"):
        item_from_json([LEAST | wrong])
