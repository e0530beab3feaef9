"""Laws of docs/security.md: what it says of settings, roles and messages is what the code says."""

import inspect
import re
from pathlib import Path

import pytest

from stream.broker import access, acls, admin, connection, door
from stream.broker.secured import Secured
from stream.rights import ROLES, rights
from tests.deploy.tree import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text()
SAYERS = "".join(inspect.getsource(room) for room in (access, acls, admin, connection, door))


def rows(first: str) -> list[list[str]]:
    """The cells of the table whose first heading is this, without it."""
    table = PAGE[PAGE.index(f"| {first} |") :].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def names(cell: str) -> set[str]:
    return {name.strip() for name in cell.split(",") if name.strip()}


def may(role: str, operation: str) -> set[str]:
    of_role = next(rights(one, "") for one in ROLES if one == role)
    return {
        f"{right.name}{'*' if right.prefixed else ''}"
        for right in of_role
        if (right.kind, right.operation) == ("topic", operation)
    }


def test_its_roles_are_those_of_the_table() -> None:
    """Each, with the topics that it reads and writes."""
    told = {row[0]: (names(row[2]), names(row[3])) for row in rows("role")}
    assert told == {role: (may(role, "READ"), may(role, "WRITE")) for role in ROLES}


def test_its_broker_is_the_one_that_the_tests_run_on() -> None:
    """Every setting that makes the tests' broker a secured one, as it is there but for folders and passwords."""
    told = dict(re.findall(r"^([\w.-]+)=(.*)$", PAGE, re.M))
    for name, value in Secured(Path("/etc/kafka"), Path("/etc/kafka"), {"admin": "x"}).settings().items():
        assert name in told
        if not name.endswith(("location", "jaas.config")):
            assert told[name] == value


def test_it_names_every_variable() -> None:
    """All that a client takes from the environment, and none that no client takes."""
    source = inspect.getsource(connection)
    taken = {f"SLUGLINE_{name}" for name in re.findall(r'said\("([A-Z_]+)"', source)}
    assert len(taken) == 6
    assert taken | {"SLUGLINE_BROKER"} == set(re.findall(r"SLUGLINE_[A-Z_]+", PAGE))
    assert taken <= set(re.findall(r"SLUGLINE_[A-Z_]+", (ROOT / "examples" / "secured.py").read_text()))


@pytest.mark.parametrize("said", [row[0].strip("`") for row in rows("it says")])
def test_every_message_that_it_explains_is_said(said: str) -> None:
    """In these words, but for what stands for a name."""
    for part in said.split("…"):
        assert part.strip() in SAYERS
