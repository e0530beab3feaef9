"""The one table of topics: how each is called, keyed, cut, kept and limited, and whose it is. No Kafka client may enter."""

from dataclasses import dataclass
from typing import Literal

from stream.core.times import DAY

Cleanup = Literal["delete", "compact"]
Role = Literal["worker", "replayer", "editor", "subscriber", "archivist"]

RAW = "wire.raw.v1"
ITEMS = "wire.items.v1"
EVENTS = "story.events.v1"
STATE = "story.state.v1"
DEAD = "wire.dead.v1"
FENCED = "slugline-v1-lanes-"  # and a partition: the name under which its owner writes, and no owner before
GROUP = "slugline-v1"  # the workers' consumer group; faust calls it the app id
GENERATION = "slugline.generation.v1"  # one record: whose stories the public topics show
RUNS = "replay."  # and the name of a run: how all begins that it writes, or is remembered by
RECORDS = "slugline-v1-records-changelog"  # the name that faust gives: app id, table, "changelog"

RAW_PARTITIONS = 4  # the default; any number does, as normalising keeps nothing
LANE_PARTITIONS = 4  # another count sends lanes to other owners: a rebuild, never a setting
STORY_PARTITIONS = 4

# Sizes nest, so that what one topic took the next can take: raw < items < records < dead.
# Kafka's max.message.bytes measures a batch as stored; a message alone in its batch must fit.
KIB = 1_024
MAX_ITEM_BYTES = 900_000  # the front door: the bytes of one item as they came
MAX_EVENT_BYTES = 64 * KIB  # one event or state
MAX_RAW = 1_024 * KIB  # the front door's item, its key, its headers, the frame of a batch
MAX_ITEMS = 2_048 * KIB  # plain text made JSON: a text of quotation marks and line ends doubles
MAX_STORY = 1_024 * KIB  # sixteen of the largest events or states in one batch
MAX_RECORDS = MAX_ITEMS + 40 * MAX_EVENT_BYTES  # an item, its events, and the 32 `closed` it may publish
MAX_DEAD = 5_000_000  # any of the above with its headers, and less than the 5 MiB of an embedded partition


@dataclass(frozen=True, slots=True)
class Topic:
    """`schema` is the stem of the message's schema, empty where the bytes are as they came.

    `retention_ms` is None for a compacted topic: it keeps the last of every key. `read_by` and `written_by`
    are the roles that may, on a broker that knows its users, and no others.
    """

    name: str
    key: str
    partitions: int
    cleanup: Cleanup
    retention_ms: int | None
    max_message_bytes: int
    schema: str
    purpose: str
    also: str = ""  # the schema of what else stands there, told apart by its content type
    read_by: tuple[Role, ...] = ()
    written_by: tuple[Role, ...] = ()


def table(raw_partitions: int = RAW_PARTITIONS) -> tuple[Topic, ...]:
    """Every topic that the worker needs, its changelog included, in the order in which an item meets them."""
    if raw_partitions < 1:
        raise ValueError(f"raw partitions: {raw_partitions}, at least 1 is needed")
    return (
        Topic(
            RAW,
            "source:item id",
            raw_partitions,
            "delete",
            30 * DAY,
            MAX_RAW,
            "",
            "the bytes as they came; headers: source, id, content type, received",
            read_by=("worker", "archivist"),
            written_by=("replayer", "editor"),
        ),
        Topic(
            ITEMS,
            "lane",
            LANE_PARTITIONS,
            "delete",
            60 * DAY,
            MAX_ITEMS,
            "item",
            "the normalised item: the durable total order of a lane",
            also="edit",
            read_by=("worker", "editor", "archivist"),
            written_by=("worker", "editor"),
        ),
        Topic(
            EVENTS,
            "story id",
            STORY_PARTITIONS,
            "delete",
            30 * DAY,
            MAX_STORY,
            "event",
            "what happened to stories: what alerting services subscribe to",
            read_by=("subscriber",),
            written_by=("worker",),
        ),
        Topic(
            STATE,
            "story id",
            STORY_PARTITIONS,
            "compact",
            None,
            MAX_STORY,
            "story",
            "the latest whole story",
            read_by=("subscriber", "editor"),
            written_by=("worker",),
        ),
        Topic(
            RECORDS,
            "identity of the delivery",
            LANE_PARTITIONS,
            "compact",
            None,
            MAX_RECORDS,
            "record",
            "what each item did, kept once: the worker's memory",
            read_by=("worker",),
            written_by=("worker",),
        ),
        Topic(
            GENERATION,
            "live",
            1,
            "compact",
            None,
            MAX_STORY,
            "generation",
            "which generation of stories speaks, and whether another is about to",
            read_by=("worker", "archivist"),
        ),
        Topic(
            DEAD,
            "as it came",
            1,
            "delete",
            30 * DAY,
            MAX_DEAD,
            "dead",
            "what could not be processed: the bytes, where they came from, why",
            read_by=("editor",),
            written_by=("worker", "replayer"),
        ),
    )
