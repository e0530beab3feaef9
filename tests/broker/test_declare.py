"""Topics are brought to what the table says, and what is otherwise is told with the command that mends it."""

import json

import pytest
from click.testing import CliRunner, Result
from confluent_kafka.admin import AdminClient

from stream.broker.admin import Admin
from stream.broker.connection import connection
from stream.broker.declare import check, declare, require
from stream.broker.embedded import EmbeddedBroker
from stream.broker.kafka import LocalKafka
from stream.broker.problem import BrokerError
from stream.cli.topics import topics
from stream.topics import EVENTS, ITEMS, RAW, RECORDS, STATE, Cleanup, Topic, table
from tests.conftest import PATIENCE, Running

FREE = "127.0.0.1:1"  # nobody listens there


def run(*words: str) -> Result:
    return CliRunner(env={"SLUGLINE_BROKER": None, "SLUGLINE_RAW_PARTITIONS": None}).invoke(topics, words)


def delete(address: str, *names: str) -> None:
    client = AdminClient(connection(address).confluent())
    for answer in client.delete_topics(list(names), operation_timeout=PATIENCE).values():
        answer.result(PATIENCE)
    Admin(address).wait_for(absent=names)


def remake(address: str, name: str, partitions: int, cleanup: Cleanup, kept: int | None, size: int) -> None:
    delete(address, name)
    admin = Admin(address)
    admin.create([Topic(name, "", partitions, cleanup, kept, size, "", "")], replication=1)
    admin.wait_for(present={name: partitions})


def test_a_broker_that_goes_away_in_between_is_told_in_a_line(
    embedded: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it was asked last."""
    asking = Admin(embedded.address)
    embedded.broker_down()
    monkeypatch.setattr("stream.broker.admin.SECONDS", 0.5)
    for ask in (asking.look, asking.copies):
        with pytest.raises(BrokerError):
            ask()


@pytest.mark.kafka
def test_a_broker_that_was_just_lost_keeps_nobody_from_starting() -> None:
    """Each of three: for some seconds clients are still sent to it."""
    with LocalKafka(3) as running:
        for node in running.nodes:
            node.kill()
            for _ in range(2):
                require(running.address)
            node.start()
            node.wait_until_ready()


def test_declaring_again_changes_nothing(broker: Running) -> None:
    """On a broker that is as it must be, declare has nothing left to do and check finds nothing."""
    first, second = run("declare", "--broker", broker.address), run("check", "--broker", broker.address)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert second.output == f"every topic on {broker.address} is as it must be\n"


def test_too_few_raw_partitions_are_told(broker: Running) -> None:
    """Another number of raw partitions than asked for is one problem, with the command that mends it."""
    found = run("check", "--broker", broker.address, "--raw-partitions", "7", "--json")
    told = json.loads(found.stdout)
    assert (found.exit_code, told["ok"]) == (1, False)
    assert [(each["topic"], each["what"]) for each in told["problems"]] == [(RAW, "has 4 partitions, not 7")]
    assert "slugline" in told["problems"][0]["mend"]
    assert "--raw-partitions 7" in told["problems"][0]["mend"]


def test_the_embedded_broker_says_that_it_needs_none(embedded: EmbeddedBroker) -> None:
    """Declaring on the embedded broker is no error and says why nothing was done."""
    assert "nothing to declare" in run("declare", "--broker", embedded.address).output


def test_nobody_there_is_one_line() -> None:
    """A dead address ends in one line that says how to start a broker, and in time."""
    found = run("check", "--broker", FREE)
    assert found.exit_code == 1
    assert found.stderr.count("\n") == 1
    assert FREE in found.stderr
    assert "slugline broker" in found.stderr


def test_no_address_is_wrong_usage() -> None:
    """Without an address nothing is guessed."""
    found = run("check")
    assert found.exit_code == 2
    assert "SLUGLINE_BROKER" in found.stderr


def test_the_environment_names_the_broker(embedded: EmbeddedBroker) -> None:
    """The address and the number of raw partitions may come from the environment."""
    environment = {"SLUGLINE_BROKER": embedded.address, "SLUGLINE_RAW_PARTITIONS": "5"}
    found = CliRunner(env=environment).invoke(topics, ["check"])
    assert found.exit_code == 1
    assert "has 4 partitions, not 5" in found.stderr


@pytest.mark.kafka
def test_missing_topics_are_made(kafka: Running) -> None:
    """What is missing is refused with the mending command, which mends it."""
    delete(kafka.address, RECORDS, STATE)
    with pytest.raises(BrokerError, match=rf"{STATE} is missing.*{RECORDS} is missing") as refused:
        require(kafka.address)
    words = str(refused.value).partition("Mend: slugline topics ")[2].split()
    assert run(*words).exit_code == 0
    assert check(kafka.address) == ()


@pytest.mark.kafka
def test_raw_grows_and_never_shrinks(kafka: Running) -> None:
    """More raw partitions are added; fewer cannot be, and the number that works is told."""
    assert run("declare", "--broker", kafka.address, "--raw-partitions", "6").exit_code == 0
    assert check(kafka.address, 6) == ()
    fewer = run("declare", "--broker", kafka.address, "--raw-partitions", "4")
    assert fewer.exit_code == 1
    assert "say --raw-partitions 6" in fewer.stderr


@pytest.mark.kafka
def test_lanes_are_never_moved(kafka: Running) -> None:
    """A lane topic with another partition count is left as it is, and told until someone deletes it."""
    remake(kafka.address, ITEMS, 5, "delete", 60 * 86_400_000, 2_097_152)
    found = run("declare", "--broker", kafka.address)
    assert found.exit_code == 1
    assert f"{ITEMS} has 5 partitions, not 4" in found.stderr
    delete(kafka.address, ITEMS)
    assert run("declare", "--broker", kafka.address).exit_code == 0


@pytest.mark.kafka
def test_wrong_settings_are_mended(kafka: Running) -> None:
    """Cleanup, size and retention that would lose or refuse messages are found, and declaring sets them."""
    remake(kafka.address, STATE, 4, "delete", 1_000_000, 1_024)
    remake(kafka.address, EVENTS, 4, "delete", 1_000_000, 1_048_576)
    assert [(each.topic, each.what.split()[1]) for each in check(kafka.address)] == [
        (EVENTS, "retention.ms"),
        (STATE, "cleanup.policy"),
        (STATE, "max.message.bytes"),
    ]
    assert len(declare(kafka.address)) == 2
    assert check(kafka.address) == ()


@pytest.mark.kafka
def test_more_than_asked_is_no_problem(kafka: Running) -> None:
    """An operator may keep longer and allow more than the table does."""
    events = next(topic for topic in table() if topic.name == EVENTS)
    remake(kafka.address, EVENTS, 4, "delete", -1, 2 * events.max_message_bytes)
    assert check(kafka.address) == ()
