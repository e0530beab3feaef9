"""The table of rights: who may do what, told once."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stream.rights import ROLES, Right, reads, rights, roles_with, worded, writes
from stream.runs import within
from stream.topics import (
    DEAD,
    EVENTS,
    FENCED,
    GENERATION,
    GROUP,
    ITEMS,
    RAW,
    RECORDS,
    RUNS,
    STATE,
    Role,
    table,
)

users = st.sampled_from(["desk", "alerts", "alerts.night", "agence-france", "länderdienst"])


def may(role: Role, operation: str) -> set[str]:
    return {
        right.name
        for right in rights(role, "x")
        if (right.kind, right.operation) == ("topic", operation)
    }  # fmt: skip


def test_who_reads_what() -> None:
    """Records are the worker's alone, raw items the archivist's, too; dead letters, which hold raw bytes, an editor's."""
    assert {role: may(role, "READ") for role in ROLES} == {
        "worker": {RAW, ITEMS, RECORDS, GENERATION, RUNS},
        "replayer": set(),
        "editor": {ITEMS, STATE, DEAD},
        "subscriber": {EVENTS, STATE},
        "archivist": {RAW, ITEMS, GENERATION, RUNS},
    }


def test_who_writes_what() -> None:
    """What happened to stories is said by the worker and nobody else; a subscriber writes nothing."""
    assert {role: may(role, "WRITE") for role in ROLES} == {
        "worker": {ITEMS, EVENTS, STATE, RECORDS, DEAD, RUNS},
        "replayer": {RAW, DEAD},
        "editor": {RAW, ITEMS},
        "subscriber": set(),
        "archivist": {RUNS},
    }


def test_the_archivist_changes_nothing_live() -> None:
    """What it may write, make or delete begins as runs do, and no topic or group of the table begins so."""
    beyond = [right for right in rights("archivist", "x") if not right.prefixed]
    assert {right.operation for right in beyond} == {"READ"}
    assert {right.name for right in rights("archivist", "x") if right.prefixed} == {RUNS}
    assert not any(name.startswith(RUNS) for name in (GROUP, FENCED, *(topic.name for topic in table())))


def test_a_right_to_all_that_begins_so_is_one_to_each() -> None:
    """A run's topics are the archivist's, whatever the run is called; a worker may keep its records there."""
    assert set(roles_with(*reads(within("may-2", STATE)))) == {"archivist", "worker"}
    assert set(roles_with(*writes("replays"))) == set()


def test_a_worker_sees_every_topic_that_it_checks() -> None:
    """It refuses to start where one is missing or wrong, and can tell that of none that is hidden from it."""
    seen = may("worker", "READ") | may("worker", "WRITE")
    assert seen - {RUNS} == may("worker", "DESCRIBE_CONFIGS") == {topic.name for topic in table()}


@given(users, users)
def test_groups_of_subscribers_are_apart(one: str, other: str) -> None:
    """A subscriber's groups are its name, and its name and a dot; the worker's group is no subscriber's."""
    groups = [right for right in rights("subscriber", one) if right.kind == "group"]
    assert [(right.name, right.prefixed) for right in groups] == [(one, False), (f"{one}.", True)]
    assert not any(right.name == GROUP for right in groups)
    if not other.startswith(f"{one}."):
        assert other == one or not any(other.startswith(right.name) for right in groups if right.prefixed)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_something_and_each_thing_once(role: Role) -> None:
    """A role without rights would be a name for nobody."""
    found = rights(role, "x")
    assert found
    assert len(found) == len(set(found))


def test_a_right_tells_who_has_it() -> None:
    """By the roles of which it is a right; a right of nobody has none."""
    assert set(roles_with(*reads(STATE))) == {"editor", "subscriber"}
    assert set(roles_with(*writes(RAW))) == {"replayer", "editor"}
    assert not set(roles_with(*writes("wire.other")))


def test_rights_are_told_by_what_is_done() -> None:
    """One line for a person, however many topics."""
    asked = (*reads(RAW, ITEMS), Right("group", GROUP, "READ"))
    assert worded(asked) == "read topic wire.raw.v1, wire.items.v1; read group slugline-v1"


def test_the_rights_need_no_client() -> None:
    """Reading the table brings no Kafka client in."""
    code = "import sys, stream.rights; print({'faust', 'aiokafka', 'confluent_kafka'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_the_worker_alone_shuts_owners_out() -> None:
    """Who could write under the name of a partition's owner could end every worker."""
    named = {role: [right for right in rights(role, "x") if right.kind == "transaction"] for role in ROLES}
    assert [(right.name, right.operation) for right in named.pop("worker")] == [(FENCED, "WRITE")]
    assert not any(named.values())
