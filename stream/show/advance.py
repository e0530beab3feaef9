"""How far a command has come through a topic: a bar on a terminal, plain lines elsewhere. Nothing may depend on it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

LINE_EVERY = 5.0  # seconds

Report = Callable[[str, int, int], None]  # the topic, how many messages of how many


@contextmanager
def advancing(quiet: bool = False) -> Iterator[Report]:
    """A report to be called now and then, on standard error."""
    console = Console(stderr=True, highlight=False)
    if quiet:
        yield lambda topic, done, total: None
    elif not console.is_terminal:
        yield _Lines(console)
    else:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            yield _Bars(progress)


class _Lines:
    """A line every few seconds."""

    def __init__(self, console: Console) -> None:
        self.console, self.last = console, monotonic()

    def __call__(self, topic: str, done: int, total: int) -> None:
        if (now := monotonic()) >= self.last + LINE_EVERY:
            self.last = now
            self.console.print(f"{topic}: {done:,} of {total:,}", soft_wrap=True)


class _Bars:
    """One for each topic."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, topic: str, done: int, total: int) -> None:
        if topic not in self.tasks:
            self.tasks[topic] = self.progress.add_task(topic, total=total)
        self.progress.update(self.tasks[topic], completed=done)
