"""Laws of `slugline merge` and `slugline split`: what is sent is a valid edit of open stories; the rest is one line."""

import asyncio
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from replay.fold import Folded, fold_messages
from stream.core.codec import decode, encode
from stream.core.edit_json import EDIT
from stream.core.item_json import item_to_json
from stream.core.settings import Settings
from stream.core.times import MINUTE
from stream.topics import ITEMS
from tests.cli.published import Message, as_event, as_state, one_line, put, slugline
from tests.conftest import Running
from tests.contracts.validate import assert_valid, assert_valid_on
from tests.laws.doubles import doubles
from tests.laws.shore import folded, items_of
from tests.replay.topic import messages

SHORT_LIVED = Settings(story_life=20 * MINUTE)


@cache
def whole() -> Folded:
    """Two lanes: open stories and closed ones, and redirects."""
    one, other = doubles(1, 8), doubles(2, 8, "de")
    return folded(items_of(each for pair in zip(one, other, strict=True) for each in pair), SHORT_LIVED)


def states(lane: str, status: str = "open") -> Iterator[dict[str, Any]]:
    for state in map(decode, whole().stories()):
        if state["lane"] == lane and state["status"] == status and "merged_into" not in state:
            yield state


def sent(address: str) -> list[Any]:
    """Key, value and headers of what lies on wire.items.v1."""
    return [(one.key, one.value, one.headers) for one in asyncio.run(messages(address, ITEMS))]


def stories() -> list[Message]:
    return [as_state(state) for state in whole().stories()]


def test_a_merge_is_sent_as_it_was_said(broker: Running) -> None:
    """By how ids begin; on the lane's key, valid, with who and why; the first named stays."""
    put(broker.address, stories())
    stays, folds, *_ = states("en")
    words = ["--editor", "night desk", "--note", "one ship", "--json"]
    done = slugline(broker.address, "merge", stays["id"][:12], folds["id"], *words)
    assert (done.returncode, done.stderr) == (0, b"")
    said = decode(done.stdout)
    assert_valid("edit", said)
    assert (said["story"], said["others"]) == (stays["id"], [folds["id"]])
    assert (said["editor"], said["note"]) == ("night desk", "one ship")
    [(key, value, headers)] = sent(broker.address)
    assert_valid_on(ITEMS, key, value, headers)
    assert (key, value, dict(headers)["content-type"]) == (b"en", encode(said), EDIT.encode())


def test_a_split_is_sent_as_it_was_said(broker: Running) -> None:
    """Members by id, by source and id, by identity."""
    put(broker.address, stories())
    story = next(state for state in states("de") if state["members_count"] > 3)
    one, other, third = story["members"][:3]
    names = [one["id"], f"{other['source']}:{other['id']}", third["identity"]]
    done = slugline(broker.address, "split", story["id"], *names)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"sent to the desk as edit" in done.stdout
    [(_, value, _)] = sent(broker.address)
    said = decode(value)
    assert [ref["identity"] for ref in said["members"]] == [m["identity"] for m in story["members"][:3]]


def wrong(which: str) -> tuple[list[str], str]:
    one, other, *_ = states("en")
    foreign = next(states("de"))
    closed = next(states("en", "closed"))
    redirect = next(s for s in map(decode, whole().stories()) if "merged_into" in s and s["lane"] == "en")
    several = next(state for state in states("en") if state["members_count"] > 1)
    ids = [member["identity"] for member in several["members"]]
    return {
        "unknown": (["merge", one["id"], "zebra"], "no story 'zebra'"),
        "closed": (["merge", one["id"], closed["id"]], "is closed"),
        "redirected": (
            ["merge", one["id"], redirect["id"]],
            "was merged into",
        ),
        "two lanes": (["merge", one["id"], foreign["id"]], "lanes de and en"),
        "itself": (["merge", one["id"], one["id"]], "named twice"),
        "too many": (["merge", *([one["id"], other["id"]] * 3)], "at most 4"),
        "no member": (["split", several["id"], "zebra"], "no member 'zebra'"),
        "all members": (["split", several["id"], *ids], "all members"),
        "a closed one": (["split", closed["id"], closed["members"][0]["id"]], "is closed"),
        "a long note": (["merge", one["id"], other["id"], "--note", "x" * 2_000], "at most 1,000"),
    }[which]


@pytest.mark.parametrize(
    "which",
    [
        "unknown", "closed", "redirected", "two lanes", "itself", "too many", "no member", "all members",
        "a closed one", "a long note",
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_before_anything_is_sent(broker: Running, which: str) -> None:
    """Exit code 2, one line; nothing lies on the topic."""
    put(broker.address, stories())
    arguments, said = wrong(which)
    done = slugline(broker.address, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr)
    assert said in done.stderr.decode()
    assert sent(broker.address) == []


def test_what_was_sent_is_what_fold_reads(broker: Running) -> None:
    """A lane's items, then the edit from the command line: the fold of the topic's values does it."""
    items = items_of(doubles(1, 1))[:3]
    before = folded(items)
    put(broker.address, [as_state(state) for state in before.stories()])
    first, *others = (decode(state)["id"] for state in before.stories())
    assert slugline(broker.address, "merge", first, *others).returncode == 0
    [(_, value, _)] = sent(broker.address)
    topic = [("here", encode(item_to_json(item))) for item in items] + [("here", value)]
    after = [decode(state) for state in fold_messages(topic, Settings()).stories()]
    assert {state["id"]: state.get("merged_into") for state in after} == {
        first: None, **dict.fromkeys(others, first),
    }  # fmt: skip


def test_people_see_where_a_story_went(broker: Running) -> None:
    """On its card, in the table, and in the event of either key."""
    put(broker.address, [*stories(), *(as_event(event) for event in whole().events.values())])
    told_of = [s for s in map(decode, whole().stories()) if "merged_into" in s]
    held = {s["merged_into"] for s in told_of}
    redirect = next(s for s in told_of if s["id"] not in held)  # the beginning of a chain
    card = slugline(broker.address, "stories", redirect["id"]).stdout.decode()
    assert f"into {redirect['merged_into']}" in card
    holds = slugline(broker.address, "stories", redirect["merged_into"]).stdout.decode()
    assert "merged" in holds and redirect["id"] in holds
    table = slugline(broker.address, "stories", "--all").stdout.decode().splitlines()
    (line,) = (line for line in table if redirect["id"][:8] in line)
    assert "merged" in line
    tail = ("tail", "--from-beginning", "--until-end", "--type", "merged")
    told = slugline(broker.address, *tail).stdout.decode().splitlines()
    assert len([line for line in told if f"{redirect['id'][:8]}… (" in line]) == 2
    assert all("one text with" in line for line in told)
