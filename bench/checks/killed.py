"""A worker killed in the middle and started again: its stories and events are the undisturbed run's."""

from collections.abc import Sequence

from bench.checks.commands import Worker, feed
from bench.checks.ground import Ground
from bench.checks.outcome import Outcome, Wrong
from bench.checks.running import Broker
from bench.checks.said import must_agree, said_by_fold, said_on_topics
from bench.checks.watch import Watch, until_count, until_done
from stream.topics import EVENTS, RECORDS

KILLS = (0.25, 0.6)  # shares of the items, of which at least so many were kept when a worker is killed


def killed(ground: Ground, broker: Broker, name: str, items: int, kills: Sequence[float] = KILLS) -> Outcome:
    """One raw partition, so that the undisturbed run is the fold of the input."""
    path, count = ground.first(items)
    fold = said_by_fold(path)
    now, sent = ground.first(count - int(ground.sizes.held_back * count))
    later, _ = ground.first(count, after=sent)
    with broker(1) as address, Watch(address) as watch:
        feed(now, address)
        kept = [_kill_at(int(share * count), ground, address, watch) for share in kills]
        feed(later, address)
        if kept[-1] >= count:
            raise Wrong(f"all {count:,} items were kept before the last kill: it was not in the middle")
        with Worker(address, 1, ground.folder) as worker:
            until_done(worker, watch, RECORDS, count, ground.say)
        must_agree("the restarted worker", said_on_topics(address), fold)
        again = watch.count(EVENTS) - fold.counts["events"]
    told = (
        f"{count:,} items, worker killed (−9) when {' and '.join(f'{at:,}' for at in kept)} were kept, restarted: "
        f"{fold.counts['stories']:,} stories and {fold.counts['events']:,} distinct events are the undisturbed "
        f"run's; {again:,} events told again"
    )
    return Outcome(name, True, told, {"items": count, **fold.counts, "kept_at": kept, "told_again": again})


def _kill_at(wanted: int, ground: Ground, address: str, watch: Watch) -> int:
    """Kills a worker once so many records are kept; how many are there after its death."""
    with Worker(address, 1, ground.folder, until_idle=False) as worker:
        until_count(worker, watch, RECORDS, wanted)
        worker.kill()
    kept = watch.count(RECORDS)
    ground.say(f"  killed with {kept:,} items kept")
    return kept
