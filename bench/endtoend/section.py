"""End to end: the three apps in turn, several times, and the ratios of their times. Running them is elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from bench.endtoend.alone import Alone, alone
from bench.endtoend.app import APPS, LOOP, OURS, TUTORIAL
from bench.endtoend.ground import Ground, ground
from bench.endtoend.run import Run, run
from bench.measure.figures import Figure, at_least, middle, spread, tell
from bench.measure.wires import Sent, dealt, some
from bench.wire import wire
from stream.worker.agents import AT_ONCE

TWICE = 2.0
WARM = 300
AT_A_TIME = {OURS: AT_ONCE, LOOP: AT_ONCE, TUTORIAL: 1}  # items that each app gives the core


@dataclass(slots=True)
class Laps:
    """All runs of one app, and the core's own time beside each of them."""

    runs: list[Run] = field(default_factory=list)
    core: list[Alone] = field(default_factory=list)

    @property
    def whole(self) -> float:
        return middle([one.seconds for one in self.runs])

    @property
    def around(self) -> float:
        """Seconds per item that are not the core's."""
        return max(self.whole - middle([one.seconds for one in self.core]), 1e-6)

    @property
    def processor_around(self) -> float:
        own = middle([one.seconds for one in self.core])
        return max(middle([one.processor for one in self.runs]) - own, 1e-6)


def end_to_end(quick: bool, kafka: bool) -> list[Figure]:
    messages, warm = _messages(quick, kafka)
    laps = {name: Laps() for name in APPS}
    with ground(kafka) as fresh:
        for lap in range(1 if quick else 3):
            for name in APPS:
                _lap(laps[name], fresh, name, messages, warm)
                tell(f"end to end: lap {lap + 1}, {name}: {1 / laps[name].runs[-1].seconds:,.0f} items/s")
    where = "Apache Kafka" if kafka else "the embedded broker, which holds no more (--kafka for Apache Kafka)"
    return [*_rates(laps, f"{len(messages) - warm:,} items on {where}"), *_ratios(laps)]


def _messages(quick: bool, kafka: bool) -> tuple[Sequence[Sent], int]:
    """On Apache Kafka one lane, as a wire has it; embedded four, on four partitions of 5 MiB each."""
    if quick:
        return list(islice(dealt(wire(21, 10_000)), 150)), 30
    if kafka:
        return some(21, 5_000 + WARM), WARM
    return list(islice(dealt(wire(21, 10_000)), 2_500 + WARM)), WARM


def _lap(laps: Laps, fresh: Ground, name: str, messages: Sequence[Sent], warm: int) -> None:
    laps.core.append(alone(messages, warm, AT_A_TIME[name]))
    with fresh() as address:
        laps.runs.append(run(name, address, messages, warm))


def _rates(laps: Mapping[str, Laps], said: str) -> Iterator[Figure]:
    for name, lap in laps.items():
        rates = [1 / one.seconds for one in lap.runs]
        yield Figure("end to end", name, 1 / lap.whole, "items/s", note=f"{said}; {spread(rates)}")
    for name in (OURS, TUTORIAL):
        core = laps[name].core
        own, writes = 1e6 * middle([one.seconds for one in core]), middle([one.writes for one in core])
        note = f"{AT_A_TIME[name]} at a time; {writes:.2f} messages, {core[0].size:,.0f} bytes written for an item"
        yield Figure("end to end", f"core's own time, {name}", own, "µs", note=note)


def _ratios(laps: Mapping[str, Laps]) -> Iterator[Figure]:
    ours = laps[OURS]
    for name in (TUTORIAL, LOOP):
        other = laps[name]
        around = other.around / ours.around
        times = f"{other.around * 1e6:,.0f} against {ours.around * 1e6:,.0f} µs an item"
        what = f"around the core, {name}"
        if name == TUTORIAL:
            yield at_least("end to end", what, around, TWICE, times)
        else:
            yield Figure("end to end", what, around, "×", note=times)
        yield Figure(
            "end to end", f"the whole, {name}", other.whole / ours.whole, "×", note="its time by ours"
        )
        spent = other.processor_around / ours.processor_around
        times = f"{other.processor_around * 1e6:,.0f} against {ours.processor_around * 1e6:,.0f} µs an item"
        yield Figure("end to end", f"processor around the core, {name}", spent, "×", note=times)
