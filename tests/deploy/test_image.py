"""Laws of the Dockerfile: what it installs, what it copies, what it runs as."""

from tests.deploy.services import PINNED
from tests.deploy.tree import INSTALLED, ROOT, joined_lines, pyproject

DOCKERFILE = joined_lines((ROOT / "Dockerfile").read_text())


def test_the_image_installs_from_the_lock() -> None:
    """Whatever pip fetches while the image is built is held to a hash; the rest is our own wheel."""
    steps = [step for line in DOCKERFILE if line.startswith("RUN") for step in line.split("&&")]
    installs = [step for step in steps if "pip install" in step or "pip wheel" in step]
    assert any("-r requirements.lock" in step for step in installs)
    assert [step for step in installs if "--require-hashes" not in step and "--no-deps" not in step] == []


def test_the_image_is_pinned_and_small_in_rights() -> None:
    """Its base carries a whole version that the package runs on, and it runs as nobody special."""
    bases = [line.split()[1] for line in DOCKERFILE if line.startswith("FROM")]
    assert len(set(bases)) == 1
    assert PINNED.fullmatch(bases[0])
    assert bases[0].startswith("python:3.11.")
    assert [line for line in DOCKERFILE if line.startswith("USER")] == ["USER slugline"]


def test_the_image_runs_the_command_line_of_the_tests() -> None:
    """Its entry point is `slugline`, the script that pyproject.toml installs."""
    assert 'ENTRYPOINT ["slugline"]' in DOCKERFILE
    assert "slugline" in pyproject()["project"]["scripts"]


def test_what_the_image_copies_is_there() -> None:
    """Every path that is copied exists and is let through .dockerignore; the package is among them."""
    copies = [line.split()[1:-1] for line in DOCKERFILE if line.startswith("COPY") and "--from" not in line]
    copied = {path for copy in copies for path in copy}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().split("\n") if line.startswith("!")}
    assert copied == let_in
    assert [path for path in copied if not (ROOT / path).exists()] == []
    assert set(INSTALLED) <= copied
