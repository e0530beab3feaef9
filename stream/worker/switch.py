"""One generation of stories takes another's place on the public topics, in steps that may be begun again. No worker runs.

What is told and what is put is said by stream/core/succession.py; why in these steps, by docs/decisions/0012-rebuilding.md.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from aiokafka import AIOKafkaProducer

from stream.broker.problem import BrokerError
from stream.broker.rest import must_rest
from stream.core.codec import decode, encode
from stream.core.edit_json import message_from_topic
from stream.core.events import binary, structured
from stream.core.ids import digest
from stream.core.record import Buried, Edited, Record
from stream.core.record import read as read_record
from stream.core.settings import Settings
from stream.core.succession import State, Succession, Turn, succession
from stream.core.whereabouts import whereabouts
from stream.reading.generation import KEY, Standing, standing
from stream.reading.merged import merged
from stream.reading.positions import positions
from stream.reading.stories import stories
from stream.reading.topic import Message, reading
from stream.runs import group_of, within
from stream.topics import EVENTS, GENERATION, ITEMS, RAW, STATE
from stream.worker import steps
from stream.worker.beside import Report, Run, event_of, records_of, run_beside
from stream.worker.covered import must_cover
from stream.worker.steps import JSON
from stream.worker.writer import Write, write

BORROWED: Final = (
    "generation"  # the header of a state that stands for an id which the generation does not have
)
AT_ONCE: Final = 500  # writes awaited together


@dataclass(frozen=True, slots=True)
class Switch:
    """`now` in milliseconds: the moment of a switch that begins; one that was begun keeps its own."""

    address: str
    to: str
    settings: Settings
    now: int


async def switch(asked: Switch, producer: AIOKafkaProducer, report: Report) -> Standing:
    """Begins, or goes on; returns what the one record says at the end. Raises BrokerError where it may not be."""
    found = await _begun(asked, producer)
    if not found.next:
        return found  # it speaks already
    if found.phase == "keeping":
        await _keep_own(asked, found, producer)
        found = await _say(replace(found, phase="telling"), producer)
    await run_beside(Run(asked.address, asked.to, "items", asked.settings, resume=True), producer, report)
    records = {
        key: value
        for kept in (await records_of(asked.address, asked.to)).values()
        for key, value in kept.items()
    }
    if found.phase == "telling":
        late = await _late(asked, found, records)
        await _write(producer, [*late, *_told((await _next(asked, found, records)).events)])
        found = await _say(replace(found, phase="placing", since=await _ends(asked.address)), producer)
    left = await _next(asked, found, records)
    await _write(producer, [*_put(left.own, []), *_put(left.borrowed, [(BORROWED, found.next.encode())])])
    await _take_place(asked.address, found)
    return await _say(Standing(found.next, found.live, at=found.at, since=found.since), producer)


async def _begun(asked: Switch, producer: AIOKafkaProducer) -> Standing:
    """No worker runs, and from here on none starts."""
    found = await standing(asked.address)
    if found.next not in ("", asked.to):
        raise BrokerError(
            f"a switch to {found.next} is under way: end that first, slugline rebuild --run {found.next} --switch"
        )
    if found.live == asked.to:
        return found
    groups = [group_of(found.live), group_of(asked.to)]
    must_rest(asked.address, groups)
    if found.next:
        return found
    await must_cover(asked.address, asked.to)
    said = await _say(replace(found, next=asked.to, phase="keeping", at=asked.now), producer)
    try:
        must_rest(asked.address, groups)  # one that joined meanwhile, and one that joins now sees the record
    except BrokerError:
        await _say(found, producer)
        raise
    return said


async def _keep_own(asked: Switch, found: Standing, producer: AIOKafkaProducer) -> None:
    """The states of the generation that spoke, apart: of the public ones those that it had, or has put since."""
    topic = within(found.live, STATE)
    had = (await stories(asked.address, topic)).states
    public: dict[bytes, Message] = {}
    async with reading(asked.address, STATE, "beginning") as reader:
        async for messages in reader.to_the_end():
            public.update((message.key, message) for message in messages)
    own = [
        Write(topic, key, message.value, JSON)
        for key, message in public.items()
        if key.decode() in had or _is_own(message, found.since)
    ]
    await _write(producer, own)


def _is_own(message: Message, since: Mapping[int, int]) -> bool:
    borrowed = any(name == BORROWED for name, _ in message.headers)
    return not borrowed and message.offset >= since.get(message.partition, 0)


async def _next(asked: Switch, found: Standing, records: Mapping[str, bytes]) -> Succession:
    public = (await stories(asked.address)).states
    own = (await stories(asked.address, within(asked.to, STATE))).states
    where = whereabouts((read_record(value)[0] for value in records.values()), own)
    return succession(public, own, where.get, Turn(asked.to, found.at))


async def _late(asked: Switch, found: Standing, records: Mapping[str, bytes]) -> list[Write]:
    """What the next generation made of items that the other had not come to, in their order."""
    made: list[Write] = []
    shrunk = set[str]()
    async with (
        positions(asked.address, group_of(found.live), ITEMS) as theirs,
        positions(asked.address, group_of(asked.to), ITEMS) as ours,
        reading(asked.address, ITEMS, "beginning") as reader,
    ):
        done, ends, edges = await theirs.kept(), await ours.kept(), await reader.edges()
        begins = {partition: max(edges[partition][0], done.get(partition, 0)) for partition in ends}
        left = {
            partition: (begins[partition], end) for partition, end in ends.items() if begins[partition] < end
        }
        async for message in merged(reader, left):
            identity, writes = _made_of(message, records)
            made += writes
            shrunk |= {identity} - {""}
    return [*await _told_by_run(asked, shrunk), *made]


def _made_of(message: Message, records: Mapping[str, bytes]) -> tuple[str, list[Write]]:
    """The writes of one item, or its identity where its record has shrunk and does not say."""
    event = event_of(message)
    try:
        identity = message_from_topic(event.value or b"").identity
    except ValueError as error:
        return "", [steps.buried(event, "desk", str(error))]
    kept, _ = read_record(records[identity])
    match kept:
        case Record() | Edited():
            return "", [
                Write(EVENTS, key, value, headers) for key, headers, value in map(binary, kept.events)
            ]
        case Buried(reason=reason):
            return "", [steps.buried(event, "desk", reason)]
    return identity, []


async def _told_by_run(asked: Switch, causes: Set[str]) -> list[Write]:
    """The events that these items caused, as the run told them on its own topic."""
    found: list[Write] = []
    if causes:
        async with reading(asked.address, within(asked.to, EVENTS), "beginning") as reader:
            async for messages in reader.to_the_end():
                ours = [one for one in messages if _caused(one, causes)]
                found += [Write(EVENTS, one.key, one.value, list(one.headers)) for one in ours]
    return found


def _caused(message: Message, causes: Set[str]) -> bool:
    """An event that names no item is known by its id, which is made of what caused it."""
    if (item := decode(message.value).get("item")) is not None:
        return item["identity"] in causes
    told = {name: value.decode() for name, value in message.headers}
    version, _, ordinal = told["ce_sequence"].partition(".")
    rest = (told["ce_type"], told["ce_subject"], f"{int(version)}.{int(ordinal)}")
    return any(digest(cause, *rest) == told["ce_id"] for cause in causes)


def _told(events: Sequence[Any]) -> list[Write]:
    told = (binary(structured(event)) for event in events)
    return [Write(EVENTS, key, value, headers) for key, headers, value in told]


def _put(states: Sequence[State], headers: list[tuple[str, bytes]]) -> list[Write]:
    return [Write(STATE, state["id"].encode(), encode(state), [*JSON, *headers]) for state in states]


async def _take_place(address: str, found: Standing) -> None:
    """What was normalised is not normalised again."""
    async with positions(address, group_of(found.live), RAW) as theirs:
        done = await theirs.kept()
    async with positions(address, group_of(found.next), RAW) as ours:
        await ours.keep(done)


async def _ends(address: str) -> dict[int, int]:
    async with reading(address, STATE, "now") as reader:
        return {partition: end for partition, (_, end) in (await reader.edges()).items()}


async def _say(record: Standing, producer: AIOKafkaProducer) -> Standing:
    await write(producer, [Write(GENERATION, KEY, record.value, JSON)])
    return record


async def _write(producer: AIOKafkaProducer, writes: Sequence[Write]) -> None:
    for at in range(0, len(writes), AT_ONCE):
        await write(producer, writes[at : at + AT_ONCE])
