"""How far a replay has come: a bar on a terminal, plain lines elsewhere. Nothing may depend on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from replay.inputs import Input
from replay.send import Report, Tally

BAR_EVERY = 0.1  # seconds
LINE_EVERY = 5.0


@contextmanager
def shown(total: int | None, *, quiet: bool = False) -> Iterator[Report]:
    """A report to be called for every input, on standard error. `total` is in bytes, None if unknown."""
    console = Console(stderr=True, highlight=False)
    if quiet:
        yield _say_nothing
    elif not console.is_terminal:
        yield _Lines(console)
    else:
        with Progress(*_columns(), console=console, transient=True) as progress:
            yield _Bar(progress, total)


def rate(tally: Tally, seconds: float) -> str:
    return f"{tally.inputs / max(seconds, 0.001):,.0f}/s"


def _say_nothing(given: Input, tally: Tally, refusal: str | None) -> None:
    pass


def _columns() -> tuple[BarColumn | TextColumn | TimeRemainingColumn, ...]:
    items = TextColumn("{task.fields[items]} items  {task.fields[rate]}")
    return TextColumn("replay"), BarColumn(), items, TimeRemainingColumn()


class _Lines:
    """A line every few seconds, and one for every refusal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.began = self.last = monotonic()

    def __call__(self, given: Input, tally: Tally, refusal: str | None) -> None:
        if refusal is not None:
            self.console.print(f"refused {given.where}: {refusal}", markup=False, soft_wrap=True)
        if (now := monotonic()) >= self.last + LINE_EVERY:
            self.last = now
            self.console.print(f"{tally.inputs:,} items  {rate(tally, now - self.began)}")


class _Bar:
    """A bar over the bytes of the files, as nobody counts lines beforehand."""

    def __init__(self, progress: Progress, total: int | None) -> None:
        self.progress = progress
        self.task = progress.add_task("replay", total=total, items="0", rate="")
        self.began, self.last = monotonic(), 0.0

    def __call__(self, given: Input, tally: Tally, refusal: str | None) -> None:
        if refusal is not None:
            self.progress.console.print(f"refused {given.where}: {refusal}", markup=False, soft_wrap=True)
        if (now := monotonic()) >= self.last + BAR_EVERY:
            self.last = now
            items, speed = f"{tally.inputs:,}", rate(tally, now - self.began)
            completed = tally.bytes + tally.inputs  # with the line ends
            self.progress.update(self.task, completed=completed, items=items, rate=speed)
