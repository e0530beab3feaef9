"""Every metric of a worker: the one list of names, types, labels and units. Nothing is measured here."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

Kind = Literal["counter", "gauge", "histogram"]

# Seconds. Of one decision, from a first item's 0.1 ms to a pause that an operator would notice.
DECISION_BUCKETS: Final = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0)
# From a feed's write to the event: what a desk feels, and what a backlog looks like.
LATENCY_BUCKETS: Final = (0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 1.0, 5.0, 30.0, 300.0, 3_600.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """`name` as Prometheus has it, without the endings that a type adds."""

    name: str
    kind: Kind
    labels: tuple[str, ...]
    says: str
    buckets: tuple[float, ...] = ()


METRICS: Final[tuple[Metric, ...]] = (
    Metric(
        "slugline_items",
        "counter",
        ("stage", "outcome"),
        "Messages by stage and what became of them: normalise item|dead; desk first|copy|revision|same_story|"
        "repeat|edit|dead.",
    ),
    Metric(
        "slugline_decision_seconds",
        "histogram",
        (),
        "Time to decide one item: the mean of its batch.",
        DECISION_BUCKETS,
    ),
    Metric(
        "slugline_raw_to_event_seconds",
        "histogram",
        (),
        "From the record timestamp of wire.raw to the acknowledged event.",
        LATENCY_BUCKETS,
    ),
    Metric(
        "slugline_lag_messages",
        "gauge",
        ("topic", "partition"),
        "Messages of a partition in hand that are not committed.",
    ),
    Metric("slugline_open_stories", "gauge", ("lane",), "Stories that may take members."),
    Metric("slugline_recovering", "gauge", (), "1 while records are read back or partitions are dealt out."),
    Metric("slugline_recovered_records", "counter", ("partition",), "Records read back since the start."),
    Metric(
        "slugline_standby_partitions",
        "gauge",
        (),
        "Partitions of other workers that this one follows, and could take up at once.",
    ),
    Metric(
        "slugline_blocked_seconds",
        "gauge",
        ("stage",),
        "How long a write does not land, and nothing more is read; 0 when all do.",
    ),
    Metric("slugline_stalled_seconds", "gauge", (), "How long nothing was committed though there is lag."),
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """A registry of its own: two workers in one process do not share counts."""

    registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _made: dict[str, Counter | Gauge | Histogram] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for metric in METRICS:
            self._made[metric.name] = _make(metric, self.registry)

    def count(self, name: str, *labels: str, by: float = 1) -> None:
        made = self._made[name]
        assert isinstance(made, Counter)
        (made.labels(*labels) if labels else made).inc(by)

    def set(self, name: str, value: float, *labels: str) -> None:
        made = self._made[name]
        assert isinstance(made, Gauge)
        (made.labels(*labels) if labels else made).set(value)

    def only(self, name: str, values: Iterable[tuple[tuple[str, ...], float]]) -> None:
        """A gauge with these label values and no others: a partition that went leaves no line behind."""
        made = self._made[name]
        assert isinstance(made, Gauge)
        made.clear()
        for labels, value in values:
            made.labels(*labels).set(value)

    def observe(self, name: str, seconds: Iterable[float]) -> None:
        made = self._made[name]
        assert isinstance(made, Histogram)
        for value in seconds:
            made.observe(value)

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self.registry)


def _make(metric: Metric, registry: CollectorRegistry) -> Counter | Gauge | Histogram:
    if metric.kind == "counter":
        return Counter(metric.name, metric.says, metric.labels, registry=registry)
    if metric.kind == "gauge":
        return Gauge(metric.name, metric.says, metric.labels, registry=registry)
    assert all(low < high for low, high in pairwise(metric.buckets))
    return Histogram(metric.name, metric.says, metric.labels, registry=registry, buckets=metric.buckets)
