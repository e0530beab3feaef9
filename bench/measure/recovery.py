"""Recovery: records as kept, folded into a desk's memory again. No broker enters."""

from time import thread_time

from bench.measure.figures import Figure, middle, spread, tell
from bench.measure.wires import SETTINGS, admitted, some
from stream.core.desk import decide
from stream.core.memory import Memory
from stream.core.record import write
from stream.worker.desk import Desk
from stream.worker.steps import Keeper


def recovery(quick: bool) -> list[Figure]:
    count, times = (300, 1) if quick else (6_000, 3)
    tell(f"recovery: {count:,} records")
    records = _records(count)
    rates = []
    for _ in range(times):
        begin = thread_time()
        Desk(SETTINGS, Keeper()).recover(0, records)
        rates.append(count / (thread_time() - begin))
    return [Figure("recovery", "records folded", middle(rates), "records/s", note=spread(rates))]


def _records(count: int) -> list[bytes]:
    memory, keeper = Memory("en", SETTINGS.story_life), Keeper()
    kept = []
    for one in some(5, count):
        layer = memory.layer()
        kept.append(write(decide(layer, admitted(one)).record, keeper.lanes))
        layer.join()
    return kept
