"""How every Kafka client of the project reaches the broker, security included. Passwords are never shown."""

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stream.broker.problem import BrokerError

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")


@dataclass(frozen=True, slots=True)
class Connection:
    """`address` is one broker or several with commas. Empty is not set; the password is not in the repr."""

    address: str
    protocol: str = "PLAINTEXT"
    mechanism: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    cafile: str = ""

    def aiokafka(self) -> dict[str, Any]:
        """Keyword arguments of aiokafka's clients."""
        settings: dict[str, Any] = {"bootstrap_servers": self.address, "security_protocol": self.protocol}
        if self.protocol.endswith("SSL"):
            settings["ssl_context"] = ssl.create_default_context(cafile=self.cafile or None)
        if self.protocol.startswith("SASL"):
            settings["sasl_mechanism"] = self.mechanism
            settings["sasl_plain_username"] = self.username
            settings["sasl_plain_password"] = self.password
        return settings

    def confluent(self) -> dict[str, Any]:
        """The settings of confluent-kafka's clients, which log to stderr unless told not to."""
        every = {
            "bootstrap.servers": self.address,
            "security.protocol": self.protocol,
            "ssl.ca.location": self.cafile,
            "sasl.mechanism": self.mechanism,
            "sasl.username": self.username,
            "sasl.password": self.password,
        }
        return {name: value for name, value in every.items() if value} | {"log_level": 2}


def connection(address: str, environment: Mapping[str, str] = os.environ) -> Connection:
    """To `address`, with what SLUGLINE_SECURITY_PROTOCOL, _SASL_* and _SSL_CAFILE say. BrokerError if odd."""

    def said(name: str, otherwise: str = "") -> str:
        return environment.get(f"SLUGLINE_{name}", otherwise)

    found = Connection(
        address,
        said("SECURITY_PROTOCOL", "PLAINTEXT").upper(),
        said("SASL_MECHANISM", "PLAIN") if said("SASL_USERNAME") else "",
        said("SASL_USERNAME"),
        said("SASL_PASSWORD"),
        said("SSL_CAFILE"),
    )
    if found.protocol not in PROTOCOLS:
        raise BrokerError(f"SLUGLINE_SECURITY_PROTOCOL={found.protocol}: it is one of {', '.join(PROTOCOLS)}")
    if found.protocol.startswith("SASL") and not found.username:
        raise BrokerError(f"{found.protocol} needs SLUGLINE_SASL_USERNAME and SLUGLINE_SASL_PASSWORD")
    return found
