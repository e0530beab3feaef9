"""The law that the compose file's Kafka starts: its settings, on the real broker, on free ports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient

from stream.broker.jars import home, jars, java
from stream.broker.kafka import free_ports
from stream.broker.node import Node, Ports
from tests.deploy.services import services

PATIENCE = 30.0
# What the image's own start script reads; every other variable becomes a line of server.properties.
NOT_SETTINGS = ("KAFKA_HEAP_OPTS",)


def settings() -> dict[str, str]:
    """The variables as the image turns them into settings: KAFKA_NODE_ID is node.id."""
    environment = services()["kafka"]["environment"]
    return {
        name.removeprefix("KAFKA_").lower().replace("_", "."): str(told)
        for name, told in environment.items()
        if name.startswith("KAFKA_") and name not in NOT_SETTINGS
    }


def moved(told: dict[str, str], folder: Path, inside: int, outside: int, controller: int) -> str:
    """The same settings where `kafka` is this machine, its ports are free and its volume is a folder."""
    places = {
        "listeners": f"CONTROLLER://:{controller},INSIDE://:{inside},OUTSIDE://:{outside}",
        "advertised.listeners": f"INSIDE://127.0.0.1:{inside},OUTSIDE://127.0.0.1:{outside}",
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "log.dirs": str(folder / "log"),
    }
    assert places.keys() <= told.keys()
    return "".join(f"{name}={value}\n" for name, value in (told | places).items())


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[Ports]:
    first, second = free_ports(2)
    whole = tmp_path / "cluster"
    whole.mkdir()
    node = Node(java(), jars(home()), whole, 0, (first,))
    node.properties.write_text(
        moved(settings(), node.properties.parent, first.broker, second.broker, first.controller)
    )
    node.format()
    node.start()
    try:
        node.wait_until_ready()
        yield Ports(first.broker, second.broker)
    finally:
        node.stop()


@pytest.mark.kafka
def test_the_settings_start_a_broker(ports: Ports) -> None:
    """Kafka takes every setting, answers on both listeners, and sends each client back the way it came."""
    for port in (ports.broker, ports.controller):
        client = AdminClient({"bootstrap.servers": f"127.0.0.1:{port}"})
        brokers = client.list_topics(timeout=PATIENCE).brokers.values()
        assert [f"{broker.host}:{broker.port}" for broker in brokers] == [f"127.0.0.1:{port}"]
