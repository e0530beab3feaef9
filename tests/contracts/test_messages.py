"""Laws of what the core says: every message of every kind keeps its contract, whatever came in, and none is too large."""

from collections.abc import Iterable
from io import BytesIO
from itertools import product
from random import Random
from typing import Any

import pytest

from bench.hostile import HUGE, RECEIVED, hostile
from bench.wire import wire
from replay.fold import Folded, fold
from replay.inputs import Input, read
from stream.core.codec import decode, encode
from stream.core.dead import Arrived, Offered, Stage, dead_letter
from stream.core.edit import Edit
from stream.core.edit_json import EDIT, edit_to_json
from stream.core.events import binary
from stream.core.front import admit
from stream.core.item import Item, Rejected
from stream.core.item_json import item_to_json
from stream.core.settings import Settings
from stream.core.times import DAY
from stream.topics import DEAD, EVENTS, ITEMS, MAX_EVENT_BYTES, RAW
from tests.contracts.validate import assert_valid, assert_valid_on
from tests.laws.doubles import doubles
from tests.laws.edited import edited
from tests.laws.shore import folded

SETTINGS = Settings()
HOUR = Settings(story_life=DAY // 24)
LETTERS = ('"', "🗞")
CONTROL = "\u0002"  # JSON writes it with six bytes


def inputs(objects: Iterable[dict[str, Any]]) -> list[Input]:
    headers = {"content-type": "application/json", "received": RECEIVED}
    return [Input(encode(one), headers, f"wire:{line}", 1, b"k") for line, one in enumerate(objects, start=1)]


def check(given: list[Input], settings: Settings = SETTINGS) -> Folded:
    """Every message that the inputs become, validated; the run, for what else it must show."""
    for one in given:
        _check_front(one, settings)
    folded = fold(given, settings)
    for name, messages in (("story", folded.states), ("record", folded.records)):
        for message in messages.values():
            assert_valid(name, message)
    for event in folded.events.values():
        key, headers, value = binary(decode(event))
        assert_valid_on(EVENTS, key, value, headers)
    assert max(map(len, (*folded.events.values(), *folded.states.values())), default=0) <= MAX_EVENT_BYTES
    return folded


def _check_front(one: Input, settings: Settings) -> None:
    """The item, or the dead letter in its place, of each stage that refuses."""
    admitted = admit(one.raw, one.headers, settings)
    if isinstance(admitted, Item):
        assert_valid("item", encode(item_to_json(admitted)))
    else:
        _check_letters(one, admitted)


def _check_letters(one: Input, refused: Rejected) -> None:
    came = tuple((name, value.encode()) for name, value in one.headers.items())
    for origin in (Arrived(RAW, 0, 17), Offered(one.where)):
        letter = dead_letter(
            key=one.key,
            value=one.raw,
            headers=came,
            origin=origin,
            stage="front-door" if isinstance(origin, Offered) else "normalise",
            error=refused.reason,
            max_bytes=SETTINGS.max_item_bytes,
        )
        assert_valid_on(DEAD, letter.key, letter.value, letter.headers)


def kinds(messages: Iterable[bytes], switch: str) -> set[str]:
    return {
        decode(message)[switch].removeprefix("org.slugline.story.").removesuffix(".v1")
        for message in messages
    }


@pytest.mark.parametrize("turned", [False, True], ids=["as they came", "turned round"])
def test_the_seeds(turned: bool) -> None:
    """Both orders: one story, a contested date."""
    folded = check(list(read([], BytesIO()))[:: -1 if turned else 1])
    assert len(folded.states) == 1
    assert kinds(folded.events.values(), "type") == {
        "created",
        "echoed" if turned else "updated",
        "conflict.opened",
    }


def test_a_generated_wire() -> None:
    """Three hundred items and their re-issues; records of items alone."""
    folded = check(inputs(wire(1, 300)))
    assert len(folded.records) == 300
    assert {"created", "updated", "echoed"} <= kinds(folded.events.values(), "type")


def test_a_text_of_nothing_but_furniture() -> None:
    """A sign-off alone makes a story too, which has no headline, no place and no day."""
    folded = check(inputs([{"text": "==Kyodo"}]))
    (state,) = map(decode, folded.states.values())
    assert not {"headline", "place", "day"} & state.keys()


def test_stories_that_close() -> None:
    """With a life of one hour: closed events, closed states, records that shrink."""
    folded = check(
        inputs({name: value for name, value in one.items() if name != "received"} for one in wire(2, 300)),
        HOUR,
    )
    assert {"created", "closed"} <= kinds(folded.events.values(), "type")
    assert {"item", "shrunk"} <= kinds(folded.records.values(), "kind")
    assert kinds(folded.states.values(), "status") == {"open", "closed"}


def test_stories_that_merge() -> None:
    """Both halves of each merge, the redirects that remain, the records that say so."""
    folded = check(inputs(doubles(3, 6)))
    assert "merged" in kinds(folded.events.values(), "type")
    assert any("merged_into" in decode(state) for state in folded.states.values())


def test_edits_and_what_comes_of_them() -> None:
    """Merges and splits, their records, their events, the halves and redirects that remain."""
    seen: set[str] = set()
    for seed in range(4):
        wire_ = edited(doubles(seed, 6), seed, HOUR)
        whole = folded(wire_, HOUR)
        for one in wire_:
            if isinstance(one, Edit):
                assert_valid_on(ITEMS, b"en", encode(edit_to_json(one)), [("content-type", EDIT.encode())])
        for name, messages in (("story", whole.states), ("record", whole.records), ("event", whole.events)):
            for message in messages.values():
                assert_valid(name, message)
        seen |= kinds(whole.events.values(), "type")
    assert {"merged", "split"} <= seen


def test_hostile_inputs() -> None:
    """Each trick several times over; what is too large for the front door becomes a letter of it."""
    given = [Input(one.raw, one.headers, f"hostile:{n}", 1, b"k") for n, one in enumerate(hostile(3, 90))]
    assert any(len(one.raw) > SETTINGS.max_item_bytes for one in given), HUGE
    folded = check(given)
    assert {decode(record)["kind"] for record in folded.records.values()} >= {"item"}


@pytest.mark.parametrize("words", [True, False], ids=["with a text", "a headline alone"])
def test_headlines_of_900_kb(words: bool) -> None:
    """Of any letter, those among them that JSON writes with six bytes: cut, marked, within 64 KB."""
    report = next(one for one in wire(5, 9, reissues=0) if one.get("text"))
    given = [
        {**report, "id": f"w-{n}", "title": letter * _fits(letter), "text": report["text"] if words else ""}
        for n, letter in enumerate(("x", "x ", '"', "é", "🗞", "\\", "\u0001a"))
    ]
    folded = check(inputs(given))
    assert len(folded.records) == len(given)
    assert "[cut: " in max((decode(state)["headline"] for state in folded.states.values()), key=len)


def test_texts_of_900_kb() -> None:
    """Sentences without number, without end, and of nothing but dates."""
    letters = ("x", '" ', "🗞 ", "One two three. ", "Said 1 of 2 on May 2, 2024. ", "\u0001a")
    folded = check(
        inputs({"id": f"w-{n}", "source": "s", "text": one * _fits(one)} for n, one in enumerate(letters))
    )
    assert len(folded.records) == len(letters)


def test_a_story_of_300_members() -> None:
    """Its state lists the representative and twenty more, and counts all; no state is larger for their number."""
    report = next(one for one in wire(5, 9, reissues=0) if one.get("text"))
    more = (
        f"{report['text']}\n\nA further {n} people said so on day {n}. " + "More words follow here. " * 50
        for n in range(300)
    )
    folded = check(inputs({**report, "id": f"w-{n}", "text": text} for n, text in enumerate(more)))
    (state,) = map(decode, folded.states.values())
    assert state["members_count"] == 300
    assert len(state["members"]) == 21


@pytest.mark.parametrize("letter", (*LETTERS, CONTROL), ids=ascii)
def test_names_as_long_as_they_may_be(letter: str) -> None:
    """Ids, sources, versions, datelines of 512 characters: sixty members, and a wrap-up of twenty-five others."""
    reports = [one for one in wire(5, 200, reissues=0) if len(str(one.get("text")).split()) > 60][:25]
    members = [{**reports[0], **_long(letter, n), "dateline": letter * 512} for n in range(60)]
    parts = [{**one, **_long(letter, 100 + n)} for n, one in enumerate(reports[1:])]
    wrap = {**reports[1], **_long(letter, 200), "text": "\n\n".join(one["text"] for one in reports[1:])}
    check(inputs([*members, *parts, wrap]))


@pytest.mark.parametrize("letter", (*LETTERS, CONTROL), ids=ascii)
def test_a_hundred_origins(letter: str) -> None:
    """110 reports of one event in other words from other sources, their names as long as they may be."""
    rng = Random(1)
    title = "harbour ferry scandal ends as the minister resigns"
    event = (
        "On Sunday it was Helga Brandt, 61, of Ostermoor, who spoke of the ferry Astrid and Jonas Lindqvist. "
    )
    told = ({"title": title, "text": event + _any_text(rng)} for _ in range(110))
    folded = check(inputs({**_long(letter, n), **one} for n, one in enumerate(told)))
    assert max(decode(state)["members_count"] for state in folded.states.values()) > 100


def _fits(text: str) -> int:
    """How often a text goes into an item that the front door takes."""
    return 880_000 // (len(encode(text)) - 2)


def _long(letter: str, n: int) -> dict[str, str]:
    name = f"{n:03d}" + letter * 509
    return {
        "id": name,
        "source": name,
        "version": letter * 512,
        "priority": letter * 512,
        "slug": letter * 512,
    }


WORDS = "river market harvest signal bridge window garden silver copper engine letter paper stone valley meadow".split()


def _any_text(rng: Random) -> str:
    """Two dozen sentences that no other report has."""
    lines = (" ".join(rng.choice(WORDS) + rng.choice("abcdefgh") for _ in range(9)) for _ in range(24))
    return " ".join(f"The {line}." for line in lines)


STAGES: tuple[tuple[Stage, Arrived | Offered], ...] = (
    ("front-door", Offered("a:1")),
    ("normalise", Arrived(RAW, 3, 2**40)),
    ("desk", Arrived(ITEMS, 0, 0)),
)
POSING = (("dead.stage", b"alerts"), ("dead.topic", b""), ("content-type", b"\xff"))


@pytest.mark.parametrize(("stage", "origin"), STAGES)
def test_every_shape_of_a_dead_letter(stage: Stage, origin: Arrived | Offered) -> None:
    """Cut and whole, with and without a reason, with headers that would pass for ours."""
    for value, reason, headers in product((b"", b"x" * 10), ("", "Traceback"), ((), POSING)):
        letter = dead_letter(
            key=None,
            value=value,
            headers=headers,
            origin=origin,
            stage=stage,
            error="why" * 999,
            reason=reason,
            max_bytes=5,
        )
        assert_valid_on(DEAD, letter.key, letter.value, letter.headers)
