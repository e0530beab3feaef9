"""What waits is told by stage: one stage that writes does not hide another that cannot."""

from aiokafka import AIOKafkaProducer

from stream.broker.embedded import EmbeddedBroker
from stream.topics import ITEMS
from stream.worker.metrics import Metrics
from stream.worker.patience import Patience
from stream.worker.writer import Write


async def test_a_stage_that_writes_says_nothing_of_another(broker: EmbeddedBroker) -> None:
    """The desk waits for half a minute; what is normalised meanwhile lands; the half minute stands."""
    metrics = Metrics()
    metrics.set("slugline_blocked_seconds", 30, "desk")
    async with AIOKafkaProducer(bootstrap_servers=broker.address, acks="all") as producer:
        await Patience(metrics, "normalise", lambda: False).write(
            producer, [Write(ITEMS, b"en", b"1", partition=0)]
        )
    told = metrics.text().decode()
    assert 'slugline_blocked_seconds{stage="desk"} 30.0' in told
    assert 'slugline_blocked_seconds{stage="normalise"} 0.0' in told
