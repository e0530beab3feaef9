"""What each role may do, from the table of topics, and nothing beyond. No Kafka client may enter."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from stream.topics import FENCED, GROUP, RUNS, Role, Topic, table

Operation = Literal["READ", "WRITE", "CREATE", "DELETE", "DESCRIBE_CONFIGS", "ALTER_CONFIGS"]
Kind = Literal["topic", "group", "transaction"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
CLOSING: Final = "."  # ends the user's name in the names of its other groups, so that `desk` is no `desktop`


@dataclass(frozen=True, slots=True)
class Right:
    """To do one thing with one topic, group or name of transactions, or with all whose names begin so. Reading and writing bring
    describing with them; nothing here needs a right on the cluster."""

    kind: Kind
    name: str
    operation: Operation
    prefixed: bool = False

    @property
    def doing(self) -> str:
        return f"{_VERBS[self.operation]} {self.kind}"

    def covers(self, other: "Right") -> bool:
        """Whether who has this one has that one, too."""
        alike = (self.kind, self.operation) == (other.kind, other.operation)
        return alike and (other.name.startswith(self.name) if self.prefixed else self == other)

    def __str__(self) -> str:
        return f"{self.doing} {self.name}{'*' if self.prefixed else ''}"


_VERBS: Final[dict[Operation, str]] = {
    "READ": "read",
    "WRITE": "write",
    "CREATE": "make",
    "DELETE": "delete",
    "DESCRIBE_CONFIGS": "see the settings of",
    "ALTER_CONFIGS": "change the settings of",
}


def rights(role: Role, user: str) -> tuple[Right, ...]:
    """All that `user` needs in that role, in the order of the table."""
    return (*_on_topics(role), *_in_groups(role, user))


def roles_with(right: Right) -> Iterator[Role]:
    """Those whose rights it is among."""
    return (role for role in ROLES if any(has.covers(right) for has in rights(role, "")))


def worded(several: Iterable[Right]) -> str:
    """`read topic wire.raw.v1, wire.items.v1; read group slugline-v1`."""
    by_doing: dict[str, list[str]] = {}
    for right in several:
        by_doing.setdefault(right.doing, []).append(right.name)
    return "; ".join(f"{doing} {', '.join(names)}" for doing, names in by_doing.items())


def reads(*topics: str) -> tuple[Right, ...]:
    return tuple(Right("topic", topic, "READ") for topic in topics)


def writes(*topics: str) -> tuple[Right, ...]:
    return tuple(Right("topic", topic, "WRITE") for topic in topics)


def _on_topics(role: Role) -> Iterator[Right]:
    for topic in table():
        yield from (Right("topic", topic.name, operation) for operation in _operations(topic, role))
    if role == "archivist":
        yield from (Right("topic", RUNS, operation, prefixed=True) for operation in get_args(Operation))
    if role == "worker":  # the records of a generation that was made by a run
        yield from (Right("topic", RUNS, operation, prefixed=True) for operation in ("READ", "WRITE"))


def _operations(topic: Topic, role: Role) -> Iterable[Operation]:
    if role in topic.read_by:
        yield "READ"
    if role in topic.written_by:
        yield "WRITE"
    if role == "worker":
        yield "DESCRIBE_CONFIGS"  # it checks every topic before it starts


def _in_groups(role: Role, user: str) -> Iterator[Right]:
    """Subscribers have groups of their own: none can move another's offsets, nor the worker's."""
    if role == "worker":
        yield Right("group", GROUP, "READ")
        yield Right("group", RUNS, "READ", prefixed=True)  # that of a generation made by a run
        yield Right("transaction", FENCED, "WRITE", prefixed=True)
    elif role == "subscriber":
        yield Right("group", user, "READ")
        yield Right("group", user + CLOSING, "READ", prefixed=True)
    elif role == "archivist":
        yield from (Right("group", RUNS, operation, prefixed=True) for operation in ("READ", "DELETE"))
