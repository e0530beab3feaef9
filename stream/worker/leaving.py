"""Takes a static member out of the group for good, so that its partitions move at once. No worker runs here."""

from aiokafka.client import AIOKafkaClient, CoordinationType
from aiokafka.protocol.group import LeaveGroupRequest

from stream.broker.admin import Admin
from stream.broker.connection import connection
from stream.broker.problem import BrokerError
from stream.worker.faust_app import APP_ID


async def leave(broker: str, instance: str, group: str = APP_ID) -> None:
    """What a worker that is stopped does not do by itself, as it is expected back. BrokerError where nobody is called so."""
    members = Admin(broker).members(group)
    if instance not in members:
        known = ", ".join(sorted(members)) or "none"
        raise BrokerError(f"no instance {instance} is in the group {group}; there: {known}")
    client = AIOKafkaClient(**connection(broker).aiokafka())
    await client.bootstrap()
    try:
        node = await client.coordinator_lookup(CoordinationType.GROUP, group)
        answer = await client.send(node, LeaveGroupRequest(group, members[instance]))
    finally:
        await client.close()
    if answer.error_code:
        raise BrokerError(f"the group {group} did not let {instance} go: error {answer.error_code}")
