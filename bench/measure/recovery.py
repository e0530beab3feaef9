"""Recovery: records as kept, folded into a desk's memory again. No broker enters."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import thread_time

from bench.measure.figures import Figure, middle, spread, tell
from bench.measure.snapshots import snapshots
from bench.measure.wires import SETTINGS, admitted, some
from stream.core.desk import decide
from stream.core.memory import Memory
from stream.core.record import write
from stream.worker.desk import Desk
from stream.worker.on_disk import OnDisk
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
    folded = Figure("recovery", "records folded", middle(rates), "records/s", note=spread(rates))
    return [folded, _on_disk(records), *snapshots(quick)]


def _on_disk(records: list[bytes]) -> Figure:
    """What a volume takes of its folder, as soon as it has been written out; it is packed tighter as it grows."""
    with TemporaryDirectory() as folder:
        volume = OnDisk(Path(folder))
        volume.take([(b"%032x" % number, record) for number, record in enumerate(records)], len(records))
        volume.close()
        size = sum(file.stat().st_size for file in Path(folder).rglob("*.sst"))
    raw = sum(map(len, records)) / len(records)
    return Figure(
        "recovery", "a record on disk", size / len(records), "bytes", note=f"{raw:,.0f} as it is on its topic"
    )


def _records(count: int) -> list[bytes]:
    memory, keeper = Memory("en", SETTINGS.story_life), Keeper()
    kept = []
    for one in some(5, count):
        layer = memory.layer()
        kept.append(write(decide(layer, admitted(one)).record, keeper.lanes))
        layer.join()
    return kept
