"""One right of one user, as we have it and as Kafka has it. No broker is asked or told here."""

from dataclasses import dataclass
from typing import Any

from confluent_kafka.admin import (  # type: ignore[attr-defined]  # it re-exports without saying so
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    ResourcePatternType,
    ResourceType,
)

from stream.rights import Right

KINDS = {
    "topic": ResourceType.TOPIC,
    "group": ResourceType.GROUP,
    "transaction": ResourceType.TRANSACTIONAL_ID,
}
ANYWHERE = "*"  # the host
ANY_NAME: Any = (None, ResourcePatternType.ANY)


@dataclass(frozen=True, slots=True)
class Grant:
    """One ACL of ours: a user, and what it is let."""

    user: str
    right: Right

    def __str__(self) -> str:
        return f"{self.user} {self.right}"


def binding_of(grant: Grant) -> Any:
    """As Kafka has it."""
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


def allows(binding: Any) -> bool:
    return bool(binding.permission_type == AclPermissionType.ALLOW)


def only(binding: Any) -> Any:
    """The filter that this one ACL passes."""
    return AclBindingFilter(
        binding.restype,
        binding.name,
        binding.resource_pattern_type,
        binding.principal,
        binding.host,
        binding.operation,
        binding.permission_type,
    )


def words(binding: Any) -> str:
    """`alerts: ALLOW WRITE on TOPIC story.events.v1 (LITERAL, host *)`."""
    where = (
        f"{binding.restype.name} {binding.name} ({binding.resource_pattern_type.name}, host {binding.host})"
    )
    user = binding.principal.partition(":")[2]
    return f"{user}: {binding.permission_type.name} {binding.operation.name} on {where}"


def every_one_of(user: str) -> Any:
    """The filter that all of a user's ACLs pass."""
    of_user: Any = (f"User:{user}", None, AclOperation.ANY, AclPermissionType.ANY)
    return AclBindingFilter(ResourceType.ANY, *ANY_NAME, *of_user)
