"""The names of a run: the pipeline once more beside the live one, on topics of its own. No Kafka client may enter."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from stream.topics import DEAD, EVENTS, GROUP, ITEMS, RAW, RECORDS, RUNS, STATE, Topic, table

FIRST: Final = (
    "first"  # the stories as the worker made them first: a generation whose records are the table's
)
Origin = Literal[
    "raw", "items"
]  # what a run begins with: deliveries, or items in the order that was decided once
SOURCES: Final[Mapping[Origin, str]] = {"raw": RAW, "items": ITEMS}

WRITTEN: Final = (
    EVENTS,
    STATE,
    RECORDS,
    DEAD,
)  # by every run; one that begins with deliveries writes items, too
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def run_name(written: str) -> str:
    """The name itself. ValueError for one that topics could not carry: a dot would make it part of another's."""
    if not _NAME.fullmatch(written):
        raise ValueError(f"{written!r}: a run is called by up to 40 of a-z, 0-9, - and _, such as may-2")
    if written == FIRST:
        raise ValueError(f"{written!r} are the stories that were made first: call a run otherwise")
    return written


def within(run: str, name: str) -> str:
    """How a topic or group of the table is called within a run: `replay.may-2.story.state.v1`."""
    return f"{RUNS}{run}.{name}"


def named(run: str, name: str) -> str:
    """The same for all that a generation keeps: the first one's records and group are those of the table."""
    return name if run == FIRST and name in (RECORDS, GROUP) else within(run, name)


def plain(name: str) -> str:
    """How the table calls it, whatever run it is of."""
    return name.removeprefix(f"{RUNS}{run_of(name)}.")


def run_of(name: str) -> str | None:
    """The run that a topic or group is of; None for those of the live stream."""
    return name.removeprefix(RUNS).partition(".")[0] if name.startswith(RUNS) else None


def group_of(run: str) -> str:
    """The group under which a run keeps how far it has come."""
    return named(run, GROUP)


def run_table(run: str, origin: Origin) -> tuple[Topic, ...]:
    """The topics that a run writes, as the one table has them, under its own name."""
    written = (*WRITTEN, ITEMS) if origin == "raw" else WRITTEN
    topics = (topic for topic in table() if topic.name in written)
    return tuple(replace(topic, name=named(run, topic.name)) for topic in topics)
