"""On an Apache Kafka with TLS and users each role does its work under its own user, and nothing else.

What a role may not do is refused by the broker itself; what our commands say of it is in test_refusals.py.
"""

import asyncio
import json
import logging
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.errors import GroupAuthorizationFailedError, TopicAuthorizationFailedError
from confluent_kafka import KafkaError, KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient

from stream.broker.door import knock
from stream.rights import ROLES as EVERY_ROLE
from stream.rights import rights
from stream.topics import DEAD, EVENTS, GROUP, ITEMS, RAW, RECORDS, STATE, Role, table
from tests.broker.guarded import BY_SCRAM, PATIENCE, ROLES, ROOT, SUPER, Guarded
from tests.cli.published import environment

pytestmark = pytest.mark.kafka

ONCE = ("worker", "--until-idle", "1", "--session-timeout", "2")
IMPLIED = {"DESCRIBE"}  # by READ and by WRITE
EXAMPLES = ROOT / "examples"
Logs = list[bytes]


@pytest.fixture(scope="module")
def logs(broker_with_users: Guarded) -> Logs:
    """The two seeds fed and decided, twice, by two workers one after the other; what the workers logged."""
    found = []
    for _ in range(2):
        assert b"2 items" in broker_with_users.done("agency", "replay")
        worked = broker_with_users.slugline("desk", *ONCE)
        assert worked.returncode == 0, worked.stderr.decode()[-3_000:]
        found.append(worked.stderr)
    return found


def test_each_works_under_its_own_user(broker_with_users: Guarded, logs: Logs) -> None:
    """Items in by the replayer, stories by a worker and its successor, events out to the subscriber, dead letters
    to the editor: byte for byte what a fold says."""
    done, let = broker_with_users.done, broker_with_users.let
    events = done("alerts", "tail", "--json", "--from-beginning", "--until-end", "--canonical")
    assert events == done("night", "fold", "--topic", ITEMS, "--events")
    assert json.loads(let("alerts", "stories", "--json"))["members_count"] == 2
    assert "no dead letters" in let("night", "dead", "list")


def test_an_editor_edits(broker_with_users: Guarded, logs: Logs) -> None:
    """What it names it can look up, and its word goes where the worker reads it."""
    story = json.loads(broker_with_users.let("night", "stories", "--json"))
    member = story["members"][1]["id"]
    said = json.loads(broker_with_users.let("night", "split", story["id"], member, "--json"))
    assert said["story"] == story["id"]


def test_an_archivist_runs_what_lies_there_again(broker_with_users: Guarded, logs: Logs) -> None:
    """Into a run of its own, which it reads, lists and takes away; what is live it only reads."""
    let = broker_with_users.let
    again = json.loads(let("morgue", "replay", "--from-topic", "raw", "--run", "may-2", "--json"))
    assert again["read"] >= 4
    assert json.loads(let("morgue", "stories", "--run", "may-2", "--json"))["members_count"] >= 2
    assert let("morgue", "tail", "--run", "may-2", "--json", "--from-beginning", "--until-end")
    assert "may-2" in let("morgue", "runs", "list")
    refused = broker_with_users.invoked("agency", "replay", "--from-topic", "items", "--run", "x")
    assert (refused.exit_code, "--archivist agency" in refused.stderr) == (2, True)
    assert "forgotten" in let("morgue", "runs", "forget", "may-2")


def test_the_example_feed_and_service_take_the_same_variables(
    broker_with_users: Guarded, logs: Logs, tmp_path: Path
) -> None:
    """The feed as a replayer, the service as the subscriber that its group is named after."""
    fed = broker_with_users.run("agency", [sys.executable, str(EXAMPLES / "feed.py")])
    assert (fed.returncode, fed.stdout) == (0, b"1 items on wire.raw.v1\n"), fed.stderr
    where = environment(broker_with_users.address) | broker_with_users.settings("alerts")
    where |= {"ALERT_LEDGER": str(tmp_path / "ledger")}
    service = [sys.executable, str(EXAMPLES / "alerting_service.py")]
    with subprocess.Popen(service, env=where, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline()).keys() == {"key", "story", "version", "headline"}
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0


def test_a_ca_of_the_machine_is_trusted(broker_with_users: Guarded, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no CA is named, by both clients: that of aiokafka and that of librdkafka."""
    monkeypatch.setenv("SSL_CERT_FILE", str(broker_with_users.certificates.authority))
    done = broker_with_users.invoked("desk", "topics", "check", SSL_CAFILE="")
    assert (done.exit_code, done.stderr) == (0, "")


def test_no_password_is_logged(
    broker_with_users: Guarded, logs: Logs, caplog: pytest.LogCaptureFixture
) -> None:
    """By a worker from start to end, and by a client that is told to log all it does."""
    assert not any(broker_with_users.password("desk").encode() in log for log in logs)
    with caplog.at_level(logging.DEBUG):
        for user in ("agency", "desk"):
            knock(broker_with_users.connection(user))
            assert user in caplog.text
            assert broker_with_users.password(user) not in caplog.text


def test_the_commands_of_the_page_run(broker_with_users: Guarded) -> None:
    """As they stand in docs/security.md, by the super user; nothing is left to declare or to grant."""
    commands = re.findall(r"^slugline (topics .*)$", (ROOT / "docs" / "security.md").read_text(), re.M)
    assert len(commands) == 4
    for command in commands:
        said = broker_with_users.let(SUPER, *command.split())
        assert "as it must be" in said or "nothing to grant" in said


def client(broker: Guarded, user: str) -> AdminClient:
    return AdminClient(broker.connection(user).confluent())


def allowed(broker: Guarded, user: str) -> dict[str, set[str]]:
    """What the broker says that the user may do with each topic."""
    names = TopicCollection([topic.name for topic in table()])
    asking = client(broker, user)  # what it was asked ends with it
    answers = asking.describe_topics(names, include_authorized_operations=True)
    found: dict[str, set[str]] = {}
    for name, answer in answers.items():
        try:
            found[name] = {operation.name for operation in answer.result(PATIENCE).authorized_operations}
        except KafkaException as error:
            assert error.args[0].code() == KafkaError.TOPIC_AUTHORIZATION_FAILED
    return found


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_role_may_what_the_table_says_and_no_more(broker_with_users: Guarded, role: Role) -> None:
    """Of all that can be done with a topic, asked of the broker itself."""
    wanted: dict[str, set[str]] = {}
    for right in rights(role, ROLES[role]):
        if right.kind == "topic" and not right.prefixed:
            wanted.setdefault(right.name, set(IMPLIED)).add(right.operation)
    assert allowed(broker_with_users, ROLES[role]) == wanted


def test_a_user_without_a_role_may_nothing(broker_with_users: Guarded) -> None:
    """Who is known is let in, and that is all; the super user may all."""
    assert allowed(broker_with_users, "stranger") == {}
    assert all("DELETE" in may for may in allowed(broker_with_users, SUPER).values())


@pytest.mark.parametrize(
    ("user", "topic"),
    [
        ("alerts", EVENTS),
        ("alerts", RAW),
        ("agency", ITEMS),
        ("agency", EVENTS),
        ("desk", RAW),
        ("morgue", ITEMS),
        ("morgue", STATE),
    ],
)
async def test_what_is_not_theirs_to_write_is_refused(
    broker_with_users: Guarded, user: str, topic: str
) -> None:
    """A subscriber tells nobody anything, a replayer makes no stories, a worker no raw items, an archivist nothing live."""
    async with AIOKafkaProducer(**broker_with_users.connection(user).aiokafka()) as producer:
        with pytest.raises(TopicAuthorizationFailedError):
            await producer.send_and_wait(topic, b"{}")


@pytest.mark.parametrize(
    ("user", "topic"),
    [("agency", STATE), ("agency", RAW), ("alerts", ITEMS), ("alerts", RECORDS), ("night", RAW)],
)
async def test_what_is_not_theirs_to_read_is_refused(
    broker_with_users: Guarded, user: str, topic: str
) -> None:
    """A replayer reads nothing, no state either; a subscriber nothing that is not public."""
    consumer = AIOKafkaConsumer(topic, **broker_with_users.connection(user).aiokafka())
    try:
        with pytest.raises(TopicAuthorizationFailedError):
            await _first(consumer)
    finally:
        await consumer.stop()


@pytest.mark.parametrize(("user", "group"), [("alerts", GROUP), ("alerts", "alertsdesk"), ("desk", "alerts")])
async def test_groups_of_others_are_refused(broker_with_users: Guarded, user: str, group: str) -> None:
    """Nobody takes a partition, or an offset, from who decides or from another subscriber."""
    topic = EVENTS if user == "alerts" else ITEMS
    consumer = AIOKafkaConsumer(topic, group_id=group, **broker_with_users.connection(user).aiokafka())
    try:
        with pytest.raises(GroupAuthorizationFailedError):
            await _first(consumer)
    finally:
        await consumer.stop()


async def test_a_group_of_ones_own_is_let(broker_with_users: Guarded, logs: Logs) -> None:
    """Of any name after the subscriber's and a dot; its name alone is what the service goes by."""
    settings = broker_with_users.connection("alerts").aiokafka()
    how = {"group_id": "alerts.night", "auto_offset_reset": "earliest"} | settings
    async with AIOKafkaConsumer(EVENTS, **how) as consumer:
        assert (await asyncio.wait_for(consumer.getone(), PATIENCE)).value


async def _first(consumer: AIOKafkaConsumer) -> Any:
    async with asyncio.timeout(PATIENCE):
        await consumer.start()
        return await consumer.getone()


@pytest.mark.parametrize("user", [*ROLES.values(), "stranger"])
def test_nobody_but_the_operator_deletes_a_topic(broker_with_users: Guarded, user: str) -> None:
    """A worker neither: what it writes it may not take away."""
    asking = client(broker_with_users, user)
    answers = asking.delete_topics([ITEMS, DEAD])
    for answer in answers.values():
        with pytest.raises(KafkaException) as refused:
            answer.result(PATIENCE)
        assert refused.value.args[0].code() == KafkaError.TOPIC_AUTHORIZATION_FAILED


def test_users_of_both_mechanisms_were_there(broker_with_users: Guarded) -> None:
    """What is shown above was shown of PLAIN and of SCRAM-SHA-512, over TLS."""
    told = [broker_with_users.connection(user) for user in ROLES.values()]
    assert {one.mechanism for one in told} == {"PLAIN", "SCRAM-SHA-512"}
    assert {one.protocol for one in told} == {"SASL_SSL"}
    assert set(BY_SCRAM) < set(ROLES.values())
