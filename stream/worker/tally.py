"""What became of a batch, as the metrics count it: outcomes, the time it took, how old its news is. No await enters."""

from collections import Counter
from collections.abc import Iterator, Sequence
from time import time

from stream.core.desk import Applied, Decided, Failed, Outcome
from stream.topics import DEAD
from stream.worker.batches import Event
from stream.worker.metrics import Metrics
from stream.worker.steps import Read, Work
from stream.worker.writer import Write


def normalised(metrics: Metrics, made: Sequence[Write]) -> None:
    dead = sum(one.topic == DEAD for one in made)
    _count(metrics, "normalise", {"item": len(made) - dead, "dead": dead})


def decided(metrics: Metrics, reads: Sequence[Read], work: Work, seconds: float) -> None:
    """A batch whose events are acknowledged; `seconds` is what deciding it took."""
    unread = sum(read.item is None for read in reads)
    outcomes = Counter(map(_outcome, work.decided.outcomes))
    _count(metrics, "desk", {**outcomes, "dead": outcomes["dead"] + unread})
    metrics.observe("slugline_decision_seconds", [seconds / len(reads)] * len(reads))
    metrics.observe("slugline_raw_to_event_seconds", _ages(read.event for read in reads))


def _outcome(outcome: Outcome) -> str:
    match outcome:
        case Decided(record=record):
            return record.decision.relation
        case Applied():
            return "edit"
        case Failed():
            return "dead"
    return "repeat"


def _ages(events: Iterator[Event]) -> Iterator[float]:
    """Seconds since the feed wrote; a clock that runs behind the feed's gives 0."""
    now = time()
    return (max(0.0, now - event.timestamp / 1_000) for event in events if event.timestamp is not None)


def _count(metrics: Metrics, stage: str, outcomes: dict[str, int]) -> None:
    for outcome, count in outcomes.items():
        if count:
            metrics.count("slugline_items", stage, outcome, by=count)
