"""Laws of make torture: its faults come from its seed, its processes are looked after, its checks see what does not hold."""

import asyncio
import dataclasses
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bench.checks.commands import feed, slugline
from bench.checks.said import said_by_fold, said_on_topics
from bench.torture.__main__ import main
from bench.torture.checks import CHECKS, all_checked
from bench.torture.evidence import Alerts, Evidence, all_of, distinct, folded
from bench.torture.faults import FAULTS, drawn
from bench.torture.process import Accident, Kept, Supervisor
from bench.torture.subscriber import longest
from bench.torture.wire import LANES, dealt
from stream.broker.embedded import EmbeddedBroker
from stream.core.codec import decode, encode
from stream.topics import DEAD, EVENTS, ITEMS, RECORDS

FEW = 40


@dataclass(frozen=True)
class Message:
    """What the checks read of a message."""

    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]]
    partition: int
    offset: int
    topic: str = ""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Of a worker that nothing happened to, on the embedded broker; the alerts are made of its events."""
    folder = tmp_path_factory.mktemp("torture")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SLUGLINE_DATA", str(folder))
        wire = dealt(FEW)
    path = folder / "wire.jsonl"
    path.write_bytes(b"".join(line + b"\n" for line in wire.lines))
    with EmbeddedBroker() as broker:
        at = broker.address
        feed(path, at)
        slugline("worker", "--broker", at, "--until-idle", "1", "--session-timeout", "2")
        read = [
            [_plain(m) for m in asyncio.run(all_of(at, topic))] for topic in (EVENTS, ITEMS, RECORDS, DEAD)
        ]
        said, fold = said_on_topics(at), said_by_fold("--topic", ITEMS, "--broker", at)
    events, items, records, dead = read
    keys = [dict(m.headers)["ce_id"].decode() for m in events if decode(m.value)["material"]]
    alerts = Alerts(tuple(encode({"key": key}) for key in keys), dict.fromkeys(keys, "sent"), 0)
    return Evidence(wire, events, items, records, dead, said, fold, alerts)


def _plain(message: Any) -> Message:
    return Message(message.key, message.value, tuple(message.headers), message.partition, message.offset)


def test_all_checks_hold_of_an_undisturbed_run(evidence: Evidence) -> None:
    """Each by its name, with what it counted."""
    assert [(found.name, found.ok) for found in all_checked(evidence)] == [(name, True) for name in CHECKS]


def test_what_is_compared_is_what_the_commands_say(evidence: Evidence) -> None:
    """`slugline fold --topic` and `slugline tail --canonical`, byte for byte."""
    assert folded(evidence.items) == evidence.fold
    assert b"".join(line + b"\n" for line in distinct(evidence.events)) == evidence.topics.events


def test_repeats_are_no_fault(evidence: Evidence) -> None:
    """The same bytes again, items, events and records; and an alert again for each time that the service was killed."""
    alerts = replace(evidence.alerts, said=evidence.alerts.said * 2, restarts=len(evidence.alerts.said))
    again = replace(
        evidence,
        events=[*evidence.events] * 2,
        items=[*evidence.items] * 2,
        records=[*evidence.records] * 2,
        alerts=alerts,
    )
    assert all(found.ok for found in all_checked(again))


DAMAGES: dict[str, tuple[str, Callable[[Evidence], dict[str, Any]]]] = {
    "an item is missing": ("nothing missing", lambda e: {"items": e.items[1:]}),
    "a dead letter": ("nothing missing", lambda e: {"dead": e.items[:1]}),
    "an item has no record": ("in one story", lambda e: {"records": e.records[1:]}),
    "an item has two records": (
        "in one story",
        lambda e: {"records": [*e.records, replace(e.records[0], partition=e.records[0].partition + 1)]},
    ),
    "a story is not told": ("as the fold", lambda e: {"topics": _shorter(e)}),
    "an event is told again otherwise": (
        "repeats",
        lambda e: {"events": [*e.events, replace(e.events[0], value=b'{"material":false}')]},
    ),
    "an alert is missing": ("alerted once", lambda e: {"alerts": replace(e.alerts, said=e.alerts.said[1:])}),
    "an alert comes twice": (
        "alerted once",
        lambda e: {"alerts": replace(e.alerts, said=(*e.alerts.said, e.alerts.said[0]))},
    ),
    "an alert was not sent": (
        "alerted once",
        lambda e: {"alerts": replace(e.alerts, ledger=dict.fromkeys(e.alerts.ledger, "pending"))},
    ),
    "a fault went wrong": ("ended well", lambda e: {"badly": ["it did not"]}),
    "a worker broke": (
        "ended well",
        lambda e: {"accidents": [Accident("w1", 1, "the worker ends", ours=True)]},
    ),
}


def _shorter(evidence: Evidence) -> Any:
    lines = evidence.topics.stories.splitlines(keepends=True)
    return dataclasses.replace(evidence.topics, stories=b"".join(lines[1:]))


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_check_sees_what_does_not_hold(evidence: Evidence, damage: str) -> None:
    """It fails by its name, and the others are asked all the same."""
    check, how = DAMAGES[damage]
    found = {outcome.name: outcome.ok for outcome in all_checked(replace(evidence, **how(evidence)))}
    assert found[check] is False
    assert found.keys() == CHECKS.keys()


def test_a_broker_that_is_away_is_no_fault_of_a_worker(evidence: Evidence) -> None:
    """One that is started meanwhile ends with one line, which is counted and no more."""
    away = Accident("w1", 1, "slugline worker: nobody answers")
    assert CHECKS["ended well"](replace(evidence, accidents=[away])).startswith("1 processes")


def test_a_seed_draws_the_same_faults() -> None:
    """Every kind of the table before any comes again, whatever the number asked for."""
    assert drawn(5, 100)[:20] == drawn(5, 20)
    assert drawn(5, 30) != drawn(6, 30)
    assert {fault.name for fault in drawn(7, len(FAULTS))} == {fault.name for fault in FAULTS}


def test_the_wire_is_dealt_to_six_lanes(evidence: Evidence) -> None:
    """Each item to one; the same items to the same lanes every time."""
    langs = {decode(line)["lang"] for line in evidence.wire.lines}
    assert langs == set(LANES)
    assert len(set(evidence.wire.ids)) == FEW


def test_the_longest_silence_is_between_two_events_or_after_the_last() -> None:
    """Of those that overlap the time asked for; one that goes on lasts until its end."""
    arrivals = [0.0, 1.0, 5.0, 6.0]
    assert longest(arrivals, 2.0, 3.0) == 4.0
    assert longest(arrivals, 5.5, 6.0) == 1.0
    assert longest(arrivals, 5.5, 9.0) == 3.0
    assert longest(arrivals, 0.0, 6.0) == 4.0


@pytest.fixture
def lines() -> list[str]:
    return []


@pytest.fixture
def looked_after(tmp_path: Path, lines: list[str]) -> Iterator[Callable[[str], Kept]]:
    """A process of so much Python, which a supervisor looks after."""
    found: list[Kept] = []

    def started(program: str) -> Kept:
        found.append(Kept("it", lambda: [sys.executable, "-c", program], tmp_path / "it.log"))
        found[0].start()
        return found[0]

    with Supervisor(lambda: found, lines.append):
        yield started


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_ends_by_itself_is_started_again_and_told(
    looked_after: Callable[[str], Kept], lines: list[str]
) -> None:
    """With its code and its last words."""
    process = looked_after("import sys; sys.exit('no broker')")
    until(lambda: process.starts >= 2)
    assert process.accidents[0] == Accident("it", 1, "no broker")
    assert lines[0] == "it ended by itself with 1: no broker"


def test_an_error_of_ours_is_known_as_one(looked_after: Callable[[str], Kept]) -> None:
    """By the level of its log line, however long the line is, and whatever comes after."""
    log = encode({"exception": "x" * 9_000, "level": "critical"}).decode()
    process = looked_after(f"import sys; print({log!r}, file=sys.stderr); sys.exit('over')")
    until(lambda: bool(process.accidents))
    assert process.accidents[0].ours


def test_what_was_killed_or_is_done_stays_away(looked_after: Callable[[str], Kept]) -> None:
    """Until it is started."""
    process = looked_after("import time; time.sleep(600)")
    process.kill()
    time.sleep(1.5)  # longer than a supervisor waits
    assert process.starts == 1 and not process.accidents and not process.done


def test_bad_usage_is_told_before_anything_starts() -> None:
    """Exit code 2."""
    assert CliRunner().invoke(main, ["--faults", "0"]).exit_code == 2
