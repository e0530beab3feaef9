"""Knocks before a client is let loose: who answers, is it to be trusted, does it know us? Nothing is asked of it.

Kafka's clients try for ever where they are not let in, and tell their log. Here what is wrong is one line.
"""

import asyncio
import ssl
import threading
from concurrent.futures import Future
from contextlib import suppress

from aiokafka.conn import AIOKafkaConnection
from aiokafka.errors import (
    IllegalSaslStateError,
    IncompatibleBrokerVersion,
    KafkaError,
    SaslAuthenticationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from stream.broker.connection import Connection
from stream.broker.problem import AccessError, BrokerError

SECONDS = 10.0  # for all the addresses together
GOODBYE = 1.0  # seconds for a connection to close
TO_USERS = "SLUGLINE_SASL_USERNAME, SLUGLINE_SASL_PASSWORD or SLUGLINE_SASL_PASSWORD_FILE"


def knock(to: Connection) -> None:
    """AccessError where we are not let in, BrokerError where nobody answers at any address, in ten seconds or
    so; from any thread, whether it runs an event loop or not."""
    told: Future[None] = Future()
    threading.Thread(target=asyncio.run, args=(_tell(to, told),), name="door", daemon=True).start()
    told.result()


async def _tell(to: Connection, told: "Future[None]") -> None:
    """Before the loop ends, which may wait for the resolver of a name."""
    try:
        await knocking(to)
    except BaseException as error:
        told.set_exception(error)
    else:
        told.set_result(None)


async def knocking(to: Connection) -> None:
    """`knock`, for those who run a loop."""
    addresses = [each.strip() for each in to.address.split(",")]
    told: BrokerError | None = None
    for address in addresses:
        try:
            async with asyncio.timeout(SECONDS / len(addresses)):
                await _at(address, to)
            return
        except (SaslAuthenticationFailed, UnsupportedSaslMechanismError, IllegalSaslStateError) as error:
            raise AccessError(_unknown(to, address, error)) from error
        except (KafkaError, OSError, ValueError, OverflowError, TimeoutError) as error:
            told = told if isinstance(told, AccessError) else _unanswered(to, address, error)
    raise told or BrokerError(nobody(to.address, "no address"))


async def _at(address: str, to: Connection) -> None:
    """Through TCP, TLS and SASL, and a first request, which a broker that wants more than it got hangs up on."""
    host, _, port = address.rpartition(":")
    settings = {name: value for name, value in to.aiokafka().items() if name != "bootstrap_servers"}
    connection = AIOKafkaConnection(host.strip("[]"), int(port), client_id="slugline-door", **settings)
    try:
        await connection.connect()
        await connection.send(MetadataRequest([]))
    finally:
        closed = connection.close()
        if closed is not None and connection._protocol is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(closed, GOODBYE)


def _unknown(to: Connection, address: str, error: KafkaError) -> str:
    if isinstance(error, SaslAuthenticationFailed):
        return (
            f"{address} does not know user {to.username} by that password ({to.mechanism}): check {TO_USERS}"
        )
    return f"{address} does not take {to.mechanism}: say in SLUGLINE_SASL_MECHANISM what it does take"


def _unanswered(to: Connection, address: str, error: Exception) -> BrokerError:
    """Why nobody let us in, by what was seen of the connection."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return AccessError(_mistrusted(address, error))
    if _hung_up(error):
        return AccessError(
            f"{address} hung up on {to.protocol}: say in SLUGLINE_SECURITY_PROTOCOL what it speaks "
            "(TLS is SSL, users over TLS are SASL_SSL)"
        )
    return BrokerError(nobody(to.address, _said(error)))


def _mistrusted(address: str, error: ssl.SSLCertVerificationError) -> str:
    why = error.verify_message
    if "mismatch" in why:
        return f"{address} shows the certificate of another: {why}. Name the broker as its certificate does"
    if "expired" in why or "not yet valid" in why:
        return f"{address} shows a certificate that is not valid now: {why}. Renew it, or set this clock"
    return f"{address} is not to be trusted: {why}. Name the CA that signed for it in SLUGLINE_SSL_CAFILE"


def _hung_up(error: Exception) -> bool:
    """Answered by closing: it was reached and spoke something else. A closed port refuses and is not meant."""
    if isinstance(error, ConnectionRefusedError | TimeoutError):
        return False
    ended = (asyncio.IncompleteReadError, ConnectionResetError, ssl.SSLError, IncompatibleBrokerVersion)
    return isinstance(error, ended) or isinstance(error.__cause__, ended)


def nobody(address: str, why: str) -> str:
    return (
        f"no broker answers at {address} ({why}): start one with `slugline broker` or `make kafka`, "
        "or name another with --broker"
    )


def _said(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(error, TimeoutError):
        return "nothing was said in time"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
