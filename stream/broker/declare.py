"""Brings a broker's topics to what the one table says, and tells where they are not. No topic is named."""

from collections.abc import Iterator, Mapping, Sequence

from stream.broker.access import require_rights
from stream.broker.admin import Admin, in_sync
from stream.broker.problem import BrokerError, Problem
from stream.rights import Right, rights
from stream.topics import RAW, RAW_PARTITIONS, Topic, table

BROKERS_OWN = -1  # the replication factor that the broker is configured with


def check(address: str, raw_partitions: int = RAW_PARTITIONS) -> tuple[Problem, ...]:
    """Everything in which the broker's topics are not as the table says. BrokerError if nobody answers, or if
    it does not let us see them."""
    return _problems(Admin(address), raw_partitions)


def _problems(admin: Admin, raw_partitions: int) -> tuple[Problem, ...]:
    topics = table(raw_partitions)
    there, embedded = admin.look()
    unseen = [Right("topic", topic.name, "DESCRIBE_CONFIGS") for topic in topics if topic.name not in there]
    require_rights(admin, unseen)
    configs = {} if embedded else admin.configs(topic.name for topic in topics if topic.name in there)
    copies = {} if embedded else admin.copies()
    command = mending(admin.address, raw_partitions)
    found: list[Problem] = []
    for topic in topics:
        found += _miscounted(topic, there.get(topic.name), embedded, command)
        wrong = _wrong(topic, configs.get(topic.name), copies.get(topic.name, 0))
        found += [Problem(topic.name, what, command) for what in wrong]
    return tuple(found)


def declare(
    address: str, raw_partitions: int = RAW_PARTITIONS, replication: int = BROKERS_OWN
) -> tuple[str, ...]:
    """Makes what is missing and mends what can be mended; says what it did. What is left, `check` tells."""
    admin, topics = Admin(address), table(raw_partitions)
    there, embedded = admin.look()
    if embedded:
        return ("the embedded broker starts with every topic: nothing to declare",)
    missing = [topic for topic in topics if topic.name not in there]
    admin.create(missing, replication)
    admin.wait_for(present={topic.name: topic.partitions for topic in missing})
    done = [f"created {topic.name}, {topic.partitions} partitions, {topic.cleanup}" for topic in missing]
    done += configured(admin, missing)
    if there.get(RAW, raw_partitions) < raw_partitions:
        admin.grow(RAW, raw_partitions)
        admin.wait_for(present={RAW: raw_partitions})
        done.append(f"grew {RAW} from {there[RAW]} to {raw_partitions} partitions")
    return (*done, *configured(admin, [topic for topic in topics if topic.name in there]))


def mending(address: str, raw_partitions: int = RAW_PARTITIONS) -> str:
    """The command that declares what is missing."""
    return f"slugline topics declare --broker {address} --raw-partitions {raw_partitions}"


def require(address: str, raw_partitions: int = RAW_PARTITIONS) -> None:
    """BrokerError, with every problem and what mends it, unless all is as the table says and a worker's to use."""
    admin = Admin(address)
    asked = rights("worker", admin.connection.username)
    require_rights(
        admin, [right for right in asked if right.operation != "DESCRIBE_CONFIGS"]
    )  # it can do without
    if problems := _problems(admin, raw_partitions):
        told = "; ".join(str(problem) for problem in problems)
        mends = " ; ".join(dict.fromkeys(problem.mend for problem in problems))
        raise BrokerError(f"the topics on {address} are not as they must be: {told}. Mend: {mends}")


def configured(admin: Admin, topics: Sequence[Topic]) -> Iterator[str]:
    """Mends the settings of topics that are there, one with each step, and says what was wrong."""
    configs, copies = admin.configs(topic.name for topic in topics), admin.copies()
    for topic in topics:
        if wrong := tuple(_wrong(topic, configs.get(topic.name), copies[topic.name])):
            admin.configure(topic, copies[topic.name])
            yield f"configured {topic.name}: it {', '.join(wrong)}"


def _miscounted(topic: Topic, partitions: int | None, embedded: bool, command: str) -> Iterator[Problem]:
    if partitions is None:
        yield Problem(topic.name, f"is missing ({topic.partitions} partitions, {topic.cleanup})", command)
    elif partitions != topic.partitions:
        mend = _recount(topic, partitions, embedded, command)
        yield Problem(topic.name, f"has {partitions} partitions, not {topic.partitions}", mend)


def _recount(topic: Topic, partitions: int, embedded: bool, command: str) -> str:
    """Kafka never takes a partition away, and a lane or a story that changes partition loses its order."""
    if embedded:
        return f"start it again: slugline broker --raw-partitions {topic.partitions}"
    if topic.name == RAW and partitions < topic.partitions:
        return command
    if topic.name == RAW:
        return f"say --raw-partitions {partitions}"
    return f"delete {topic.name}, as its messages cannot move, then {command}"


def _wrong(topic: Topic, config: Mapping[str, str] | None, copies: int) -> Iterator[str]:
    """More room, longer keeping and more copies in sync than asked for are no problem."""
    if config is None:
        return
    if int(config["min.insync.replicas"]) < in_sync(copies):
        yield f"has min.insync.replicas {config['min.insync.replicas']}, less than {in_sync(copies)} of {copies}"
    if config["cleanup.policy"] != topic.cleanup:
        yield f"has cleanup.policy {config['cleanup.policy']}, not {topic.cleanup}"
    if int(config["max.message.bytes"]) < topic.max_message_bytes:
        yield f"has max.message.bytes {config['max.message.bytes']}, less than {topic.max_message_bytes}"
    kept = int(config["retention.ms"])
    if topic.retention_ms is not None and -1 < kept < topic.retention_ms:
        yield f"has retention.ms {kept}, less than {topic.retention_ms}"
