"""Laws of `slugline tail`: what it shows of the events, from where to where, and how it ends."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from stream.core.codec import decode, encode
from stream.core.events import from_binary
from stream.topics import EVENTS
from tests.cli.published import (
    Message,
    as_event,
    events_of,
    lines,
    one_line,
    put,
    slugline,
    started,
    told,
)
from tests.conftest import Running

JUNK: Message = (EVENTS, b"story", b"no event", ())


@contextmanager
def tailing(broker: Running, *arguments: str, **streams: int) -> Iterator[subprocess.Popen[bytes]]:
    """A live tail whose position is fixed, gone when the block is left."""
    process = started(broker.address, "tail", *arguments, **streams)
    try:
        assert b"Ctrl-C ends it" in pipe(process.stderr).readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def test_the_canonical_tail_is_the_fold(broker: Running) -> None:
    """Byte for byte, however often each event stands on the topic: what two runs are compared by."""
    folded = told()
    put(broker.address, events_of(folded) + events_of(folded)[::-1][:100])
    done = slugline(broker.address, "tail", "--json", "--from-beginning", "--until-end", "--canonical")
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines(done.stdout) == list(folded.distinct_events())


def test_json_is_every_message_in_structured_mode(broker: Running) -> None:
    """Repeats included, canonical JSON each; the events of a story in the order in which they were written."""
    written = events_of(told())[:200] * 2
    put(broker.address, written)
    done = slugline(broker.address, "tail", "--json", "--from-beginning", "--until-end")
    structured = [
        encode(from_binary({name: text.decode() for name, text in headers}, decode(value or b"")))
        for _, _, value, headers in written
    ]
    shown = lines(done.stdout)
    assert sorted(shown) == sorted(structured)
    for story in {decode(line)["subject"] for line in shown}:
        mine = [line for line in structured if decode(line)["subject"] == story]
        assert [line for line in shown if decode(line)["subject"] == story] == mine


@pytest.mark.parametrize("names", [["updated"], ["org.slugline.story.updated.v1"], ["echoed", "updated"]])
def test_a_type_is_asked_for_by_its_short_name_or_whole(broker: Running, names: list[str]) -> None:
    """Nothing else is shown, and nothing of it is left out."""
    put(broker.address, events_of(told()))
    asked = [word for name in names for word in ("--type", name)]
    done = slugline(broker.address, "tail", "--canonical", "--until-end", *asked)
    wanted = [
        line
        for line in told().distinct_events()
        if any(name in (decode(line)["type"], decode(line)["type"].split(".")[3]) for name in names)
    ]
    assert wanted
    assert lines(done.stdout) == wanted


def test_one_id_with_two_contents_is_an_error(broker: Running) -> None:
    """Law 2 was broken by somebody: told by the event's id, with exit code 1, and both contents are shown."""
    event = decode(next(told().distinct_events()))
    other = {**event, "data": {**event["data"], "headline": "Another headline"}}
    put(broker.address, [as_event(event), as_event(other), as_event(event)])
    done = slugline(broker.address, "tail", "--canonical", "--until-end")
    assert done.returncode == 1
    assert one_line(done.stderr)
    assert event["id"].encode() in done.stderr
    assert lines(done.stdout) == sorted([encode(event), encode(other)])


@pytest.mark.parametrize("form", [[], ["--json"], ["--canonical"]])
def test_what_is_no_event_is_told_and_passed_by(broker: Running, form: list[str]) -> None:
    """Where it lies and what it lacks; the events around it are shown; exit code 1."""
    around = events_of(told())[:2]
    put(broker.address, [around[0], JUNK, around[1]])
    done = slugline(broker.address, "tail", "--until-end", *form)
    assert (done.returncode, len(lines(done.stdout))) == (1, 2)
    assert one_line(done.stderr)
    assert b"story.events.v1[" in done.stderr


def test_an_event_without_its_words_is_told_and_passed_by(broker: Running) -> None:
    """Somebody else's CloudEvent cannot be drawn, and does not end the tail."""
    (event,) = events_of(told())[:1]
    foreign = {**decode(told().events[dict(event[3])["ce_id"].decode()]), "data": {"ours": False}}
    put(broker.address, [as_event(foreign), event])
    done = slugline(broker.address, "tail", "--until-end")
    assert (done.returncode, len(lines(done.stdout))) == (1, 1)
    assert one_line(done.stderr)


def test_without_a_terminal_an_event_is_one_plain_line(broker: Running) -> None:
    """Kind, story and headline are on it, and no control character is."""
    put(broker.address, events_of(told()))
    shown = lines(slugline(broker.address, "tail", "--until-end").stdout)
    assert len(shown) == len(told().events)
    by_story = {event["subject"]: event for event in map(decode, told().events.values())}
    for line in map(bytes.decode, shown):
        assert line.split()[3] in by_story
        assert line.split()[2] in (
            "created",
            "updated",
            "echoed",
            "conflict.opened",
            "merged",
            "split",
            "closed",
        )
        assert all(character.isprintable() for character in line)


def test_on_a_terminal_an_event_is_a_card(broker: Running) -> None:
    """Several lines, in colour, cut to no less than the headline's first words."""
    put(broker.address, events_of(told())[:1])
    ours, theirs = os.openpty()
    with started(broker.address, "tail", "--until-end", stdout=theirs) as process:
        assert process.wait(60) == 0
    os.close(theirs)
    card = os.read(ours, 65_536).decode()
    os.close(ours)
    (event,) = [decode(raw) for raw in list(told().events.values())[:1]]
    assert "created: " + event["data"]["headline"][:20] in card
    assert card.count("\n") >= 3
    assert "\x1b[" in card


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_live_tail_shows_what_comes_and_ends_with_zero(broker: Running, number: int) -> None:
    """What was there before is not shown, what comes is on its way at once, and a signal is an ordinary end."""
    before, after = events_of(told())[:5], events_of(told())[5:8]
    put(broker.address, before)
    with tailing(broker, "--json") as tail:
        put(broker.address, after)
        shown = [decode(pipe(tail.stdout).readline())["id"].encode() for _ in after]
        tail.send_signal(number)
        assert tail.wait(30) == 0
        assert pipe(tail.stderr).read() == b""
    assert sorted(shown) == sorted(dict(headers)["ce_id"] for *_, headers in after)


def test_from_the_beginning_and_on(broker: Running) -> None:
    """What is there, then what comes."""
    messages = events_of(told())[:6]
    put(broker.address, messages[:3])
    with tailing(broker, "--json", "--from-beginning") as tail:
        shown = {decode(pipe(tail.stdout).readline())["id"].encode() for _ in range(3)}
        put(broker.address, messages[3:])
        shown |= {decode(pipe(tail.stdout).readline())["id"].encode() for _ in range(3)}
    assert shown == {dict(headers)["ce_id"] for *_, headers in messages}


@pytest.mark.parametrize("arguments", [["--from-beginning"], ["--until-end"], ["--until-end", "--canonical"]])
def test_a_reader_that_leaves_ends_it_quietly(broker: Running, arguments: list[str]) -> None:
    """As `| head -1` does: no complaint, and no waiting for an event that may never come."""
    put(broker.address, events_of(told()))
    with started(broker.address, "tail", "--json", *arguments) as tail:
        assert pipe(tail.stdout).readline()
        pipe(tail.stdout).close()
        assert tail.wait(30) == 0
        said = pipe(tail.stderr).read()
    assert b"Traceback" not in said
    assert b"Error" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--type", "renamed"], b"conflict.opened"),
        (["--type", "corrected"], b"conflict.opened"),
        (["--canonical"], b"--until-end"),
        (["--since", "noon"], b"--since"),
        (["story"], b"story"),
    ],
)
def test_wrong_usage_is_answered_in_one_line_with_two(arguments: list[str], said: bytes) -> None:
    """Before any broker is asked."""
    done = slugline("127.0.0.1:1", "tail", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr)
    assert said in done.stderr
