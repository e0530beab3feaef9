"""End to end: every app in turn, several times, and the ratios of their rates. Running them is elsewhere."""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.endtoend.alone import Alone, alone, event
from bench.endtoend.environment import python_with_quix
from bench.endtoend.ground import Ground, ground
from bench.endtoend.lineups import FOUR, LOOP, OURS, QUIX, TUTORIAL, TWO, Lineup, lineups
from bench.endtoend.run import Course, Run, run
from bench.endtoend.stages import put, said
from bench.measure.figures import Figure, at_least, middle, spread, tell
from bench.measure.wires import Sent, dealt, some
from bench.wire import wire
from stream.worker.agents import AT_ONCE

WARM = 300
LAPS = 3
NAME = "end to end"
# Of our rate with one worker by another's, at least; and of two workers' by one's.
TARGETS: Mapping[str, float] = {TUTORIAL.name: 2.0, LOOP.name: 0.85}
TWICE = 1.3

Laps = dict[Lineup, list[Run]]


@dataclass(slots=True)
class Own:
    """The core's own time beside every lap, by how many items it is given at once."""

    laps: dict[int, list[Alone]] = field(default_factory=dict)

    def seconds(self, at_once: int) -> float:
        return middle([one.seconds for one in self.laps[at_once]])

    def stage(self, name: str) -> float:
        return middle([one.by_stage[name] for one in self.laps[AT_ONCE]])


def end_to_end(quick: bool, kafka: bool) -> list[Figure]:
    messages, warm = _messages(quick, kafka)
    quix = python_with_quix(may_install=kafka and not quick)
    laps: Laps = {one: [] for one in lineups(kafka, quix is not None)}
    own = Own()
    with tempfile.TemporaryDirectory(prefix="slugline-bench-") as folder, ground(kafka) as fresh:
        python = {False: sys.executable, True: str(quix)}
        course = Course(messages, warm, Path(folder) / "said", python)
        tell("end to end: what the core says is written down for the apps without it")
        put(course.said, said([event(one) for one in messages], AT_ONCE))
        for lap in range(1 if quick else LAPS):
            _lap(laps, own, fresh, course, lap + 1)
        spent = _parts(fresh, course, Path(folder) / "parts")
    where = "Apache Kafka" if kafka else "the embedded broker, which holds no more (--kafka for Apache Kafka)"
    rates = _rates(laps, f"{len(messages) - warm:,} items on {where}")
    return [*rates, *_ratios(laps), *_costs(laps, own), *_spent(spent), *_written(own)]


def _messages(quick: bool, kafka: bool) -> tuple[Sequence[Sent], int]:
    """On Apache Kafka one lane, as a wire has it; embedded four, on four partitions of 5 MiB each."""
    if quick:
        return list(islice(dealt(wire(21, 10_000)), 150)), 30
    if kafka:
        return some(21, 5_000 + WARM), WARM
    return list(islice(dealt(wire(21, 10_000)), 2_500 + WARM)), WARM


def _lap(laps: Laps, own: Own, fresh: Ground, course: Course, number: int) -> None:
    """Every app once, and the core alone in every form in which they ask it."""
    for at_once in {one.at_once for one in laps}:
        own.laps.setdefault(at_once, []).append(alone(course.messages, course.warm, at_once))
    for one, runs in laps.items():
        with fresh() as address:
            runs.append(run(one, address, course))
        tell(f"end to end: lap {number}, {one.name}: {1 / runs[-1].seconds:,.0f} items/s")


def _parts(fresh: Ground, course: Course, path: Path) -> Run:
    """One worker once more, with its stack looked at."""
    with fresh() as address:
        return run(OURS, address, course, path)


def _whole(runs: Sequence[Run]) -> float:
    return middle([one.seconds for one in runs])


def _rates(laps: Laps, where: str) -> Iterator[Figure]:
    for one, runs in laps.items():
        told = f"{where}; {spread([1 / each.seconds for each in runs])}"
        if one is TUTORIAL:
            told += "; loses what a broker does not take"
        yield Figure(NAME, one.name, 1 / _whole(runs), "items/s", note=told)
    if not any(one.needs_quix for one in laps):
        yield Figure(NAME, QUIX.name, 0, "items/s", note="not installed, or no Apache Kafka to run it on")


def _ratios(laps: Laps) -> Iterator[Figure]:
    """Of the medians of rates that were measured side by side."""
    ours = _whole(laps[OURS])
    for other, target in ((TUTORIAL, TARGETS[TUTORIAL.name]), (LOOP, TARGETS[LOOP.name])):
        ratio = _whole(laps[other]) / ours
        spent = middle([one.processor for one in laps[other]]) / middle([r.processor for r in laps[OURS]])
        yield at_least(NAME, f"1 worker by {other.name}", ratio, target, f"by processor time {spent:.2f}")
    for more, wanted in ((TWO, TWICE), (FOUR, None)):
        if more in laps:
            ratio, what = ours / _whole(laps[more]), f"{more.name.removeprefix('slugline, ')} by 1"
            note = "the broker shares the machine"
            yield (
                at_least(NAME, what, ratio, wanted, note)
                if wanted
                else Figure(NAME, what, ratio, "×", note=note)
            )


def _costs(laps: Laps, own: Own) -> Iterator[Figure]:
    """Microseconds of processor time per item."""
    for stage in ("normalise", "desk"):
        note = f"{AT_ONCE} at a time, no broker; reading and writing JSON in it"
        yield Figure(NAME, f"core alone, {stage}", 1e6 * own.stage(stage), "µs", note=note)
    for one, runs in laps.items():
        spent = middle([each.processor for each in runs])
        core = 0.0 if one.bare else own.seconds(one.at_once)
        note = f"{1e6 * max(0.0, spent - core):,.0f} of it around the core"
        yield Figure(NAME, f"processor, {one.name}", 1e6 * spent, "µs", note=note)
    if TWO in laps:
        for at, kind in enumerate(TWO.kinds):
            spent = middle([each.each[at] for each in laps[TWO]])
            yield Figure(NAME, f"processor, the worker of {kind}", 1e6 * spent, "µs", note="of two")


def _spent(parts: Run) -> Iterator[Figure]:
    for name, seconds in sorted(parts.parts.items(), key=lambda one: -one[1]):
        yield Figure(NAME, f"1 worker, {name}", 1e6 * seconds, "µs", note="of processor time, by looking")


def _written(own: Own) -> Iterator[Figure]:
    found = own.laps[AT_ONCE][0]
    for topic, size in found.sizes.items():
        note = f"{found.writes[topic]:.2f} messages, {AT_ONCE} items at a time; keys and headers in it"
        yield Figure(NAME, f"written to {topic}", size, "bytes/item", note=note)
