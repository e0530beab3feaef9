"""Who is not let in is told why, in one line and at once, before any client tries for ever."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stream.broker.connection import Connection
from stream.broker.door import knock
from stream.broker.embedded import EmbeddedBroker
from stream.broker.problem import AccessError, BrokerError
from tests.broker.certificates import Certificates, certificates


@contextmanager
def speaking_tls(shown: Certificates) -> Iterator[str]:
    """Somebody with this certificate, who hangs up on whoever trusts it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(shown.identity)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            client, _ = listening.accept()
            with client:
                try:
                    context.wrap_socket(client, server_side=True).close()
                except OSError:  # it did not trust us
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def refused(to: Connection) -> str:
    with pytest.raises(AccessError) as told:
        knock(to)
    assert "\n" not in str(told.value)
    return str(told.value)


def over_tls(address: str, ca: Path) -> Connection:
    return Connection(address, "SASL_SSL", "PLAIN", "desk", "hot-metal", str(ca))


def test_a_broker_that_answers_lets_in(embedded: EmbeddedBroker) -> None:
    """Also where the first of several addresses is dead, and from within a running loop."""
    knock(Connection(embedded.address))
    knock(Connection(f"127.0.0.1:1, {embedded.address}"))

    async def within() -> None:
        knock(Connection(embedded.address))

    asyncio.run(within())


def test_an_unknown_ca_is_told(tmp_path: Path) -> None:
    """With the setting that names it."""
    made = certificates(tmp_path)
    with speaking_tls(made) as address:
        said = refused(over_tls(address, made.other))
    assert f"{address} is not to be trusted" in said
    assert "SLUGLINE_SSL_CAFILE" in said


def test_the_certificate_of_another_is_told(tmp_path: Path) -> None:
    """A broker is called as its certificate calls it, whoever signed."""
    made = certificates(tmp_path, "wire.example")
    with speaking_tls(made) as address:
        said = refused(over_tls(address, made.authority))
    assert "shows the certificate of another" in said
    assert "127.0.0.1" in said


def test_who_hangs_up_speaks_something_else(tmp_path: Path) -> None:
    """TLS with a broker that has none, users with one that knows none: the setting is named."""
    made = certificates(tmp_path)
    with EmbeddedBroker() as plain:
        for odd in (over_tls(plain.address, made.authority), _user_in_the_clear(plain.address)):
            said = refused(odd)
            assert f"{plain.address} hung up on {odd.protocol}" in said
            assert "SLUGLINE_SECURITY_PROTOCOL" in said
    with speaking_tls(made) as address:
        assert "hung up on SASL_SSL" in refused(over_tls(address, made.authority))


def _user_in_the_clear(address: str) -> Connection:
    return Connection(address, "SASL_PLAINTEXT", "PLAIN", "desk", "hot-metal")


@pytest.mark.parametrize("address", ["127.0.0.1:1", "127.0.0.1:1,127.0.0.1:2", "127.0.0.1:port", ":", ""])
def test_nobody_there_is_no_refusal(address: str) -> None:
    """It may be there later: told as such, with how to start one."""
    with pytest.raises(BrokerError, match="no broker answers") as told:
        knock(Connection(address))
    assert not isinstance(told.value, AccessError)
    assert "slugline broker" in str(told.value)
