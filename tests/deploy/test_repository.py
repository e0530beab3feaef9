"""Laws of the repository: it names no machine, no registry no private folder, and brings its licence."""

import re
from pathlib import Path

import pytest

from tests.deploy.tree import ROOT, files, pyproject, shown

# Written so that this file does not match its own rules.
NOT_HERE = {
    "a package registry's address": re.compile(
        r"pypi\.org|pythonhosted\.org|repo1?\.maven\.|docker\.io|proxy\.golang\.org|registry\.npmjs"
    ),
    "a path of one machine": re.compile(r"(?<![\w.~-])/wor[k](?![\w-])|/opt/whee[l]s|/root/\.|/home/\w"),
    "the tracker": re.compile(r"\bissue \d|\bissues show\b"),
}
SHARED = re.compile(r"\.\./shared")
READS_SHARED = ("bench/", ".ci/run")


def text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("what", NOT_HERE)
def test_the_repository_names_no(what: str) -> None:
    """A clone works anywhere: nothing in it names the place where it was made."""
    found = [f"{shown(path)}: {hit[0]}" for path in files() if (hit := NOT_HERE[what].search(text(path)))]
    assert found == []


def test_only_the_bench_reads_the_shared_folder() -> None:
    """Tests need nothing beside the clone: the folder of real wires is for bench and CI alone."""
    readers = [shown(path) for path in files() if SHARED.search(text(path))]
    assert [path for path in readers if not path.startswith(READS_SHARED)] == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a package registry's address", "--index-url https://py" + "pi.org/simple"),
        ("a path of one machine", "cd /wor" + "k/main"),
        ("the tracker", "see iss" + "ue 12"),
    ],
)
def test_what_may_not_be_named_is_seen(what: str, line: str) -> None:
    """Each of the rules above finds a breach of it, and leaves the rooms of the package alone."""
    assert NOT_HERE[what].search(line)
    assert not NOT_HERE[what].search(
        "stream/worker/faust_app.py, /var/lib/slugline, faust #606, issues a revision"
    )


def test_the_licence_is_with_it() -> None:
    """LICENSE is the whole text of Apache-2.0, and pyproject.toml says the same."""
    licence = text(ROOT / "LICENSE")
    assert "Apache License" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert pyproject()["project"]["license"] == "Apache-2.0"


def test_the_seeds_keep_their_bytes() -> None:
    """git neither turns line ends nor encodings of what a wire delivered."""
    assert "replay/seeds/* -text" in text(ROOT / ".gitattributes").splitlines()
