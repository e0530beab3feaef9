"""Makes .venv from the lock files, once, however many makes ask at the same time; standard library only."""

import fcntl
import hashlib
import importlib.util
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "stamp"
REHEARSAL = "from stream.core.rehearsal import rehearse; from stream.core.settings import Settings; rehearse(Settings())"
LOCKS = ("requirements-build.lock", "requirements-dev.lock")


def main() -> int:
    # .cache and not .venv: the lock must outlive a .venv that is being made anew.
    guard = ROOT / ".cache" / "venv.lock"
    guard.parent.mkdir(exist_ok=True)
    with guard.open("w") as held:
        wait_for(held.fileno())
        if made_from() != wanted():
            make()
        STAMP.touch()
    return 0


def wait_for(file: int) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another make is preparing .venv: waiting for it ...")
        fcntl.flock(file, fcntl.LOCK_EX)


def wanted() -> str:
    """What .venv is a function of: the locks, the package's own metadata, the interpreter, the place."""
    whole = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for name in (*LOCKS, "pyproject.toml"):
        whole.update((ROOT / name).read_bytes())
    return whole.hexdigest()


def made_from() -> str:
    return STAMP.read_text().strip() if STAMP.exists() else ""


def make() -> None:
    say("preparing .venv (once; under a minute) ...")
    # One that was finished is brought up to date in place: a program may be running from it.
    unfinished = not made_from()
    STAMP.unlink(missing_ok=True)
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    venv.create(VENV, clear=unfinished, symlinks=True, with_pip=has_ensurepip)
    python = VENV / "bin" / "python"
    # Debian parts ensurepip from Python: there the pip outside installs into the environment.
    pip = (
        [str(python), "-m", "pip"]
        if has_ensurepip
        else [sys.executable, "-m", "pip", "--python", str(python)]
    )
    install = [*pip, "--disable-pip-version-check", "--quiet", "install"]
    for name in LOCKS:
        say(f"  installing {name} ...")
        run(*install, "--require-hashes", "--requirement", name)
    say("  installing slugline itself ...")
    run(*install, "--no-deps", "--no-build-isolation", "--editable", ".")
    say("  compiling its kernels ...")
    run(str(python), "-c", REHEARSAL)
    STAMP.write_text(wanted() + "\n")
    say("  .venv is ready")


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
    if done.returncode:
        say(f"this failed (exit code {done.returncode}): {' '.join(command)}")
        raise SystemExit(done.returncode)


def say(words: str) -> None:
    """Set-up talks on standard error: standard output belongs to what was asked for."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
