"""Laws of examples/alerting_service.py: once per material change, whatever happens to it or to the topic."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

from stream.broker.embedded import EmbeddedBroker
from stream.core.codec import decode
from stream.topics import EVENTS
from tests.cli.published import Message, as_event, environment, put, told

SERVICE = Path(__file__).parents[2] / "examples" / "alerting_service.py"
# On the embedded broker a group that had a member before waits its session timeout, less a second.
BRIEF = '{"session_timeout_ms":2000,"heartbeat_interval_ms":500}'


@contextmanager
def service(embedded: EmbeddedBroker, ledger: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The service as anyone runs it, killed when the block is left."""
    where = environment(embedded.address) | {"ALERT_LEDGER": str(ledger), "ALERT_KAFKA": BRIEF}
    process = subprocess.Popen([sys.executable, str(SERVICE)], env=where, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def alerts(process: subprocess.Popen[bytes], most: int) -> list[bytes]:
    """So many lines, or all up to the end of the process."""
    assert process.stdout is not None
    return [line for line in (process.stdout.readline() for _ in range(most)) if line]


def events(count: int | None = None) -> list[dict[str, Any]]:
    return [decode(event) for event in told().events.values()][:count]


def material(published: list[dict[str, Any]]) -> set[str]:
    return {event["id"] for event in published if event["data"].get("material")}


def keys(lines: list[bytes]) -> list[str]:
    return [decode(line)["key"] for line in lines]


def last(number: int) -> Message:
    """An event that is material, after all the others of its partition: once alerted, they were all read."""
    event = events(1)[0]
    return as_event({**event, "id": f"last-{number}", "sequence": f"{number:010d}.01"})


def states(ledger: Path) -> dict[str, str]:
    with closing(sqlite3.connect(ledger)) as opened:
        return dict(opened.execute("SELECT key, state FROM alerts"))


def test_each_material_change_is_alerted_once(embedded: EmbeddedBroker, tmp_path: Path) -> None:
    """However often its event stands on the topic; a copy, a conflict and a closing never are."""
    published = events()
    wanted = material(published)
    assert {event["type"] for event in published if event["id"] not in wanted}
    put(embedded.address, [as_event(event) for event in published * 2])
    with service(embedded, tmp_path / "ledger") as process:
        first = alerts(process, len(wanted))
        put(embedded.address, [as_event(event) for event in published] + [last(1)])
        then = alerts(process, 1)
    assert sorted(keys(first)) == sorted(wanted)
    assert keys(then) == ["last-1"]


def test_an_alert_says_which_story_and_what(embedded: EmbeddedBroker, tmp_path: Path) -> None:
    """The key to drop repeats by, the story and its version to look it up, the headline to read."""
    (event,) = [event for event in events() if event["data"].get("material")][:1]
    put(embedded.address, [as_event(event)])
    with service(embedded, tmp_path / "ledger") as process:
        (line,) = alerts(process, 1)
    wanted = {name: event["data"][name] for name in ("story", "version", "headline")}
    assert decode(line) == {"key": event["id"], **wanted}


@pytest.mark.parametrize("seed", [1, 2])
def test_kills_lose_nothing_and_repeat_at_most_what_was_under_way(
    embedded: EmbeddedBroker, tmp_path: Path, seed: int
) -> None:
    """Killed with -9 after any number of alerts, started again, while events are repeated on the topic."""
    rng, published = Random(seed), events()
    wanted, kills = material(published), 4
    put(embedded.address, [as_event(event) for event in published])
    seen: list[bytes] = []
    for _ in range(kills):
        with service(embedded, tmp_path / "ledger") as process:
            seen += alerts(process, rng.randrange(1, 40))
            process.kill()
            seen += alerts(process, len(published))  # what was in the pipe when it died
        put(embedded.address, [as_event(event) for event in rng.sample(published, 60)])
    with service(embedded, tmp_path / "ledger") as process:
        while set(keys(seen)) != wanted:
            seen += alerts(process, 1)
        process.send_signal(signal.SIGTERM)
        seen += alerts(process, len(published))
        assert process.wait(30) == 0
    assert set(keys(seen)) == wanted
    assert (
        len(seen) <= len(wanted) + kills
    )  # each death leaves one alert of which nobody knows if it was sent
    assert len(set(seen)) == len(wanted)  # and that one is told again in the same bytes
    assert states(tmp_path / "ledger") == dict.fromkeys(wanted, "sent")


def test_what_was_pending_is_sent_after_a_restart(embedded: EmbeddedBroker, tmp_path: Path) -> None:
    """Under the key that it had, and before anything new."""
    ledger = tmp_path / "ledger"
    put(embedded.address, [last(1)])
    with service(embedded, ledger) as process:
        (before,) = alerts(process, 1)
        process.kill()
        process.wait()
    with closing(sqlite3.connect(ledger)) as opened, opened:
        opened.execute("UPDATE alerts SET state = 'pending'")  # it died between sending and noting
    put(embedded.address, [last(2)])
    with service(embedded, ledger) as process:
        again, new = alerts(process, 2)
    assert again == before
    assert keys([new]) == ["last-2"]


def test_what_is_no_event_stops_nobody(embedded: EmbeddedBroker, tmp_path: Path) -> None:
    """Bytes, a list, no headers, no value: none is an alert, and the next event is."""
    odd = [b"\xff", b"[]", b"null", b"{}", b'{"material":true}', None]
    put(embedded.address, [*((EVENTS, b"story", value, ()) for value in odd), last(1)])
    headers = [("ce_id", b"odd")]
    put(embedded.address, [(EVENTS, b"story", b'{"material":true}', headers), last(2)])
    with service(embedded, tmp_path / "ledger") as process:
        assert sorted(keys(alerts(process, 2))) == ["last-1", "last-2"]


def test_a_signal_is_an_ordinary_end(embedded: EmbeddedBroker, tmp_path: Path) -> None:
    """SIGTERM and Ctrl-C end it with 0, and no alert stays pending."""
    for number, sent in enumerate((signal.SIGTERM, signal.SIGINT)):
        put(embedded.address, [last(number)])
        with service(embedded, tmp_path / "ledger") as process:
            assert keys(alerts(process, 1)) == [f"last-{number}"]
            process.send_signal(sent)
            assert process.wait(30) == 0
    assert set(states(tmp_path / "ledger").values()) == {"sent"}


def test_the_example_is_short_and_needs_nothing_of_ours() -> None:
    """Under sixty lines that anyone can copy into a service that knows only Kafka."""
    lines = SERVICE.read_text().splitlines()
    assert len(lines) < 60
    imported = {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imported == {"asyncio", "contextlib", "os", "signal", "sqlite3", "orjson", "aiokafka"}
