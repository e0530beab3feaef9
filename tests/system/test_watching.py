"""What a worker tells of itself: counts that agree with what it did, and whether it lives and is ready."""

import socket
import urllib.error
import urllib.request
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from stream.worker.metrics import METRICS
from tests.laws.wires import brief
from tests.system.conftest import Start
from tests.system.processes import folded, slugline, until, worker, written

Samples = dict[tuple[str, tuple[str, ...]], float]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def asked(port: int, path: str) -> tuple[int, str]:
    """The status and the text; 0 where nobody answers yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def samples(port: int) -> Samples:
    found: Samples = {}
    for family in text_string_to_metric_families(asked(port, "/metrics")[1]):
        for one in family.samples:
            found[one.name, tuple(one.labels.values())] = one.value
    return found


def test_what_is_counted_is_what_was_done(start: Start, tmp_path: Path) -> None:
    """Outcomes, lag, open stories and latency, against the fold of the same items; and one that is no item."""
    broker, port = start(4), free_port()
    given = written(tmp_path / "some.jsonl", brief(51, 60))
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    slugline("replay", given, broker=broker)
    slugline("replay", str(bad), broker=broker)
    with worker(broker, "--watch-port", str(port)):
        until(lambda: samples(port).get(("slugline_raw_to_event_seconds_count", ()), 0) == 60, "60 decisions")
        until(lambda: _lag(samples(port)) == 0.0, "everything committed")
        told = samples(port)
        assert asked(port, "/live") == (200, "ok\n") and asked(port, "/ready") == (200, "ok\n")
    relations = [b'"relation":"%s"' % name for name in (b"first", b"copy", b"revision", b"same_story")]
    as_they_came = ("--topic", "wire.items.v1")
    lines = slugline("fold", *as_they_came, "--assignments", broker=broker).stdout
    for relation in relations:
        name = relation.split(b'"')[3].decode()
        assert told.get(("slugline_items_total", (name, "desk")), 0) == lines.count(relation)
    assert told["slugline_items_total", ("item", "normalise")] == 60
    assert told["slugline_items_total", ("dead", "normalise")] == 1
    assert told["slugline_open_stories", ("en",)] == folded(*as_they_came, broker=broker).stories.count(
        b'"status":"open"'
    )
    assert told["slugline_decision_seconds_count", ()] == 60
    assert told["slugline_recovering", ()] == 0


def _lag(told: Samples) -> float | None:
    lags = [value for (name, _), value in told.items() if name == "slugline_lag_messages"]
    return sum(lags) if lags else None


def test_every_metric_of_the_list_is_told(start: Start) -> None:
    """By its name and type, before anything happened; and no other is."""
    port = free_port()
    with worker(start(4), "--watch-port", str(port)):
        until(lambda: asked(port, "/metrics")[0] == 200, "metrics")
        told = asked(port, "/metrics")[1]
    types = {tuple(line.split()[2:]) for line in told.splitlines() if line.startswith("# TYPE")}
    listed = {(f"{m.name}_total" if m.kind == "counter" else m.name, m.kind) for m in METRICS}
    assert listed <= types
    assert {name.removesuffix("_created") for name, _ in types} <= {
        name.removesuffix("_total") for name, _ in listed
    } | {name for name, _ in listed}
