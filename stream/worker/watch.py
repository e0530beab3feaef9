"""What a worker shows to who watches it: metrics, and whether it lives and is ready. It changes nothing."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import faust
from aiohttp import web
from faust.types import TP

from stream.topics import ITEMS, RAW
from stream.worker.desk import Desk
from stream.worker.metrics import Metrics
from stream.worker.table import Records

BEAT = 1.0  # seconds between two looks at the lag
STALLED = 60.0  # seconds without a commit, though there is lag, after which a worker is not alive
LOOPBACK = "127.0.0.1"

Lag = Mapping[TP, int]


@dataclass(slots=True)
class Progress:
    """Whether commits move: `stalled` counts the seconds since one did, and is 0 where there is no lag."""

    clock: Callable[[], float] = monotonic
    _committed: dict[TP, int] = field(default_factory=dict)
    _since: float | None = None

    def look(self, committed: Mapping[TP, int], lag: Lag) -> float:
        """Told at every beat what is committed of each partition, and what is not."""
        now = self.clock()
        moved = any(committed.get(tp, 0) != self._committed.get(tp, 0) for tp in lag)
        self._committed = dict(committed)
        if self._since is None or moved or not any(lag.values()):
            self._since = now
        return now - self._since


@dataclass(slots=True)
class Watch:
    """One worker, watched."""

    app: faust.App
    desk: Desk
    table: Records
    metrics: Metrics
    stalled_after: float = STALLED
    progress: Progress = field(default_factory=Progress)
    stalled: float = 0.0

    def look(self) -> None:
        """Brings what is not counted as it happens up to date."""
        committed, lag = _standing(self.app)
        self.stalled = self.progress.look(committed, lag)
        self.metrics.set("slugline_stalled_seconds", self.stalled)
        self.metrics.set("slugline_recovering", 0 if self.ready else 1)
        stories = self.desk.open_stories(self.table.in_hand)
        self.metrics.only("slugline_open_stories", (((lane,), count) for lane, count in stories.items()))
        self.metrics.only(
            "slugline_lag_messages", (((tp.topic, str(tp.partition)), behind) for tp, behind in lag.items())
        )

    @property
    def ready(self) -> bool:
        """Partitions are dealt out, and their records are read back."""
        app: Any = self.app
        return bool(app.started and not app.rebalancing and app.tables.recovery.completed.is_set())

    @property
    def alive(self) -> bool:
        return self.stalled < self.stalled_after

    async def serve(self, port: int, host: str = LOOPBACK) -> None:
        """`/metrics`, `/live` and `/ready` until cancelled; 503 where the answer is no."""
        site = web.Application()
        site.router.add_get("/metrics", self._metrics)
        site.router.add_get("/live", self._live)
        site.router.add_get("/ready", self._ready)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            while True:
                self.look()
                await asyncio.sleep(BEAT)
        finally:
            await runner.cleanup()

    async def _metrics(self, _request: web.Request) -> web.Response:
        self.look()
        return web.Response(body=self.metrics.text(), content_type="text/plain", charset="utf-8")

    async def _live(self, _request: web.Request) -> web.Response:
        self.look()
        return _answer(self.alive, f"nothing was committed for {self.stalled:.0f} s, though there is lag")

    async def _ready(self, _request: web.Request) -> web.Response:
        return _answer(self.ready, "partitions are dealt out, or their records read back")


def _answer(good: bool, otherwise: str) -> web.Response:
    return web.Response(text="ok\n") if good else web.Response(text=f"{otherwise}\n", status=503)


def _standing(app: faust.App) -> tuple[dict[TP, int], Lag]:
    """What is committed of each partition in hand of the two sources, and how many messages are not."""
    consumer: Any = app.consumer
    places = [tp for tp in consumer.assignment() if tp.topic in (RAW, ITEMS)] if app.started else []
    committed = {tp: consumer._committed_offset.get(tp) or 0 for tp in places}
    ends = {tp: consumer.highwater(tp) or 0 for tp in places}
    return committed, {tp: max(0, ends[tp] - committed[tp]) for tp in places}
