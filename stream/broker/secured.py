"""What makes a local Apache Kafka one of TLS, users and rights: settings of its nodes. Nothing is started here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LISTENER = "SASL_SSL"
PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"


@dataclass(frozen=True, slots=True)
class Secured:
    """PEM files: `identity` is a node's key in PKCS#8 with its chain, `authority` the CA that all trust.

    `passwords`, of letters and digits, are those of the users of PLAIN; the nodes themselves are `superuser`.
    Users of SCRAM and rights are what the super user makes when the broker runs.
    """

    identity: Path
    authority: Path
    passwords: Mapping[str, str] = field(repr=False)
    superuser: str = "admin"

    def settings(self) -> dict[str, object]:
        """Of a node whose listeners are LISTENER and CONTROLLER."""
        return {
            "listener.security.protocol.map": f"{LISTENER}:SASL_SSL,CONTROLLER:SASL_SSL",
            "security.inter.broker.protocol": LISTENER,
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": self.identity,
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": self.authority,
            "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
            "sasl.mechanism.inter.broker.protocol": "PLAIN",
            "sasl.mechanism.controller.protocol": "PLAIN",
            "listener.name.sasl_ssl.plain.sasl.jaas.config": self._users(),
            "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config": f"{SCRAM} required;",
            "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
            "listener.name.controller.plain.sasl.jaas.config": self._users(),
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": f"User:{self.superuser}",
        }

    def _users(self) -> str:
        own = f'username="{self.superuser}" password="{self.passwords[self.superuser]}"'
        users = " ".join(f'user_{name}="{password}"' for name, password in self.passwords.items())
        return f"{PLAIN} required {own} {users};"
