"""How every Kafka client of the project reaches the broker, security included. Passwords are never shown."""

import logging
import os
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stream.broker.problem import AccessError

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")

# aiokafka's debug lines hold every request as it is sent, and with PLAIN one of them is the password.
logging.getLogger("aiokafka.conn").setLevel(logging.INFO)


@dataclass(frozen=True, slots=True)
class Connection:
    """`address` is one broker or several with commas. Empty is not set; the password is not in the repr."""

    address: str
    protocol: str = "PLAINTEXT"
    mechanism: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    cafile: str = ""

    @property
    def plain(self) -> bool:
        """Whether it knows neither certificates nor users."""
        return self.protocol == "PLAINTEXT"

    @property
    def encrypted(self) -> bool:
        return self.protocol.endswith("SSL")

    @property
    def sasl(self) -> bool:
        return self.protocol.startswith("SASL")

    def tls(self) -> ssl.SSLContext | None:
        """What checks the broker's certificate and its name; None without TLS. AccessError for a CA file that
        is none."""
        if not self.encrypted:
            return None
        try:
            return ssl.create_default_context(cafile=self.cafile or None)
        except (OSError, ValueError) as error:  # an SSLError is an OSError
            why = getattr(error, "strerror", None) or error
            raise AccessError(
                f"SLUGLINE_SSL_CAFILE={self.cafile} is no file of certificates in PEM ({why})"
            ) from error

    def _machines(self) -> str:
        """The CAs that Python trusts, which librdkafka, built apart, would look for elsewhere."""
        trusted = ssl.get_default_verify_paths()
        return (trusted.cafile or trusted.capath or "") if self.encrypted else ""

    def aiokafka(self) -> dict[str, Any]:
        """Keyword arguments of aiokafka's clients."""
        settings: dict[str, Any] = {"bootstrap_servers": self.address, "security_protocol": self.protocol}
        if self.encrypted:
            settings["ssl_context"] = self.tls()
        if self.sasl:
            settings["sasl_mechanism"] = self.mechanism
            settings["sasl_plain_username"] = self.username
            settings["sasl_plain_password"] = self.password
        return settings

    def confluent(self) -> dict[str, Any]:
        """The settings of confluent-kafka's clients, which log to stderr unless told not to."""
        every = {
            "bootstrap.servers": self.address,
            "security.protocol": self.protocol,
            "ssl.ca.location": self.cafile or self._machines(),
            "sasl.mechanism": self.mechanism,
            "sasl.username": self.username,
            "sasl.password": self.password,
        }
        return {name: value for name, value in every.items() if value} | {"log_level": 2}


def connection(address: str, environment: Mapping[str, str] = os.environ) -> Connection:
    """To `address`, as SLUGLINE_SECURITY_PROTOCOL, SLUGLINE_SASL_MECHANISM, _USERNAME, _PASSWORD or
    _PASSWORD_FILE, and SLUGLINE_SSL_CAFILE say. AccessError if odd."""

    def said(name: str, otherwise: str = "") -> str:
        return environment.get(f"SLUGLINE_{name}") or otherwise

    username = said("SASL_USERNAME")
    found = Connection(
        address,
        said("SECURITY_PROTOCOL", "PLAINTEXT").upper(),
        said("SASL_MECHANISM", "PLAIN").upper() if username else "",
        username,
        _password(said("SASL_PASSWORD"), said("SASL_PASSWORD_FILE")),
        said("SSL_CAFILE"),
    )
    for odd in _odd(found):
        raise AccessError(odd)
    return found


def _password(given: str, file: str) -> str:
    """As it was given, or as the file has it but for the end of its line."""
    if given and file:
        raise AccessError(
            "SLUGLINE_SASL_PASSWORD and SLUGLINE_SASL_PASSWORD_FILE are both set: leave one out"
        )
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n") if file else given
    except OSError as error:
        raise AccessError(f"SLUGLINE_SASL_PASSWORD_FILE={file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:  # it holds the bytes, which nobody is to see
        raise AccessError(f"SLUGLINE_SASL_PASSWORD_FILE={file} cannot be read: it is not UTF-8") from None


def _odd(found: Connection) -> Iterator[str]:
    """What would not work, or would silently do nothing: a password that is not used is one that is missed."""
    if found.protocol not in PROTOCOLS:
        yield f"SLUGLINE_SECURITY_PROTOCOL={found.protocol}: it is one of {', '.join(PROTOCOLS)}"
    if found.mechanism and found.mechanism not in MECHANISMS:
        yield f"SLUGLINE_SASL_MECHANISM={found.mechanism}: it is one of {', '.join(MECHANISMS)}"
    if found.sasl and not (found.username and found.password):
        yield (
            f"{found.protocol} needs SLUGLINE_SASL_USERNAME and SLUGLINE_SASL_PASSWORD, "
            "or SLUGLINE_SASL_PASSWORD_FILE"
        )
    if (found.username or found.password) and not found.sasl:
        yield f"there is a user for SASL, but SLUGLINE_SECURITY_PROTOCOL={found.protocol}: say SASL_SSL"
    if found.cafile and not found.encrypted:
        yield f"SLUGLINE_SSL_CAFILE is set, but SLUGLINE_SECURITY_PROTOCOL={found.protocol} has no TLS"
