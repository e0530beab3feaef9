"""Laws of every command that reads the public topics: a broker that is not there, and its help."""

import socket

import pytest

from tests.cli.published import nobody, one_line, slugline

COMMANDS = [
    ["tail"],
    ["tail", "--until-end", "--canonical"],
    ["stories"],
    ["stories", "5b1e"],
    ["dead", "list"],
    ["dead", "show", "x"],
    ["dead", "retry", "--all"],
    ["merge", "5b1e", "77aa"],
    ["split", "5b1e", "001"],
    ["stories", "--run", "may-2"],
    ["runs", "list"],
    ["runs", "forget", "may-2"],
    ["replay", "--from-topic", "raw", "--run", "may-2"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nobody_there_is_told_in_one_line_with_what_to_do(command: list[str]) -> None:
    """Exit code 1, and nothing hangs."""
    done = slugline(nobody(), *command)
    assert (done.returncode, done.stdout) == (1, b"")
    assert one_line(done.stderr)
    assert b"slugline broker" in done.stderr


@pytest.mark.parametrize("address", ["nowhere.invalid:9092", "127.0.0.1:port", ":"])
def test_an_address_that_is_none_is_told_in_one_line(address: str) -> None:
    """A slip of the keys is no traceback."""
    done = slugline(address, "stories")
    assert (done.returncode, done.stdout) == (1, b"")
    assert one_line(done.stderr)


def test_somebody_who_never_answers_is_told_in_one_line() -> None:
    """A port that is open and silent, as behind a firewall or while a broker starts."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        done = slugline(f"127.0.0.1:{silent.getsockname()[1]}", "tail")
    assert (done.returncode, done.stdout) == (1, b"")
    assert one_line(done.stderr)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_broker_named_is_wrong_usage(command: list[str]) -> None:
    """One line, exit code 2, with the option that names it."""
    done = slugline(None, *command)
    assert (done.returncode, done.stdout) == (2, b"")
    assert one_line(done.stderr)
    assert b"--broker" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["tail"],
        ["stories"],
        ["dead"],
        ["dead", "list"],
        ["dead", "show"],
        ["dead", "retry"],
        ["merge"],
        ["split"],
    ],
    ids=" ".join,
)
def test_help_says_what_it_does(command: list[str]) -> None:
    """A sentence first, then every option with a word on it."""
    done = slugline(None, *command, "--help")
    usage, _, rest = done.stdout.decode().partition("\n\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert usage.startswith(f"Usage: slugline {' '.join(command)}")
    assert rest.strip()[0].isupper()
    options = [line.split() for line in rest.splitlines() if line.startswith("  -")]
    assert options
