"""A soak as a picture: a few series over time, each on a scale of its own, in plain SVG. Nothing is judged here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bench.soak.samples import Sample

WIDE, TALL, LEFT, RIGHT, GAP = 860, 110, 90, 20, 46
GRID, LINE, INK = "#d8d8d8", "#1f5fa8", "#333333"


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    value: Callable[[Sample], float]


SERIES = (
    Series("resident memory of the worker, MiB", lambda one: one.memory),
    Series("lag, messages", lambda one: one.lag),
    Series("open stories", lambda one: one.open_stories),
    Series("the worker's files, MiB", lambda one: one.state),
)


def plot(samples: Sequence[Sample], title: str) -> str:
    """One panel under the other; each begins at 0 and ends above its highest."""
    height = GAP + len(SERIES) * (TALL + GAP)
    panels = (
        line for at, each in enumerate(SERIES) for line in _panel(samples, each, GAP + at * (TALL + GAP))
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{INK}">'
    )
    ground = f'<rect width="{WIDE}" height="{height}" fill="white"/>'
    return "\n".join((head, ground, _text(LEFT, 20, title, "start"), *panels, "</svg>")) + "\n"


def _panel(samples: Sequence[Sample], series: Series, top: int) -> Iterator[str]:
    values = [series.value(one) for one in samples]
    highest, last = _above(max(values)), samples[-1].at or 1.0
    yield _text(LEFT, top + 8, series.name, "start")
    for share in (0.0, 0.5, 1.0):
        y = top + 14 + (TALL - 14) * (1 - share)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="{GRID}"/>'
        yield _text(LEFT - 6, y + 4, f"{highest * share:,.6g}", "end")
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield _text(_x(share), top + TALL + 14, f"{last * share / 60:.3g} min", "middle")
    points = " ".join(
        f"{_x(one.at / last):.1f},{top + TALL - (TALL - 14) * value / highest:.1f}"
        for one, value in zip(samples, values, strict=True)
    )
    yield f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="1.4"/>'


def _x(share: float) -> float:
    return LEFT + (WIDE - LEFT - RIGHT) * share


def _above(value: float) -> float:
    """The next of 1, 2, 5 by powers of ten."""
    step = 1.0
    while True:
        for times in (1, 2, 5):
            if value < times * step:
                return times * step
        step *= 10


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
