"""`slugline topics acls` brings a broker's rights to what the table says, tells what it did, and does it once."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # it re-exports without saying so
    AclBinding,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from stream.broker.embedded import EmbeddedBroker
from stream.cli import main
from stream.rights import rights
from stream.topics import RAW
from tests.broker.guarded import PATIENCE, SUPER, Guarded
from tests.conftest import Running

NEWCOMER = "länderdienst"  # a user that no other test gives rights to


def acls(broker: Guarded, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(broker.let(SUPER, "topics", "acls", "--json", *words))
    return found


@pytest.mark.kafka
def test_rights_are_given_once_and_taken_when_asked(broker_with_users: Guarded) -> None:
    """A dry run gives none; then each is given; then there is nothing to give; another role leaves those of the
    first, until it is to be exact; and who has no role any more may nothing."""
    count = len(rights("subscriber", NEWCOMER))
    dry = acls(broker_with_users, "--subscriber", NEWCOMER, "--dry-run")
    given = acls(broker_with_users, "--subscriber", NEWCOMER)
    again = acls(broker_with_users, "--subscriber", NEWCOMER)
    assert dry["made"] == given["made"] == again["there"]
    assert (len(given["made"]), given["there"], again["made"]) == (count, [], [])
    other = acls(broker_with_users, "--replayer", NEWCOMER)
    assert (len(other["made"]), len(other["left"]), other["taken"]) == (2, count, [])
    exact = acls(broker_with_users, "--replayer", NEWCOMER, "--exact")
    assert (exact["made"], exact["taken"], exact["left"]) == ([], other["left"], [])
    last = acls(broker_with_users, "--replayer", NEWCOMER)
    assert (len(last["there"]), last["made"], last["left"]) == (2, [], [])
    gone = acls(broker_with_users, "--former", NEWCOMER, "--exact")
    assert (len(gone["taken"]), gone["made"], gone["there"]) == (2, [], [])
    assert acls(broker_with_users, "--former", NEWCOMER)["left"] == []


@pytest.mark.kafka
def test_what_was_denied_stays_denied(broker_with_users: Guarded) -> None:
    """Exact takes rights away and gives none back: a denial is told, and left."""
    denied = AclBinding(
        ResourceType.TOPIC,
        RAW,
        ResourcePatternType.LITERAL,
        "User:suspended",
        "*",
        AclOperation.WRITE,
        AclPermissionType.DENY,
    )
    asking = AdminClient(broker_with_users.connection(SUPER).confluent())
    asking.create_acls([denied])[denied].result(PATIENCE)
    found = acls(broker_with_users, "--replayer", "suspended", "--exact")
    assert (len(found["made"]), found["taken"], len(found["left"])) == (2, [], 1)
    assert "DENY WRITE" in found["left"][0]


@pytest.mark.kafka
def test_it_says_what_it_did(broker_with_users: Guarded) -> None:
    """A line for each right; those of the roles in use are there."""
    two = broker_with_users.let(SUPER, "topics", "acls", "--replayer", "kyodo", "--replayer", "agency")
    assert two.splitlines() == [
        "let kyodo write topic wire.raw.v1",
        "let kyodo write topic wire.dead.v1",
    ]
    assert "nothing to grant" in broker_with_users.let(SUPER, "topics", "acls", "--worker", "desk")


@pytest.mark.kafka
def test_a_broker_without_an_authorizer_is_told(kafka: Running) -> None:
    """Rights that nobody looks at would be a comfort and no more."""
    done = CliRunner().invoke(main, ["topics", "acls", "--worker", "desk", "--broker", kafka.address])
    assert done.exit_code == 1
    assert "authorizer.class.name" in done.stderr


def test_the_embedded_broker_says_that_it_knows_no_users(embedded: EmbeddedBroker) -> None:
    """No error, as there is nothing to mend."""
    done = CliRunner().invoke(main, ["topics", "acls", "--worker", "desk", "--broker", embedded.address])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "knows no users" in done.output


@pytest.mark.parametrize("words", [[], ["--worker", "*"], ["--worker", " "], ["--subscriber", "User:desk"]])
def test_who_is_meant_must_be_said(words: list[str]) -> None:
    """No user, everybody, and a principal in Kafka's spelling are wrong usage, before any broker is asked."""
    done = CliRunner().invoke(main, ["topics", "acls", "--broker", "127.0.0.1:1", *words])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1
