"""Brings a broker's ACLs to what the table of topics says of roles. Which rights are right is not said here."""

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from confluent_kafka import KafkaError, KafkaException

from stream.broker.admin import PATIENCE, SECONDS, Admin
from stream.broker.grant import Grant, allows, binding_of, every_one_of, only, words
from stream.broker.problem import AccessError, BrokerError
from stream.rights import rights
from stream.topics import Role

Users = Mapping[Role, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Declared:
    """`made` was not there; `there` was; `taken` and `left` are what else these users had, in Kafka's words."""

    made: tuple[Grant, ...] = ()
    there: tuple[Grant, ...] = ()
    taken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def declare_acls(
    admin: Admin, users: Users, *, former: Sequence[str] = (), exact: bool = False, dry_run: bool = False
) -> Declared:
    """Grants these users what is missing; takes away what else they may, and all that `former` ones may, if it
    is to be `exact`. What was denied them stays: that is somebody's own word."""
    _must_be_ours_to_grant(admin)
    wanted = {binding_of(grant): grant for grant in grants(users)}
    names = {*former, *(grant.user for grant in wanted.values())}
    found = _found(admin, names)
    missing = [binding for binding in wanted if binding not in found]
    taken = {binding for binding in found - wanted.keys() if exact and allows(binding)}
    left = found - wanted.keys() - taken
    if not dry_run:
        _grant(admin, missing)
        _take_away(admin, taken)
        _wait_until(admin, names, wanted.keys() | left)
    return Declared(
        tuple(wanted[binding] for binding in missing),
        tuple(grant for binding, grant in wanted.items() if binding in found),
        tuple(sorted(map(words, taken))),
        tuple(sorted(map(words, left))),
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
    return admin.client.describe_acls(every_one_of(user), request_timeout=SECONDS)


def _grant(admin: Admin, bindings: list[Any]) -> None:
    if bindings:
        for answer in admin.client.create_acls(bindings, request_timeout=SECONDS).values():
            _answered(admin, answer)


def _take_away(admin: Admin, bindings: Collection[Any]) -> None:
    if bindings:
        for answer in admin.client.delete_acls(
            [only(binding) for binding in bindings], request_timeout=SECONDS
        ).values():
            _answered(admin, answer)


def _wait_until(admin: Admin, users: Iterable[str], bindings: Collection[Any]) -> None:
    """Until the broker goes by these: it answers before its own view has caught up."""
    deadline = time.monotonic() + SECONDS
    while _found(admin, users) != bindings:
        if time.monotonic() > deadline:
            raise BrokerError(
                f"{admin.address} took more than {SECONDS:.0f} s over its ACLs: look with --dry-run"
            )
        time.sleep(0.02)


def _answered(admin: Admin, answer: Any) -> Any:
    try:
        return answer.result(PATIENCE)
    except KafkaException as error:
        raise _trouble(admin, error) from error


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
