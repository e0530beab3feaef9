"""Laws of `slugline replay`, on a broker: what arrives on the topics, and how the command ends."""

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from subprocess import PIPE

import pytest
from click.testing import CliRunner, Result

from replay.inputs import read
from stream.broker.embedded import PRODUCE, EmbeddedBroker
from stream.cli import main
from stream.core.codec import decode, encode
from stream.core.dead import DeadLetter, NotRetried, retried
from stream.core.item import Item
from stream.core.parse import parse
from stream.core.times import read_time
from stream.topics import DEAD, RAW
from tests.replay.topic import messages

MAX = 900_000


def replay(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["replay", *arguments], input=given, env={"SLUGLINE_BROKER": None})


def arrived(broker: EmbeddedBroker, topic: str = RAW) -> list[DeadLetter]:
    """Any message: what it is made of is what a dead letter is made of."""
    found = asyncio.run(messages(broker.address, topic))
    return [DeadLetter(one.key, one.value, tuple(one.headers)) for one in found]


def wire(count: int) -> bytes:
    """JSON lines, each an item a minute after the one before."""
    moments = (f"1987-02-26T{15 + n // 60:02d}:{n % 60:02d}:00" for n in range(count))
    return b"\n".join(
        encode({"id": n, "ts": ts, "source": "reuters", "title": f"Grain shipment {n}"})
        for n, ts in enumerate(moments)
    )


def test_every_input_arrives_with_its_bytes_key_and_headers(broker: EmbeddedBroker, tmp_path: Path) -> None:
    """Files of every kind, on the topic as read; inputs with a time of their own are not stamped."""
    (tmp_path / "wire.jsonl").write_bytes(wire(300) + b"\n{broken\n")
    (tmp_path / "more.json").write_bytes(b'[{"title":"a"},{"title":"b"}]')
    (tmp_path / "text.txt").write_bytes("Zwölf Boote.".encode())
    result = replay(str(tmp_path), "--broker", broker.address)
    assert result.exit_code == 0, result.stderr
    assert "304 items to wire.raw.v1" in result.stdout
    inputs = list(read([str(tmp_path)], io.BytesIO()))
    sent: dict[tuple[bytes | None, bytes], set[tuple[str, str]]] = {
        (one.key, one.raw): set(one.headers.items()) for one in inputs
    }
    landed = {
        (one.key, one.value): {(name, value.decode()) for name, value in one.headers}
        for one in arrived(broker)
    }
    assert landed.keys() == sent.keys()
    for named, headers in landed.items():
        assert sent[named] == {header for header in headers if header[0] != "received"}
        assert ("received" in dict(headers)) == (b'"ts"' not in named[1])


def test_without_input_the_seeds_are_sent(broker: EmbeddedBroker) -> None:
    """What a newcomer types first."""
    result = replay("--broker", broker.address, "--json")
    said = decode(result.stdout)
    assert (said["inputs"], said["sent"], said["refused"]) == (2, 2, 0)
    assert {one.key for one in arrived(broker)} == {
        b"file:000_3da8d3c69854a757",
        b"file:001_24a8f607ec96cba8",
    }


def test_an_input_over_the_limit_becomes_a_dead_letter(broker: EmbeddedBroker) -> None:
    """Law 1: with its size, its hash, its first 64 KB and the line it came from; the others go their way."""
    large = encode({"id": "large", "title": "x" * 100_000})
    given = wire(1) + b"\n" + large + b"\n" + wire(2)
    result = replay("-", "--broker", broker.address, "--max-item-bytes", "1000", given=given)
    assert (result.exit_code, "3 items to wire.raw.v1, 1 refused" in result.stdout) == (0, True)
    assert "refused -:2: too large: 100025 bytes; expected at most 1000" in result.stderr
    (letter,) = arrived(broker, DEAD)
    assert letter.value == large[:65_536]
    assert letter.ours["input"] == "-:2"
    assert (letter.ours["size"], letter.ours["sha256"]) == ("100025", sha256(large).hexdigest())
    assert (letter.ours["stage"], letter.ours["attempt"]) == ("front-door", "0")
    assert isinstance(retried(letter), NotRetried)
    assert len(arrived(broker)) == 3


def test_received_counts_a_second_for_each_input(broker: EmbeddedBroker) -> None:
    """From TIME, counted from 0 over all inputs, said only of those without a time."""
    given = (
        b'{"id":0,"title":"a"}\n{"id":1,"title":"b","ts":"1987-02-26"}\n{"id":2,"title":"c","ts":"soon"}\n'
    )
    replay("-", "--broker", broker.address, "--received", "2024-05-02T09:30:00Z", given=given)
    received = {one.key: dict(one.headers).get("received") for one in arrived(broker)}
    assert received == {
        b"unknown:0": b"2024-05-02T09:30:00.000Z",
        b"unknown:1": None,
        b"unknown:2": b"2024-05-02T09:30:02.000Z",
    }


def test_repeats_are_the_same_deliveries(broker: EmbeddedBroker) -> None:
    """Whenever they are sent: only `received` differs, which is no part of an identity."""
    replay("--broker", broker.address, "--repeat", "3", "--shuffle", "7")
    parsed = [parse(one.value, dict(one.headers), max_bytes=MAX) for one in arrived(broker)]
    identities = Counter(item.identity for item in parsed if isinstance(item, Item))
    assert sorted(identities.values()) == [3, 3]


def test_inputs_of_one_key_arrive_in_the_order_they_were_sent(broker: EmbeddedBroker) -> None:
    """A revision never overtakes its original."""
    given = b"\n".join(
        encode({"id": 1, "source": "afp", "version": n, "title": "Ferry"}) for n in range(3_000)
    )
    assert replay("-", "--broker", broker.address, given=given).exit_code == 0
    assert [decode(one.value)["version"] for one in arrived(broker)] == list(range(3_000))


def test_a_rate_and_a_recorded_pace_send_everything(broker: EmbeddedBroker) -> None:
    """Waiting loses nothing, and the order is that of the input."""
    assert replay("-", "--broker", broker.address, "--rate", "400/s", given=wire(20)).exit_code == 0
    assert replay("-", "--broker", broker.address, "--speed", "60000", given=wire(20)).exit_code == 0
    assert Counter(decode(one.value)["id"] for one in arrived(broker)) == dict.fromkeys(range(20), 2)


def test_a_refused_write_is_tried_again_until_it_lands(broker: EmbeddedBroker) -> None:
    """A broker that has no leader for a moment loses nothing."""
    broker.push_errors(PRODUCE, *[6] * 3)  # NOT_LEADER_FOR_PARTITION
    assert replay("-", "--broker", broker.address, given=wire(50)).exit_code == 0
    assert {decode(one.value)["id"] for one in arrived(broker)} == set(range(50))


def test_a_write_that_no_trying_helps_ends_the_command_with_one(broker: EmbeddedBroker) -> None:
    """Not everything was acknowledged, and it says so in one line."""
    broker.push_errors(PRODUCE, *[29] * 9)  # TOPIC_AUTHORIZATION_FAILED
    result = replay("-", "--broker", broker.address, given=wire(50))
    assert result.exit_code == 1
    assert "did not take everything" in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.jsonl",), "nowhere.jsonl: no such file"),
        (("--rate", "0"), "items per second such as 200/s"),
        (("--speed", "fast"), "max, recorded, or a factor"),
        (("--received", "noon"), "ISO 8601"),
        (("--repeat", "0"), "x>=1"),
        (("--shuffle", "dice"), "dice"),
        (("--max-item-bytes", "1000000"), "900000"),
        (("--rate", "5/s", "--speed", "2"), "give one of them"),
        (("--shuffle", "7", "--speed", "2"), "--rate, or --speed max"),
    ],
)
def test_wrong_usage_is_answered_in_one_line_with_two(arguments: tuple[str, ...], said: str) -> None:
    """Before any broker is asked."""
    result = replay(*arguments, "--broker", "127.0.0.1:1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_broker_that_is_not_there_is_told_in_one_line_with_what_to_do() -> None:
    """Exit code 1, and nothing hangs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        result = replay("--broker", f"127.0.0.1:{free.getsockname()[1]}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "slugline broker" in result.stderr
    assert result.stderr.count("\n") == 1


def test_ctrl_c_ends_it_while_it_waits_for_a_line(broker: EmbeddedBroker) -> None:
    """What came before is on the topic, and nothing crashes."""
    command = [sys.executable, "-c", "from stream.cli import main; main()", "replay", "-"]
    environment = os.environ | {"SLUGLINE_BROKER": broker.address}
    with subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write(b'{"title":"a line from a live feed"}\n')
        running.stdin.flush()
        while not arrived(broker):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 130
        assert b"Fatal" not in running.stderr.read()


def test_the_clock_says_when_an_input_was_received(broker: EmbeddedBroker) -> None:
    """Without --received, an input without a time was received when it was sent, like any live item."""
    replay("--broker", broker.address)
    for one in arrived(broker):
        moment = read_time(dict(one.headers)["received"].decode())
        assert moment is not None
        assert moment > (read_time("2024-05-02") or 0)
