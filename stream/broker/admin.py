"""What a broker says about its topics, and what it is asked to change. Which is right is said elsewhere."""

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from confluent_kafka import KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # it re-exports without saying so
    AdminClient,
    AlterConfigOpType,
    ClusterMetadata,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    OffsetSpec,
    ResourceType,
)

from stream.broker.connection import connection
from stream.broker.door import knock, nobody
from stream.broker.problem import AccessError, BrokerError
from stream.topics import Topic

SECONDS = 10.0  # librdkafka tries a dead address for ever: nothing is asked without an end
BRIEF = 3.0  # where there is another to ask
PATIENCE = SECONDS + 5.0  # for the client's own thread to say so
PASSING = frozenset({KafkaError._TIMED_OUT, KafkaError.UNKNOWN_TOPIC_OR_PART})
MOCK = "mockCluster"  # how librdkafka's mock begins its cluster id; asked for configs it never answers
UNTOLD = frozenset({KafkaError.TOPIC_AUTHORIZATION_FAILED, KafkaError.CLUSTER_AUTHORIZATION_FAILED})


class Admin:
    """One broker, asked and told. Everything raises BrokerError, in one line, within ten seconds or so."""

    def __init__(self, address: str) -> None:
        self.address, self.connection = address, connection(address)
        knock(self.connection)
        self.client = AdminClient(self.connection.confluent())

    def look(self) -> tuple[dict[str, int], bool]:
        """The partitions of every topic there is, and whether this is the embedded broker."""
        seen = self._seen()
        partitions = {name: len(topic.partitions) for name, topic in seen.topics.items()}
        return partitions, str(seen.cluster_id).startswith(MOCK)

    def copies(self) -> dict[str, int]:
        """On how many brokers every topic lies."""
        return {
            name: min((len(at.replicas) for at in topic.partitions.values()), default=0)
            for name, topic in self._seen().topics.items()
        }

    def _seen(self) -> ClusterMetadata:
        try:
            return self.client.list_topics(timeout=SECONDS)
        except KafkaException as error:
            raise BrokerError(nobody(self.address, _said(error))) from error

    def configs(self, names: Iterable[str]) -> dict[str, dict[str, str]]:
        """By topic and setting; empty where we may not ask."""
        asked = [ConfigResource(ResourceType.TOPIC, name) for name in names]
        if not asked:
            return {}
        try:
            told = self._described(asked)
        except KafkaException as error:
            if error.args[0].code() in UNTOLD:
                return {}
            raise BrokerError(f"{self.address} does not describe its topics: {_said(error)}") from error
        return {topic: {name: entry.value for name, entry in told[topic].items()} for topic in told}

    def _described(self, asked: list[ConfigResource]) -> dict[str, Any]:
        """Asked again through a new client, which may ask another broker, where the one that was asked was lost a moment ago
        (a third of all starts beside a broker just killed were seen to fail) or has not heard of a new topic yet."""
        client, deadline = self.client, time.monotonic() + SECONDS
        while True:
            answers = client.describe_configs(asked, request_timeout=BRIEF)
            try:
                return {resource.name: future.result(PATIENCE) for resource, future in answers.items()}
            except KafkaException as error:
                if error.args[0].code() not in PASSING or time.monotonic() > deadline:
                    raise
            time.sleep(0.1)
            client = AdminClient(self.connection.confluent())

    def create(self, topics: Iterable[Topic], replication: int) -> None:
        wanted = [NewTopic(t.name, t.partitions, replication, config=dict(settings(t))) for t in topics]
        if wanted:
            self._await(self.client.create_topics(wanted, request_timeout=SECONDS), "create")

    def wait_for(self, present: Mapping[str, int] | None = None, absent: Iterable[str] = ()) -> None:
        """Until clients see topics with so many partitions, and others no more: a broker answers before its own
        view has caught up with what it did."""
        wanted, unwanted, deadline = present or {}, set(absent), time.monotonic() + SECONDS
        while True:
            there = self.look()[0]
            late = {
                name for name, count in wanted.items() if there.get(name) != count
            } | unwanted & there.keys()
            if not late:
                return
            if time.monotonic() > deadline:
                raise BrokerError(
                    f"{self.address} took more than {SECONDS:.0f} s over {', '.join(sorted(late))}"
                )
            time.sleep(0.02)

    def ask_for(self, topics: Iterable[str]) -> None:
        """The embedded broker makes a topic, of four partitions, when it is asked for."""
        for topic in topics:
            self.client.list_topics(topic, timeout=SECONDS)
            self.wait_for(present={topic: 4})

    def delete(self, topics: Sequence[str]) -> None:
        self._await(self.client.delete_topics(list(topics), operation_timeout=SECONDS), "delete")

    def forget_group(self, group: str) -> None:
        """Its offsets; nothing where there is no such group."""
        [answer] = self.client.delete_consumer_groups([group], request_timeout=SECONDS).values()
        try:
            answer.result(PATIENCE)
        except KafkaException as error:
            if error.args[0].code() != KafkaError.GROUP_ID_NOT_FOUND:
                raise BrokerError(
                    f"{self.address} did not forget the group {group}: {_said(error)}"
                ) from error

    def grow(self, topic: str, partitions: int) -> None:
        asked = [NewPartitions(topic, partitions)]
        self._await(self.client.create_partitions(asked, request_timeout=SECONDS), "grow")

    def configure(self, topic: Topic, copies: int) -> None:
        wanted = settings(topic) | {"min.insync.replicas": str(in_sync(copies))}
        entries = [
            ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
            for name, value in wanted.items()
        ]
        asked = [ConfigResource(ResourceType.TOPIC, topic.name, incremental_configs=entries)]
        answers = self.client.incremental_alter_configs(asked, request_timeout=SECONDS)
        self._await({resource.name: future for resource, future in answers.items()}, "configure")

    def first_offsets(self, partitions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], int]:
        """Where each partition begins: above 0 where something was deleted."""
        earliest = OffsetSpec.earliest()  # type: ignore[no-untyped-call]
        asked = {TopicPartition(*partition): earliest for partition in partitions}
        answers = self.client.list_offsets(asked, request_timeout=SECONDS)
        return {(at.topic, at.partition): int(told.result(PATIENCE).offset) for at, told in answers.items()}

    def members(self, group: str) -> dict[str, str]:
        """The ids of a group's static members, by their instance."""
        members = self._members(group)
        return {member.group_instance_id: member.member_id for member in members if member.group_instance_id}

    def crowd(self, group: str) -> int:
        """How many members a group has."""
        return len(self._members(group))

    def _members(self, group: str) -> Sequence[Any]:
        described = self.client.describe_consumer_groups([group], request_timeout=SECONDS)
        try:
            return list(described[group].result(PATIENCE).members)
        except KafkaException as error:
            raise BrokerError(f"{self.address} does not tell who is in {group}: {_said(error)}") from error

    def _await(self, answers: Mapping[str, "Future[Any]"], verb: str) -> None:
        for name, future in answers.items():
            try:
                future.result(PATIENCE)
            except KafkaException as error:
                code = error.args[0].code()
                if code in UNTOLD:
                    user = self.connection.username or "(none)"
                    raise AccessError(
                        f"{self.address} does not let user {user} {verb} {name}: run this as its super user"
                    ) from error
                if code != KafkaError.TOPIC_ALREADY_EXISTS:  # someone else was quicker
                    raise BrokerError(f"{self.address} did not {verb} {name}: {_said(error)}") from error


def in_sync(copies: int) -> int:
    """Of so many copies, how many must have a message before it counts as written: of three one broker may be away, and
    nothing that was written lies on one disk alone."""
    return 2 if copies > 2 else 1


def settings(topic: Topic) -> dict[str, str]:
    """A topic's settings as Kafka names them, however many copies of it there are."""
    kept = {} if topic.retention_ms is None else {"retention.ms": str(topic.retention_ms)}
    return {"cleanup.policy": topic.cleanup, "max.message.bytes": str(topic.max_message_bytes)} | kept


def _said(error: KafkaException) -> str:
    return str(error.args[0].str())
