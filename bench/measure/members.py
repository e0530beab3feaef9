"""One running story of many members: what its last ones cost beside its first. One lane, one story, no window."""

from collections.abc import Iterator
from time import thread_time_ns

from bench.measure.figures import Figure, at_most, middle, tell
from bench.measure.wires import SETTINGS, Sent, admitted, longer, sent
from stream.core.desk import decide
from stream.core.item import Item
from stream.core.memory import Memory

HUNDRED = 100
LIMIT = 1.5
REPORTS = 3  # the wire starts to issue again when it has so many
FLASH = 400  # bytes: what is shorter is no report
OTHERS = ("wrap", "combo", "paraphrase")  # they carry other reports, or are one in other words


def members(quick: bool) -> list[Figure]:
    count, times = (300, 1) if quick else (10_000, 5)
    running = _running()
    report = next(running)
    memory = Memory("en", SETTINGS.story_life)
    tell(f"members: a story of {count:,}")
    _join(memory, [report, *_take(running, count - HUNDRED - 1)])
    first, last = [], []
    for _ in range(times):
        first.append(_join(Memory("en", SETTINGS.story_life), [report, *_take(running, HUNDRED - 1)]))
        last.append(_join(memory, _take(running, HUNDRED)))
    most = max(story.count for story in memory.open_stories())
    note = f"medians of {times}; {most:,} of {memory.number:,} items in the story"
    return [
        Figure("members", "the first hundred", middle(first), "µs/item"),
        Figure("members", f"the last hundred of {count:,}", middle(last), "µs/item"),
        at_most("members", "last against first", middle(last) / middle(first), LIMIT, note),
    ]


def _join(memory: Memory, items: list[Item]) -> float:
    """Microseconds of processor time per item, layers and all."""
    begin = thread_time_ns()
    for start in range(0, len(items), HUNDRED):
        layer = memory.layer()
        for item in items[start : start + HUNDRED]:
            decide(layer, item)
        layer.join()
    return (thread_time_ns() - begin) / 1_000 / len(items)


def _take(running: Iterator[Item], count: int) -> list[Item]:
    return [next(running) for _ in range(count)]


def _running() -> Iterator[Item]:
    """A report, then its updates and copies without end, each a little different: no text comes twice."""
    wire = sent(11, reissues=1.0, reach=REPORTS, life_days=25.0)
    reports: list[Sent] = []
    while len(reports) < REPORTS:
        reports += [one for one in [next(wire)] if one.first and len(one.raw) > FLASH]
    report = max(reports, key=lambda one: len(one.raw))
    yield admitted(report)
    for number, one in enumerate(wire):
        if one.root == report.id and one.kind not in OTHERS:
            yield admitted(longer(one, f"\n\nReader {number} wrote from town {number * 7}."))
