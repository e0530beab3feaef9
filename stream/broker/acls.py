"""Brings a broker's ACLs to what the table of topics says of roles. Which rights are right is not said here."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # it re-exports without saying so
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    ResourcePatternType,
    ResourceType,
)

from stream.broker.admin import PATIENCE, SECONDS, Admin
from stream.broker.problem import AccessError, BrokerError
from stream.rights import Right, rights
from stream.topics import Role

Users = Mapping[Role, Sequence[str]]
KINDS = {"topic": ResourceType.TOPIC, "group": ResourceType.GROUP}
ANYWHERE = "*"  # the host
ANY_NAME: Any = (None, ResourcePatternType.ANY)


@dataclass(frozen=True, slots=True)
class Grant:
    """One ACL of ours: a user, and what it is let."""

    user: str
    right: Right

    def __str__(self) -> str:
        return f"{self.user} {self.right}"


@dataclass(frozen=True, slots=True)
class Declared:
    """`made` was not there; `there` was; `besides` is what else these users have, in Kafka's words."""

    made: tuple[Grant, ...]
    there: tuple[Grant, ...]
    besides: tuple[str, ...]


def declare_acls(admin: Admin, users: Users, dry_run: bool = False) -> Declared:
    """Grants what is missing and takes nothing away."""
    _must_be_ours_to_grant(admin)
    wanted = {_binding(grant): grant for grant in grants(users)}
    found = _found(admin, {grant.user for grant in wanted.values()})
    missing = [binding for binding in wanted if binding not in found]
    if missing and not dry_run:
        _grant(admin, missing)
        _wait_for(admin, {grant.user for grant in wanted.values()}, set(missing))
    return Declared(
        tuple(wanted[binding] for binding in missing),
        tuple(grant for binding, grant in wanted.items() if binding in found),
        tuple(sorted(_words(binding) for binding in found - wanted.keys())),
    )


def grants(users: Users) -> tuple[Grant, ...]:
    """Each once, whatever roles a user has."""
    each = (
        Grant(user, right) for role, names in users.items() for user in names for right in rights(role, user)
    )
    return tuple(dict.fromkeys(each))


def _must_be_ours_to_grant(admin: Admin) -> None:
    """Asked first: to who may not see ACLs the client says that there are none."""
    try:
        cluster = admin.client.describe_cluster(include_authorized_operations=True, request_timeout=SECONDS)
        may = {operation.name for operation in cluster.result(PATIENCE).authorized_operations}
    except TypeError:  # how the client says that there is nothing that we may do with the cluster
        may = set()
    except KafkaException as error:
        raise _trouble(admin, error) from error
    if "ALTER" not in may:
        raise _not_ours(admin)


def _found(admin: Admin, users: Iterable[str]) -> set[Any]:
    return {binding for user in users for binding in _answered(admin, _bindings_of(admin, user))}


def _bindings_of(admin: Admin, user: str) -> Any:
    of_user: Any = (f"User:{user}", None, AclOperation.ANY, AclPermissionType.ANY)
    every = AclBindingFilter(ResourceType.ANY, *ANY_NAME, *of_user)
    return admin.client.describe_acls(every, request_timeout=SECONDS)


def _grant(admin: Admin, bindings: list[Any]) -> None:
    for answer in admin.client.create_acls(bindings, request_timeout=SECONDS).values():
        _answered(admin, answer)


def _wait_for(admin: Admin, users: Iterable[str], bindings: set[Any]) -> None:
    """Until the broker goes by them: it answers before its own view has caught up."""
    deadline = time.monotonic() + SECONDS
    while bindings - _found(admin, users):
        if time.monotonic() > deadline:
            raise BrokerError(f"{admin.address} took more than {SECONDS:.0f} s over its ACLs")
        time.sleep(0.02)


def _answered(admin: Admin, answer: Any) -> Any:
    try:
        return answer.result(PATIENCE)
    except KafkaException as error:
        raise _trouble(admin, error) from error


def _binding(grant: Grant) -> Any:
    right = grant.right
    pattern = ResourcePatternType.PREFIXED if right.prefixed else ResourcePatternType.LITERAL
    return AclBinding(
        KINDS[right.kind],
        right.name,
        pattern,
        f"User:{grant.user}",
        ANYWHERE,
        AclOperation[right.operation],
        AclPermissionType.ALLOW,
    )


def _words(binding: Any) -> str:
    """`alerts: ALLOW WRITE on TOPIC story.events.v1 (LITERAL, host *)`."""
    where = (
        f"{binding.restype.name} {binding.name} ({binding.resource_pattern_type.name}, host {binding.host})"
    )
    user = binding.principal.partition(":")[2]
    return f"{user}: {binding.permission_type.name} {binding.operation.name} on {where}"


def _trouble(admin: Admin, error: KafkaException) -> BrokerError:
    """Kafka's own words for a refusal are a page of its insides."""
    code, said = error.args[0].code(), error.args[0].str()
    if code == KafkaError.CLUSTER_AUTHORIZATION_FAILED:
        return _not_ours(admin)
    if code == KafkaError.SECURITY_DISABLED:
        return BrokerError(
            f"{admin.address} has no authorizer, so that everyone may do everything: give its nodes "
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer"
        )
    return BrokerError(f"{admin.address} did not answer about its ACLs: {said}")


def _not_ours(admin: Admin) -> AccessError:
    user = admin.connection.username or "(none)"
    return AccessError(
        f"{admin.address} does not let user {user} change ACLs: run this as a super user of the broker, or as "
        "one that may ALTER its cluster"
    )
