"""What can be wrong with a broker, as values and exceptions. No client may enter."""

from dataclasses import dataclass


class BrokerError(Exception):
    """A broker that cannot be started, reached or used: one line, with what to do."""

    exit_code = 1  # of a command that ends with it


class AccessError(BrokerError):
    """A broker that does not let us in as we are: settings, certificate, user, password or rights. Trying
    again changes nothing."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a topic is not as the table says, and the command that mends it."""

    topic: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.topic} {self.what}"
