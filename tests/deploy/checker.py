"""The program that judges a compose file: docker compose where it is, else compose/main.go. Never faked."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.tree import ROOT

FILE = "<file>"
MISSING = (
    "no program reads compose files here: install docker compose, or build tests/deploy/compose with Go "
    "into .cache/bin/compose-check (or anywhere, and name it in SLUGLINE_COMPOSE_CHECK)"
)


def find_checker() -> list[str] | None:
    """The command that reads the compose file standing for FILE in it, or None."""
    named = os.environ.get("SLUGLINE_COMPOSE_CHECK")
    if named:
        return [named, FILE]
    if docker_has_compose():
        return ["docker", "compose", "--profile", "*", "--file", FILE, "config"]
    found = shutil.which("compose-check", path=f"{ROOT / '.cache' / 'bin'}:{os.environ.get('PATH', '')}")
    return [found, FILE] if found else None


def docker_has_compose() -> bool:
    if shutil.which("docker") is None:
        return False
    return subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0


def must_check() -> bool:
    return os.environ.get("SLUGLINE_REQUIRE_COMPOSE") == "1"


def normal_form(checker: list[str], path: Path, **environment: str) -> dict[str, Any]:
    """The file as the program understands it; ValueError with the program's own words where it refuses."""
    command = [str(path) if word == FILE else word for word in checker]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | environment,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise ValueError(done.stderr.strip())
    told = yaml.safe_load(done.stdout)
    assert isinstance(told, dict)
    return told
