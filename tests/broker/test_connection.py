"""How clients are told to reach a broker."""

import logging
from pathlib import Path
from typing import Any

import pytest

from stream.broker.connection import connection
from stream.broker.problem import AccessError
from stream.worker.faust_app import make_app
from tests.broker.certificates import certificates

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


def test_faust_is_told_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The worker's own clients take user, password, mechanism and CA from the same place."""
    settings = {"SLUGLINE_SECURITY_PROTOCOL": "SASL_SSL", "SLUGLINE_SSL_CAFILE": str(_authority(tmp_path))}
    for name, value in (SECURE | settings).items():
        monkeypatch.setenv(name, value)
    told: Any = make_app("localhost:9092").conf.broker_credentials
    assert (told.username, told.password, told.mechanism.value) == ("desk", "hot-metal", "SCRAM-SHA-512")
    assert (told.protocol.value, told.ssl_context.check_hostname) == ("SASL_SSL", True)
    assert len(told.ssl_context.get_ca_certs()) == 1


def _authority(folder: Path) -> Path:
    return certificates(folder).authority


def test_tls_checks_the_broker() -> None:
    """With TLS a client asks for the broker's certificate and its name."""
    context = connection("localhost:9092", {"SLUGLINE_SECURITY_PROTOCOL": "SSL"}).aiokafka()["ssl_context"]
    assert context.check_hostname


def test_the_password_is_never_shown() -> None:
    """What a log may print of a connection has no password in it."""
    assert "hot-metal" not in repr(connection("localhost:9092", SECURE))


def test_requests_are_not_logged() -> None:
    """However much a log is to tell: a request may be the password."""
    assert not logging.getLogger("aiokafka.conn").isEnabledFor(logging.DEBUG)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_password_may_be_a_file(tmp_path: Path, end: str) -> None:
    """As Docker's secrets have it; an editor's end of line is no part of it, a space is."""
    (tmp_path / "secret").write_bytes(f"hot metal {end}".encode())
    settings = {**SECURE, "SLUGLINE_SASL_PASSWORD": "", "SLUGLINE_SASL_PASSWORD_FILE": f"{tmp_path}/secret"}
    assert connection("localhost:9092", settings).password == "hot metal "


def test_a_password_file_that_is_none_is_named_and_not_shown(tmp_path: Path) -> None:
    """Neither its bytes nor a traceback with them."""
    (tmp_path / "secret").write_bytes(b"hot-metal\xff")
    settings = {**SECURE, "SLUGLINE_SASL_PASSWORD": "", "SLUGLINE_SASL_PASSWORD_FILE": f"{tmp_path}/secret"}
    with pytest.raises(AccessError, match=r"secret cannot be read: it is not UTF-8") as refused:
        connection("localhost:9092", settings)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__


WITHOUT = {name: value for name, value in SECURE.items() if "PASSWORD" not in name}


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SLUGLINE_SECURITY_PROTOCOL": "TELEX"}, "TELEX"),
        ({"SLUGLINE_SECURITY_PROTOCOL": "SASL_SSL"}, "SLUGLINE_SASL_USERNAME"),
        (WITHOUT, "SLUGLINE_SASL_PASSWORD_FILE"),
        (WITHOUT | {"SLUGLINE_SASL_PASSWORD_FILE": "/not/there"}, "/not/there cannot be read: No such file"),
        (SECURE | {"SLUGLINE_SASL_PASSWORD_FILE": "/not/there"}, "both set"),
        (SECURE | {"SLUGLINE_SASL_MECHANISM": "GSSAPI"}, "GSSAPI: it is one of PLAIN"),
        (
            SECURE | {"SLUGLINE_SECURITY_PROTOCOL": ""},
            "a user for SASL, but SLUGLINE_SECURITY_PROTOCOL=PLAIN",
        ),
        (SECURE | {"SLUGLINE_SSL_CAFILE": "/not/there"}, "SASL_PLAINTEXT has no TLS"),
    ],
)
def test_what_cannot_be_is_named(environment: dict[str, str], named: str) -> None:
    """A wrong setting, and one that would silently do nothing, is refused by its name and not tried."""
    with pytest.raises(AccessError, match=named):
        connection("localhost:9092", environment)


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_ca_file_that_is_none_is_named(tmp_path: Path, content: str | None) -> None:
    """Missing, empty or something else: by its path."""
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    settings = {"SLUGLINE_SECURITY_PROTOCOL": "SSL", "SLUGLINE_SSL_CAFILE": f"{tmp_path}/ca.pem"}
    with pytest.raises(AccessError, match=r"ca.pem is no file of certificates"):
        connection("localhost:9092", settings).aiokafka()
