"""The two agents, each the same four steps: read, decide, publish and await, keep and await; only then the batch is
acknowledged. What the steps do is in steps.py and desk.py; no rule about news may enter."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Any

import faust

from stream.core.settings import Settings
from stream.topics import ITEMS, RAW
from stream.worker import steps, tally
from stream.worker.batches import Batch, batches
from stream.worker.faust_app import producer_of, source
from stream.worker.fenced import Producers
from stream.worker.metrics import Metrics
from stream.worker.owned import write_each
from stream.worker.owner import Owner
from stream.worker.patience import GivenUp, Patience
from stream.worker.pulse import Pulse
from stream.worker.steps import Work
from stream.worker.table import Records
from stream.worker.tenure import End, Tenure, ending
from stream.worker.writer import Refused, Write

AT_ONCE = 200  # events in a batch: larger ones gain little, and hold the loop for longer

log = logging.getLogger("slugline.worker")


def normalise_agent(app: faust.App, settings: Settings, pulse: Pulse, metrics: Metrics, end: End) -> None:
    """wire.raw.v1 to wire.items.v1."""

    @app.agent(source(app, RAW), name="normalise")
    async def normalise(stream: Any) -> None:
        async for batch in batches(stream, most=AT_ONCE):
            with pulse.batch("normalise", len(batch.events)), ending(end):
                patient = Patience(metrics, "normalise", partial(_lost, batch))
                try:
                    tally.normalised(metrics, await _normalise(app, settings, batch, patient))
                    batch.ack()
                except GivenUp:
                    log.warning("a batch is given up: another worker owns its partitions")
                    batch.drop()


async def _normalise(app: faust.App, settings: Settings, batch: Batch, patient: Patience) -> list[Write]:
    """Every event as an item or a dead letter, written; an item that the broker will never take is one, too."""
    made = [steps.normalised(event, settings) for event in batch.events]
    try:
        await patient.write(producer_of(app), made)
        return made
    except Refused as refused:
        reasons = {id(one.write): one.reason for one in refused.refusals}
        buried = [
            steps.buried(event, "normalise", reasons[id(one)])
            for event, one in zip(batch.events, made, strict=True)
            if id(one) in reasons and one.topic == ITEMS
        ]
        if len(buried) < len(reasons):
            raise  # a dead letter that is refused: there is nowhere left to put it
        await patient.write(producer_of(app), buried)
        return [one for one in made if id(one) not in reasons] + buried


def desk_agent(app: faust.App, tenure: Tenure, pulse: Pulse, metrics: Metrics) -> None:
    """wire.items.v1 to story.events.v1 and story.state.v1."""

    @app.agent(source(app, ITEMS), name="desk")
    async def decide(stream: Any) -> None:
        async for batch in batches(stream, most=AT_ONCE):
            with pulse.batch("desk", len(batch.events)), ending(tenure.end):
                await _batch(tenure.producers, tenure.table, tenure.owner, metrics, batch)


async def _batch(producers: Producers, table: Records, owner: Owner, metrics: Metrics, batch: Batch) -> None:
    """One batch, whole; decided again without those items whose messages the broker will never take."""
    partitions = list(dict.fromkeys(event.partition for event in batch.events))
    reads = [steps.read(event) for event in batch.events]
    doomed: Mapping[str, str] = {}
    desk = owner.desk
    patience = partial(Patience, metrics, "desk", partial(_lost, batch))
    while not _lost(batch):
        begin = perf_counter()
        work = desk.decide(reads, lambda p, identity: table.record(p, identity.encode()), doomed)
        seconds = perf_counter() - begin
        try:
            if await _publish_and_keep(producers, table, batch, work, patience):
                desk.keep(work, partitions)
                owner.kept(partitions)
                tally.decided(metrics, reads, work, seconds)
                batch.ack()
            else:
                work.decided.fall()
                batch.drop()
            return
        except Refused as refused:
            work.decided.fall()
            doomed = {**work.doomed, **_causes(work, refused)}
    batch.drop()


async def _publish_and_keep(
    producers: Producers, table: Records, batch: Batch, work: Work, patience: Callable[[], Patience]
) -> bool:
    """False when the partitions were taken away meanwhile: what was decided is void, the new owner decides."""
    offsets: dict[int, int] = {}
    try:
        for part in (work.publish, work.keep):
            if _lost(batch):
                return False
            offsets = await write_each(producers, part, patience)
    except GivenUp:
        log.warning("a batch is given up: another worker owns its partitions")
        return False
    if _lost(batch):
        return False  # it lies on the changelog, which is read to its end by whoever owns the partition now
    for partition, last in offsets.items():
        mine = [one for one in work.keep if one.partition == partition]
        table.keep(partition, [(one.identity.encode(), one.write.value) for one in mine], last)
    return True


def _lost(batch: Batch) -> bool:
    return any(batch.revoked(event.partition) for event in batch.events)


def _causes(work: Work, refused: Refused) -> dict[str, str]:
    """The items whose messages were refused for good; raises again where that leaves none to set apart."""
    reasons = {id(refusal.write): refusal.reason for refusal in refused.refusals}
    writes: Sequence[steps.Caused | steps.Keep] = (*work.publish, *work.keep)
    causes = {one.identity: reasons[id(one.write)] for one in writes if id(one.write) in reasons}
    if not causes or "" in causes or causes.keys() & work.doomed.keys():
        raise refused
    return causes
