"""Laws of the hostile inputs: what they are said to be, they are."""

from collections import Counter
from typing import Any

import orjson

from bench.hostile import DEEP, FIFTY_MB, HUGE, TRICKS, Hostile, hostile

FEW = list(hostile(11, 170))


def as_object(one: Hostile) -> dict[str, Any]:
    """The object of an item; half a surrogate pair is what orjson alone does not read."""
    found = orjson.loads(one.raw.replace(b"\\u", b"/u") if "surrogate" in one.what else one.raw)
    assert isinstance(found, dict)
    return found


def test_the_same_seed_is_the_same_attack() -> None:
    """Byte for byte, in order, and a second seed is another."""
    assert list(hostile(4, 60)) == list(hostile(4, 60))
    assert [one.raw for one in hostile(4, 60)] != [one.raw for one in hostile(5, 60)]


def test_every_trick_is_played() -> None:
    """Each of the table, about as often, and the one of 50 MB once or twice."""
    played = Counter(one.what for one in FEW)
    assert set(played) == {what for what, _, _ in TRICKS} | {HUGE}
    assert played[HUGE] == 2
    assert min(played[what] for what, _, _ in TRICKS) >= 8


def test_what_must_become_an_item_is_an_object_with_something_to_say() -> None:
    """A title or a text with a letter in it."""
    for one in FEW:
        if one.fate == "item":
            found = as_object(one)
            said = [value for name in ("title", "text") if isinstance(value := found.get(name), str)]
            assert any(letter.isalpha() for value in said for letter in value), one.what


def test_what_must_die_says_nothing_or_is_too_much() -> None:
    """No object at all, one without a visible letter, or one past every limit."""
    for one in FEW:
        if one.fate == "dead" and one.what != HUGE:
            try:
                found = orjson.loads(one.raw)
            except orjson.JSONDecodeError:
                continue
            fields = (
                [found.get(name) or "" for name in ("title", "text", "body")]
                if isinstance(found, dict)
                else []
            )
            assert not any(letter.isprintable() and letter != " " for value in fields for letter in value), (
                one.what
            )


def test_the_big_and_the_deep_are_big_and_deep() -> None:
    """50 MB and ten thousand levels, as they say."""
    assert all(len(one.raw) > FIFTY_MB for one in FEW if one.what == HUGE)
    assert all(one.raw.count(b"[") >= DEEP for one in FEW if "nested" in one.what)


def test_all_can_be_told_apart() -> None:
    """Every input bears its own id in a header, and an object the same one."""
    names = [one.headers["id"] for one in FEW]
    assert len(set(names)) == len(names)
    assert all(as_object(one)["id"] == one.headers["id"] for one in FEW if one.fate == "item")
