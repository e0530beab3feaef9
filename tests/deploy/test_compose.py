"""Laws of docker-compose.yml, as a real compose reader and as plain YAML read it."""

import re
from pathlib import Path

import pytest

from stream.broker.jars import KAFKA
from tests.deploy.checker import MISSING, find_checker, must_check, normal_form
from tests.deploy.services import COMPOSE, PINNED, ours, services
from tests.deploy.tree import pyproject


@pytest.fixture
def checker() -> list[str]:
    found = find_checker()
    if found is None and not must_check():
        pytest.skip(MISSING)
    assert found is not None, MISSING
    return found


def test_a_compose_reader_accepts_the_file(checker: list[str]) -> None:
    """docker compose, or the parser it is built on, reads the file and finds every service in it."""
    told = normal_form(checker, COMPOSE)
    assert set(told["services"]) == set(services())


def test_ports_and_partitions_come_from_the_environment(checker: list[str]) -> None:
    """SLUGLINE_PORT moves the port and the address that Kafka tells its clients, together."""
    told = normal_form(checker, COMPOSE, SLUGLINE_PORT="9192", SLUGLINE_RAW_PARTITIONS="12")
    kafka = told["services"]["kafka"]
    assert [port["published"] for port in kafka["ports"]] == ["9192"]
    assert "OUTSIDE://127.0.0.1:9192" in kafka["environment"]["KAFKA_ADVERTISED_LISTENERS"]
    assert all(told["services"][name]["environment"]["SLUGLINE_RAW_PARTITIONS"] == "12" for name in ours())


def test_a_compose_reader_refuses_a_broken_file(checker: list[str], tmp_path: Path) -> None:
    """The check can fail: a service that waits for one that is not there is refused by name."""
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(COMPOSE.read_text().replace("      topics:\n", "      nobody:\n"))
    with pytest.raises(ValueError, match="nobody"):
        normal_form(checker, broken)


@pytest.mark.parametrize("name", services())
def test_images_are_pinned(name: str) -> None:
    """Every image carries a whole version: what was tested is what runs."""
    assert PINNED.fullmatch(services()[name]["image"])


def test_kafka_is_the_one_of_the_tests() -> None:
    """The broker in the container has the version of the one that `make test-kafka` starts."""
    assert services()["kafka"]["image"] == f"apache/kafka:{KAFKA}"


def test_the_image_is_this_version() -> None:
    """The image's tag is the version in pyproject.toml."""
    version = pyproject()["project"]["version"]
    assert {service["image"] for service in ours().values()} == {f"slugline:{version}"}


def test_workers_scale() -> None:
    """Nothing of a worker is one of its kind: no name, port or volume that a second would want."""
    assert not {"container_name", "hostname", "ports", "volumes"} & set(ours()["worker"])


def test_a_worker_is_given_time_to_end() -> None:
    """SIGTERM ends a worker within 10 s; Docker's SIGKILL comes later than that."""
    grace = re.fullmatch(r"(\d+)s", ours()["worker"]["stop_grace_period"])
    assert grace is not None
    assert int(grace[1]) > 10


def test_ports_are_on_the_loopback() -> None:
    """A Kafka without passwords is not shown to the network."""
    published = [port for service in services().values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_workers_wait_for_declared_topics() -> None:
    """A worker starts when the topics are declared, and they are declared when Kafka answers."""
    assert ours()["worker"]["depends_on"]["topics"]["condition"] == "service_completed_successfully"
    assert ours()["topics"]["depends_on"]["kafka"]["condition"] == "service_healthy"
    assert "healthcheck" in services()["kafka"]
