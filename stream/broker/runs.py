"""The topics of runs on a broker: made, listed, taken away. What a run says may not enter."""

from collections.abc import Mapping

from stream.broker.admin import Admin
from stream.broker.declare import BROKERS_OWN, configured
from stream.broker.problem import BrokerError
from stream.runs import Origin, group_of, run_of, run_table


def make(address: str, run: str, origin: Origin, again: bool, replication: int = BROKERS_OWN) -> None:
    """The topics of a run; those of one that was begun are kept where it is to go on `again`. BrokerError otherwise."""
    admin, topics = Admin(address), run_table(run, origin)
    there, embedded = admin.look()
    if not again and any(run_of(name) == run for name in there):
        raise BrokerError(
            f"there is a run {run} on {address}: --resume goes on with it, `slugline runs forget {run}` takes it away"
        )
    if embedded:  # it makes what is asked for, with four partitions
        admin.ask_for(topic.name for topic in topics)
        return
    missing = [topic for topic in topics if topic.name not in there]
    admin.create(missing, replication)
    admin.wait_for(present={topic.name: topic.partitions for topic in missing})
    list(configured(admin, missing))


def listed(address: str) -> Mapping[str, tuple[str, ...]]:
    """The runs by name, each with its topics."""
    runs: dict[str, list[str]] = {}
    for topic in sorted(Admin(address).look()[0]):
        if (run := run_of(topic)) is not None:
            runs.setdefault(run, []).append(topic)
    return {run: tuple(topics) for run, topics in runs.items()}


def forget(address: str, run: str) -> tuple[str, ...]:
    """Takes away the topics of a run, which it returns, and how far it had come. BrokerError where there is none."""
    admin = Admin(address)
    there, embedded = admin.look()
    topics = tuple(sorted(topic for topic in there if run_of(topic) == run))
    if embedded and topics:
        raise BrokerError("the embedded broker takes no topic away: what a run wrote ends with it")
    if not topics:
        raise BrokerError(f"there is no run {run} on {address}: `slugline runs list` names them")
    admin.forget_group(group_of(run))
    admin.delete(topics)
    admin.wait_for(absent=topics)
    return topics
