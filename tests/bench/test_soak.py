"""Laws of the soak: a sample reads what a worker serves, a verdict names what grew, and the picture is one."""

from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice, pairwise
from os import getpid
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

from bench.soak.feed import LIFE_DAYS, items
from bench.soak.plot import SERIES, plot
from bench.soak.samples import Sample, sample
from bench.soak.verdict import verdict
from stream.core.codec import decode
from stream.core.times import read_time
from stream.worker.metrics import Metrics

STEADY = [
    Sample(float(at), 200 * at, 400 * at, 500.0, 40, 9_000, 0, 0.01 * at, 5, 10.0 * at, 1.0)
    for at in range(0, 600, 10)
]


def held(samples: list[Sample]) -> dict[str, bool]:
    return verdict(samples, 200.0, 20_000).held


def test_a_steady_worker_holds_everything() -> None:
    """Every condition has its figure beside it."""
    found = verdict(STEADY, 200.0, 20_000)
    assert found.good and len(found.held) == len(found.said)


def test_what_grows_is_named_and_nothing_else() -> None:
    """Memory by a fifth, files by a kilobyte an item, lag without end, a refused item, a window that never filled."""
    grown = {
        "memory is flat": [replace(one, memory=500 + one.at / 6) for one in STEADY],
        "files are bounded": [replace(one, state=one.sent / 1_024) for one in STEADY],
        "no lag": [replace(one, lag=20 * int(one.at)) for one in STEADY],
        "nothing was refused": [replace(one, dead=1) for one in STEADY],
        "the window was full, and moved on": [
            replace(one, sent=one.sent // 10, state=one.state / 10) for one in STEADY
        ],
    }
    for name, samples in grown.items():
        assert [each for each, good in held(samples).items() if not good] == [name]


def test_memory_that_grows_until_the_window_is_full_is_flat_after() -> None:
    """The first quarter is not judged."""
    filling = [replace(one, memory=min(500.0, 100 + 4 * one.at)) for one in STEADY]
    assert held(filling)["memory is flat"]


def test_the_picture_has_a_line_for_every_series() -> None:
    """Well-formed, a point for each sample, none outside."""
    root = ElementTree.fromstring(plot(STEADY, "200 items/s & more"))
    lines = [one for one in root.iter() if one.tag.endswith("polyline")]
    assert len(lines) == len(SERIES)
    wide, tall = map(float, root.attrib["viewBox"].split()[2:])
    for line in lines:
        points = [tuple(map(float, one.split(","))) for one in line.attrib["points"].split()]
        assert len(points) == len(STEADY)
        assert all(0 <= x <= wide and 0 <= y <= tall for x, y in points)
        assert all(before[0] < after[0] for before, after in pairwise(points))


def test_a_sample_adds_up_what_a_worker_serves(tmp_path: Path) -> None:
    """Lag over partitions, stories over lanes, dead letters apart from what was decided; every file of both folders."""
    metrics = Metrics()
    metrics.count("slugline_items", "normalise", "item", by=30)
    metrics.count("slugline_items", "desk", "dead", by=2)
    metrics.only("slugline_lag_messages", [(("wire.raw.v1", "0"), 4), (("wire.items.v1", "3"), 5)])
    metrics.only("slugline_open_stories", [(("en",), 7), (("fr",), 1)])
    (tmp_path / "state" / "3").mkdir(parents=True)
    (tmp_path / "state" / "3" / "table").write_bytes(b"x" * 10_000)
    with _served(metrics.text()) as address:
        one = sample(1.0, 32, getpid(), address, tmp_path / "state", tmp_path / "none")
    assert (one.handled, one.dead, one.lag, one.open_stories) == (32, 2, 9, 8)
    assert one.files == 1 and 0.009 < one.state < 0.1 and one.broker == 0.0
    assert one.memory > 10


class _served:  # noqa: N801  # a context, like open
    """The text at an address of the loopback."""

    def __init__(self, text: bytes) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # the name that http.server calls
                self.send_response(200)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/metrics"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_the_window_holds_as_many_items_as_asked_for() -> None:
    """By the items' own times: a story's life of them is the window, give or take a tenth."""
    times = [read_time(decode(one.raw)["ts"]) for one in islice(items(2_000), 4_000)]
    known = [ts for ts in times if ts is not None]
    days = (max(known) - min(known)) / 86_400_000
    assert 0.9 < days / (2 * LIFE_DAYS) < 1.1
