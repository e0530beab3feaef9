"""Whether a run is of all that is kept: a part of the stories takes no generation's place. Nothing is written."""

from collections.abc import Set

from stream.broker.problem import BrokerError
from stream.core.edit_json import message_from_topic
from stream.reading.topic import Reader, reading
from stream.topics import ITEMS
from stream.worker.beside import records_of


async def must_cover(address: str, run: str) -> None:
    """BrokerError where the run lacks the first item kept of a lane: it was made with `--since` or `--offsets`. What came
    after it is no matter: a switch decides it."""
    known = {identity for kept in (await records_of(address, run)).values() for identity in kept}
    async with reading(address, ITEMS, "beginning") as reader:
        for partition, (begin, end) in (await reader.edges()).items():
            if not await _begins(reader, partition, begin, end, known):
                raise BrokerError(
                    f"{run} is a run of a part of {ITEMS}: it does not have what partition {partition} begins with; "
                    "slugline rebuild --from items --run ANOTHER makes a whole one"
                )


async def _begins(reader: Reader, partition: int, begin: int, end: int, known: Set[str]) -> bool:
    """By the first message that is an item or an edit; what is neither has no record."""
    reader.begin_at({partition: begin})
    while messages := await reader.more_of(partition, end):
        for message in messages:
            try:
                return message_from_topic(message.value or b"").identity in known
            except ValueError:
                continue
    return True
