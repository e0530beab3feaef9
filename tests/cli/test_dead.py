"""Laws of `slugline dead`: what it lists and shows, and what it sends back."""

import asyncio

import pytest
from aiokafka.errors import MessageSizeTooLargeError, TopicAuthorizationFailedError

from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.core.codec import decode, encode
from stream.core.dead import Arrived, DeadLetter, Offered, Stage, dead_letter
from stream.core.item import Item
from stream.core.item_json import item_to_json
from stream.core.parse import parse
from stream.topics import DEAD, RAW
from tests.cli.published import Message, lines, one_line, put, slugline
from tests.conftest import Running
from tests.replay.topic import messages

MAX = 900_000
TAKEN = b'{"id":"7","source":"afp","title":"Ferry returns"}'
BINARY = b"\xff\xfePARIS \x00 (AFP)"
LONG = b"{" + b"x" * 70_000


def letter(value: bytes, offset: int, stage: Stage = "normalise", most: int = MAX) -> DeadLetter:
    """As the worker writes it for what stood on wire.raw.v1."""
    return dead_letter(
        key=b"afp:7",
        value=value,
        headers=(("source", b"afp"), ("id", b"7"), ("received", b"2024-05-02T09:30:00Z")),
        origin=Arrived(RAW, 1, offset),
        stage=stage,
        error=f"a reason for {offset}",
        reason="Traceback:\n  File\nValueError",
        max_bytes=most,
    )


def as_dead(one: DeadLetter) -> Message:
    return DEAD, one.key, one.value, one.headers


def as_normalised(one: DeadLetter) -> DeadLetter:
    item = parse(one.value, dict(one.came), max_bytes=MAX)
    assert isinstance(item, Item)
    return letter(encode(item_to_json(item)), 9, stage="desk")


TOLD = [letter(TAKEN, 5), letter(BINARY, 6), letter(LONG, 7, most=60_000)]


@pytest.fixture
def address(broker: Running) -> str:
    """A broker with three dead letters, the first of them told twice."""
    put(broker.address, map(as_dead, [*TOLD, TOLD[0]]))
    return broker.address


def returned(address: str) -> list[tuple[bytes, dict[str, bytes]]]:
    return [(one.value, dict(one.headers)) for one in asyncio.run(messages(address, RAW))]


def test_each_refusal_is_listed_once(address: str) -> None:
    """With its stage, its reason, its headers and its size; the bytes are left to `show`."""
    listed = [decode(line) for line in lines(slugline(address, "dead", "list", "--json").stdout)]
    assert [one["id"] for one in listed] == [one.id for one in TOLD]
    assert [one["error"] for one in listed] == ["a reason for 5", "a reason for 6", "a reason for 7"]
    assert {one["headers"]["source"] for one in listed} == {"afp"}
    assert [("cut" in one, one["size"]) for one in listed] == [
        (False, str(len(TAKEN))),
        (False, str(len(BINARY))),
        (True, str(len(LONG))),
    ]


def test_people_see_a_line_for_each(address: str) -> None:
    """Its id to show it by, and why it is here."""
    heading, *shown = lines(slugline(address, "dead", "list").stdout)
    assert heading.split() == [b"at", b"id", b"attempt", b"bytes", b"error"]
    assert [line.split()[2].decode() for line in shown] == [one.id for one in TOLD]
    assert [line.endswith(b"a reason for %d" % n) for n, line in enumerate(shown, 5)] == [True] * 3


def test_a_stage_leaves_the_others_out(address: str) -> None:
    """Of the list and of what is retried."""
    put(address, [as_dead(as_normalised(TOLD[0]))])
    listed = lines(slugline(address, "dead", "list", "--json", "--stage", "desk").stdout)
    assert [decode(line)["stage"] for line in listed] == ["desk"]
    assert slugline(address, "dead", "retry", "--all", "--stage", "desk").returncode == 0
    assert len(returned(address)) == 1


@pytest.mark.parametrize("one", TOLD, ids=["text", "binary", "cut"])
def test_raw_is_the_bytes_as_they_were_kept(address: str, one: DeadLetter) -> None:
    """No byte more or less."""
    done = slugline(address, "dead", "show", one.id, "--raw")
    assert (done.returncode, done.stdout) == (0, one.value)


def test_show_has_the_headers_and_the_text(address: str) -> None:
    """Ours and those that came, a traceback's lines indented; then the words, by the beginning of the id."""
    shown = slugline(address, "dead", "show", "wire.raw.v1/1/5").stdout.decode()
    head, _, body = shown.partition("\n\n")
    assert body == TAKEN.decode() + "\n"
    assert {"source: afp", "dead.error: a reason for 5", "  ValueError"} <= set(head.splitlines())


def test_show_of_what_is_no_text_is_hexadecimal(address: str) -> None:
    """Nothing that came drives the terminal."""
    shown = slugline(address, "dead", "show", TOLD[1].id).stdout.decode()
    assert "ff fe 50 41 52 49 53" in shown
    assert "PARIS" in shown
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_a_retry_is_the_delivery_as_its_next_attempt(address: str) -> None:
    """The bytes and headers that came, attempt 1; and the dead letter stays where it is."""
    before = len(asyncio.run(messages(address, DEAD)))
    done = slugline(address, "dead", "retry", TOLD[0].id)
    assert (done.returncode, done.stdout) == (0, b"1 dead letter sent to wire.raw.v1 again\n")
    ((value, headers),) = returned(address)
    assert (value, headers) == (TAKEN, {**dict(TOLD[0].came), "attempt": b"1"})
    item = parse(value, headers, max_bytes=MAX)
    assert isinstance(item, Item)
    assert item.attempt == 1
    assert len(asyncio.run(messages(address, DEAD))) == before


def test_all_are_retried_but_what_was_cut(address: str) -> None:
    """Each once, however often it was told; what cannot be is named with its reason, and the exit code is 1."""
    done = slugline(address, "dead", "retry", "--all")
    assert done.returncode == 1
    assert done.stdout == b"2 dead letters sent to wire.raw.v1 again\n"
    assert one_line(done.stderr)
    assert TOLD[2].id.encode() in done.stderr
    assert b"send it again from its source" in done.stderr
    assert sorted(value for value, _ in returned(address)) == sorted([TAKEN, BINARY])


def test_a_retry_that_the_topic_does_not_take_is_named(embedded: EmbeddedBroker) -> None:
    """A normalised item may have grown over what wire.raw.v1 takes; the letters after it are sent."""
    put(embedded.address, map(as_dead, TOLD[:2]))
    embedded.push_errors(PRODUCE, MessageSizeTooLargeError.errno)
    done = slugline(embedded.address, "dead", "retry", "--all")
    assert (done.returncode, one_line(done.stderr)) == (1, True)
    assert TOLD[0].id.encode() in done.stderr
    assert b"send it again from its source" in done.stderr
    assert [value for value, _ in returned(embedded.address)] == [BINARY]


def test_a_write_that_no_trying_helps_ends_it_in_one_line(embedded: EmbeddedBroker) -> None:
    """Exit code 1: whoever asked knows that it was not sent."""
    put(embedded.address, map(as_dead, TOLD[:2]))
    embedded.push_errors(PRODUCE, *[TopicAuthorizationFailedError.errno] * 9)
    done = slugline(embedded.address, "dead", "retry", "--all")
    assert (done.returncode, done.stdout, one_line(done.stderr)) == (1, b"", True)
    assert returned(embedded.address) == []


def test_an_input_refused_at_the_front_door_has_an_id_too(broker: Running) -> None:
    """By its file and line; no prefix of ours gets in its way."""
    refused = dead_letter(
        key=None,
        value=LONG,
        headers=(),
        origin=Offered("feed/may.jsonl:12"),
        stage="front-door",
        error="too large",
        max_bytes=1_000,
    )
    put(broker.address, [as_dead(refused)])
    done = slugline(broker.address, "dead", "show", "feed/may.jsonl:12")
    assert (done.returncode, b"dead.input: feed/may.jsonl:12" in done.stdout) == (0, True)
    assert b"of 70001 bytes were kept" in done.stdout


def test_a_message_that_is_no_dead_letter_is_listed_and_not_retried(broker: Running) -> None:
    """By where it lies: somebody wrote to the topic by hand."""
    put(broker.address, [(DEAD, None, b"by hand", ())])
    (line,) = lines(slugline(broker.address, "dead", "list", "--json").stdout)
    assert decode(line)["id"] == "wire.dead.v1/0/0"
    done = slugline(broker.address, "dead", "retry", "wire.dead.v1/0/0")
    assert (done.returncode, b"no dead letter" in done.stderr) == (1, True)
    assert returned(broker.address) == []


@pytest.mark.parametrize("command", ["show", "retry"])
def test_an_unknown_id_is_answered_with_what_lists_them(address: str, command: str) -> None:
    """Exit code 2, one line."""
    done = slugline(address, "dead", command, "wire.raw.v1/9")
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr)
    assert b"`slugline dead list`" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["retry"],
        ["retry", "x", "--all"],
        ["retry", "x", "--stage", "desk"],
        ["show"],
        ["list", "--stage", "night"],
    ],
)
def test_wrong_usage_is_answered_in_one_line_with_two(arguments: list[str]) -> None:
    """Before any broker is asked."""
    done = slugline("127.0.0.1:1", "dead", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr)


def test_no_dead_letters_is_good_news(broker: Running) -> None:
    """Said to people, and nothing to retry is no failure."""
    assert b"no dead letters" in slugline(broker.address, "dead", "list").stdout
    assert slugline(broker.address, "dead", "retry", "--all").returncode == 0
