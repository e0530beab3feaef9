"""Laws of the lock files: they pin what pyproject.toml asks for, by hash, and name no place it came from."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy.tree import ROOT, joined_lines, pyproject

PIN = re.compile(r"(?P<pin>\S+==\S+(?: ; [^-]+?)?)(?P<hashes>(?: --hash=sha256:[0-9a-f]{64})+)")
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-build.lock"]


def pins(lock: str) -> dict[str, str]:
    found = [PIN.fullmatch(line) for line in joined_lines((ROOT / lock).read_text())]
    pinned = [Requirement(match["pin"]) for match in found if match]
    return {canonicalize_name(one.name): next(iter(one.specifier)).version for one in pinned}


def asked_for() -> list[tuple[str, str]]:
    told = pyproject()
    project = told["project"]
    dev = [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *project["optional-dependencies"]["bench"],
    ]
    return [
        *(("requirements.lock", one) for one in project["dependencies"]),
        *(("requirements-dev.lock", one) for one in dev),
        *(("requirements-build.lock", one) for one in told["build-system"]["requires"]),
    ]


@pytest.mark.parametrize(("lock", "wanted"), asked_for())
def test_a_lock_pins_what_is_asked_for(lock: str, wanted: str) -> None:
    """Every requirement of pyproject.toml stands in its lock, at a version inside its range."""
    requirement = Requirement(wanted)
    pinned = pins(lock).get(canonicalize_name(requirement.name))
    assert pinned is not None, f"{requirement.name} is not in {lock}: make lock"
    assert requirement.specifier.contains(pinned), f"{lock} has {requirement.name} {pinned}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(lock: str) -> None:
    """No line names an address, a folder or an option: any mirror serves, and no other bytes are let in."""
    assert [line for line in joined_lines((ROOT / lock).read_text()) if not PIN.fullmatch(line)] == []


def test_tests_and_containers_run_the_same_versions() -> None:
    """What requirements.lock pins, requirements-dev.lock pins at the same version."""
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_a_line_without_a_hash_is_seen() -> None:
    """The shape that the laws above rest on refuses a bare pin, an address and a folder."""
    for line in ("orjson==3.13.0", "--find-links /wheels", "orjson @ file:///wheels/orjson.whl"):
        assert not PIN.fullmatch(line)
