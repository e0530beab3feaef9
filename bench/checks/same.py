"""The worker says what the fold says: on one raw partition and replayed again, on several in the recorded order."""

import asyncio
from pathlib import Path

from bench.checks.commands import Worker, feed
from bench.checks.ground import Ground
from bench.checks.outcome import Figures, Outcome, Wrong
from bench.checks.said import Said, must_agree, said_by_fold, said_on_topics
from bench.checks.watch import Watch, until_done
from stream.broker.embedded import EmbeddedBroker
from stream.core.codec import decode
from stream.reading.topic import reading
from stream.topics import EVENTS, ITEMS

SEVERAL = (3, 8)


def same(ground: Ground) -> Outcome:
    """One raw partition keeps the input's order: worker and fold agree, and again after a second replay."""
    path, count = ground.first(ground.sizes.same)
    fold = said_by_fold(path)
    with EmbeddedBroker(raw_partitions=1) as broker, Watch(broker.address) as watch:
        for replay in (1, 2):
            must_agree(f"replay {replay}", _work(ground, broker.address, path, count, 1), fold)
            _must_have_come(watch, replay * count)
        again = watch.count(EVENTS) - fold.counts["events"]
    told = (
        f"{count:,} items, one raw partition: fold and worker say the same, byte for byte "
        f"({_counted(fold)}); replayed again no new event id, {again:,} events told again"
    )
    return Outcome("same", True, told, {"items": count, **fold.counts, "told_again": again})


def partitions(ground: Ground, several: tuple[int, ...] = SEVERAL) -> Outcome:
    """On several raw partitions items overtake each other: the fold of wire.items is what the worker said."""
    path, count = ground.first(ground.sizes.same)
    figures: Figures = {"items": count}
    for raw in several:
        figures[f"partitions_{raw}"] = _overtaking(ground, path, count, raw)
    each = "; ".join(
        f"{raw}: {found['stories']:,} stories, {found['overtaken']:,} items not at their place"
        for raw, found in ((raw, figures[f"partitions_{raw}"]) for raw in several)
    )
    told = f"{count:,} items, raw partitions {each}: the worker says what the fold of wire.items.v1 says"
    return Outcome("partitions", True, told, figures)


def _overtaking(ground: Ground, path: Path, count: int, raw: int) -> Figures:
    with EmbeddedBroker(raw_partitions=raw) as broker, Watch(broker.address) as watch:
        worker = _work(ground, broker.address, path, count, raw)
        _must_have_come(watch, count)
        fold = said_by_fold("--topic", ITEMS, "--broker", broker.address)
        must_agree(f"{raw} raw partitions", worker, fold)
        recorded = asyncio.run(recorded_ids(broker.address))
    given = (str(decode(line)["id"]) for line in path.read_bytes().splitlines())
    overtaken = sum(one != other for one, other in zip(recorded, given, strict=True))
    return {**worker.counts, "overtaken": overtaken}


def _work(ground: Ground, broker: str, path: Path, count: int, raw_partitions: int) -> Said:
    """What stands on the topics after a replay and a worker's whole run."""
    worker = Worker(broker, raw_partitions, ground.folder)
    feed(path, broker)
    with Watch(broker) as watch, worker:
        until_done(worker, watch, ITEMS, count, ground.say)
    return said_on_topics(broker)


def _must_have_come(watch: Watch, items: int) -> None:
    if (found := watch.count(ITEMS)) != items:
        raise Wrong(f"{ITEMS} holds {found:,} items, not {items:,}")


def _counted(said: Said) -> str:
    return f"{said.counts['stories']:,} stories, {said.counts['events']:,} events"


async def recorded_ids(broker: str) -> list[str]:
    """The items' ids as wire.items.v1 has them, partition by partition."""
    async with reading(broker, ITEMS, "beginning") as reader:
        return [
            str(decode(message.value)["id"]) async for messages in reader.to_the_end() for message in messages
        ]
