"""How clients are told to reach a broker."""

import pytest

from stream.broker.connection import connection
from stream.broker.problem import BrokerError

SECURE = {
    "SLUGLINE_SECURITY_PROTOCOL": "sasl_plaintext",
    "SLUGLINE_SASL_MECHANISM": "SCRAM-SHA-512",
    "SLUGLINE_SASL_USERNAME": "desk",
    "SLUGLINE_SASL_PASSWORD": "hot-metal",
}


def test_nothing_said_is_plain() -> None:
    """An address alone is all that a client needs."""
    found = connection("localhost:9092", {})
    assert found.aiokafka() == {"bootstrap_servers": "localhost:9092", "security_protocol": "PLAINTEXT"}
    assert found.confluent()["bootstrap.servers"] == "localhost:9092"


def test_both_clients_are_told_the_same() -> None:
    """User, password and mechanism reach either client under its own names."""
    found = connection("localhost:9092", SECURE)
    assert {"SASL_PLAINTEXT", "SCRAM-SHA-512", "desk", "hot-metal"} <= set(found.aiokafka().values())
    assert {"SASL_PLAINTEXT", "SCRAM-SHA-512", "desk", "hot-metal"} <= set(found.confluent().values())


def test_tls_checks_the_broker() -> None:
    """With TLS a client asks for the broker's certificate and its name."""
    context = connection("localhost:9092", {"SLUGLINE_SECURITY_PROTOCOL": "SSL"}).aiokafka()["ssl_context"]
    assert context.check_hostname


def test_the_password_is_never_shown() -> None:
    """What a log may print of a connection has no password in it."""
    assert "hot-metal" not in repr(connection("localhost:9092", SECURE))


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SLUGLINE_SECURITY_PROTOCOL": "TELEX"}, "TELEX"),
        ({"SLUGLINE_SECURITY_PROTOCOL": "SASL_SSL"}, "SLUGLINE_SASL_USERNAME"),
    ],
)
def test_what_cannot_be_is_named(environment: dict[str, str], named: str) -> None:
    """A wrong setting is refused by its name and not tried."""
    with pytest.raises(BrokerError, match=named):
        connection("localhost:9092", environment)
