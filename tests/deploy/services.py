"""The services of docker-compose.yml as plain YAML, with every variable at its default."""

import re
from typing import Any

import yaml

from tests.deploy.tree import ROOT

COMPOSE = ROOT / "docker-compose.yml"
PINNED = re.compile(r"[\w./-]+:v?\d+\.\d+\.\d+[\w.-]*")
Service = dict[str, Any]


def services() -> dict[str, Service]:
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", COMPOSE.read_text())
    told: dict[str, Service] = yaml.safe_load(text)["services"]
    return told


def ours() -> dict[str, Service]:
    return {name: service for name, service in services().items() if "build" in service}
