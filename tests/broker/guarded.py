"""An Apache Kafka with TLS, users and rights, made ready as docs/security.md says, and commands run as its users."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from confluent_kafka.admin import (  # type: ignore[attr-defined]  # it re-exports without saying so
    AdminClient,
    ScramCredentialInfo,
    ScramMechanism,
    UserScramCredentialUpsertion,
)

from stream.broker.connection import Connection, connection
from stream.broker.kafka import LocalKafka
from stream.broker.secured import Secured
from stream.cli import main
from stream.topics import Role
from tests.broker.certificates import Certificates, certificates
from tests.cli.published import environment

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
SUPER = "admin"
BY_PLAIN = ("agency", "night", "morgue", "stranger")
BY_SCRAM = ("desk", "alerts")
ROLES: dict[Role, str] = {
    "worker": "desk",
    "replayer": "agency",
    "editor": "night",
    "subscriber": "alerts",
    "archivist": "morgue",
}


@dataclass(frozen=True, slots=True)
class Guarded:
    """Its address, its certificates, and a folder with a file for each user's password."""

    address: str
    certificates: Certificates
    folder: Path

    def password(self, user: str) -> str:
        return (self.folder / user).read_text().rstrip()

    def settings(self, user: str, **more: str) -> dict[str, str]:
        """What stands in the user's environment; `more` without SLUGLINE_, empty to leave one out."""
        settings = {
            "SECURITY_PROTOCOL": "SASL_SSL",
            "SASL_MECHANISM": "SCRAM-SHA-512" if user in BY_SCRAM else "PLAIN",
            "SASL_USERNAME": user,
            "SASL_PASSWORD_FILE": str(self.folder / user),
            "SSL_CAFILE": str(self.certificates.authority),
        }
        return {f"SLUGLINE_{name}": value for name, value in {**settings, **more}.items() if value}

    def connection(self, user: str, **more: str) -> Connection:
        return connection(self.address, self.settings(user, **more))

    def run(self, user: str, command: list[str], **more: str) -> subprocess.CompletedProcess[bytes]:
        """A program in that environment; a guard against hanging, not a measurement."""
        where = environment(self.address) | self.settings(user, **more)
        return subprocess.run(command, cwd=ROOT, env=where, capture_output=True, timeout=PATIENCE)

    def slugline(self, user: str, *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
        return self.run(user, [sys.executable, "-m", "stream", *words], **more)

    def invoked(self, user: str, *words: str, **more: str) -> Result:
        """A command in this process, for what needs no proof of a process."""
        unset = dict.fromkeys(name for name in os.environ if name.startswith("SLUGLINE_"))
        where = {**unset, "SLUGLINE_BROKER": self.address, **self.settings(user, **more)}
        return CliRunner(env=where).invoke(main, words)

    def let(self, user: str, *words: str) -> str:
        """What such a command says, which must end with 0."""
        done = self.invoked(user, *words)
        assert done.exit_code == 0, done.output
        return done.stdout

    def done(self, user: str, *words: str) -> bytes:
        """What a command says that must end with 0."""
        done = self.slugline(user, *words)
        assert done.returncode == 0, done.stderr.decode()[-3_000:]
        return done.stdout


@contextmanager
def guarded(folder: Path) -> Iterator[Guarded]:
    """As its operator leaves it: topics declared, users made, rights given; `stranger` has none."""
    passwords = {user: f"{user}SecretNo{number}" for number, user in enumerate((SUPER, *BY_PLAIN, *BY_SCRAM))}
    for user, password in passwords.items():
        (folder / user).write_text(password + "\n")
    made = certificates(folder)
    by_plain = {user: passwords[user] for user in (SUPER, *BY_PLAIN)}
    with LocalKafka(secured=Secured(made.identity, made.authority, by_plain)) as kafka:
        found = Guarded(kafka.address, made, folder)
        found.let(SUPER, "topics", "declare")
        _by_scram(found, {user: passwords[user] for user in BY_SCRAM})
        found.let(SUPER, "topics", "acls", *_all_roles())
        yield found


def _all_roles() -> Iterator[str]:
    for role, user in ROLES.items():
        yield from (f"--{role}", user)


def _by_scram(found: Guarded, passwords: Mapping[str, str]) -> None:
    """With few iterations: what is tested is the way in."""
    how = ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096)
    asked: list[Any] = [
        UserScramCredentialUpsertion(user, how, word.encode()) for user, word in passwords.items()
    ]
    client = AdminClient(found.connection(SUPER).confluent())
    for answer in client.alter_user_scram_credentials(asked).values():
        answer.result(PATIENCE)
