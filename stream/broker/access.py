"""Whether we may do what we are about to: asked before a client is let loose, and told in one line. Nothing is granted here.

Clients that may not read a topic are not told of it: to them it is missing. Asked by its name, the broker says so.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from confluent_kafka import KafkaError, KafkaException, TopicCollection

from stream.broker.admin import PATIENCE, SECONDS, Admin
from stream.broker.connection import Connection, connection
from stream.broker.door import knocking
from stream.broker.problem import AccessError
from stream.rights import Right, rights, roles_with, worded

REFUSED = frozenset({KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.GROUP_AUTHORIZATION_FAILED})
Allowed = Mapping[str, Collection[str] | None]  # operations by name; None where the broker does not say


async def admitted(address: str, needs: Sequence[Right]) -> None:
    """AccessError where the broker does not let us in or do all of it, BrokerError where it does not answer."""
    if connection(address).plain:
        await knocking(connection(address))
    else:
        await asyncio.to_thread(lambda: require_rights(Admin(address), needs))


def require_rights(admin: Admin, needs: Sequence[Right]) -> None:
    """AccessError that names all of it that we may not. Of what is not there, others tell; without users there
    is nothing to ask."""
    if admin.connection.plain or not needs:
        return
    topics = _topics(admin, {need.name for need in needs if need.kind == "topic"})
    groups = _groups(admin, {need.name for need in needs if need.kind == "group"})
    allowed = {"topic": topics, "group": groups}  # of transactions a broker does not tell
    lacking = [need for need in needs if need.kind in allowed and _denied(need, allowed[need.kind])]
    if lacking:
        raise AccessError(_refusal(admin.connection, lacking))


def _denied(need: Right, allowed: Allowed) -> bool:
    operations = allowed[need.name]
    return operations is not None and need.operation not in operations


def _topics(admin: Admin, names: Iterable[str]) -> Allowed:
    if not (asked := sorted(names)):
        return {}
    answers = admin.client.describe_topics(
        TopicCollection(asked), include_authorized_operations=True, request_timeout=SECONDS
    )
    return {name: _operations(answer) for name, answer in answers.items()}


def _groups(admin: Admin, names: Iterable[str]) -> Allowed:
    if not (asked := sorted(names)):
        return {}
    answers = admin.client.describe_consumer_groups(
        asked, include_authorized_operations=True, request_timeout=SECONDS
    )
    return {name: _operations(answer) for name, answer in answers.items()}


def _operations(answer: "Future[Any]") -> Collection[str] | None:
    """What we may do there; None where it is not there, or is busy."""
    try:
        return {operation.name for operation in answer.result(PATIENCE).authorized_operations}
    except KafkaException as error:
        return () if error.args[0].code() in REFUSED else None


def _refusal(to: Connection, lacking: Sequence[Right]) -> str:
    """With the command that grants it, in the role that has it all and the least beside."""
    shared = set.intersection(*(set(roles_with(right)) for right in lacking)) or {"worker"}
    role = min(shared, key=lambda role: len(rights(role, "")))
    return (
        f"{to.address} does not let user {to.username or '(none)'} {worded(lacking)}. Whoever keeps it can: "
        f"slugline topics acls --{role} {to.username or 'USER'} --broker {to.address}"
    )
