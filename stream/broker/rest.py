"""Whether groups are at rest: no member of theirs reads or writes. Who is to end them is not said here."""

from collections.abc import Iterable

from stream.broker.admin import Admin
from stream.broker.problem import BrokerError


def must_rest(address: str, groups: Iterable[str]) -> None:
    """BrokerError, with what to do, where one has members. The embedded broker does not tell."""
    admin = Admin(address)
    if admin.look()[1]:
        return
    for group in groups:
        if count := admin.crowd(group):
            raise BrokerError(
                f"{count} of the group {group} run: end the workers with SIGTERM, and take out for good those that are "
                "expected back (slugline worker --leave)"
            )
