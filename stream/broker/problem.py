"""What can be wrong with a broker, as values and one exception. No client may enter."""

from dataclasses import dataclass


class BrokerError(Exception):
    """A broker that cannot be started, reached or used: one line, with what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a topic is not as the table says, and the command that mends it."""

    topic: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.topic} {self.what}"
