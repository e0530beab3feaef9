"""What a command says that is not let in, on an Apache Kafka with TLS and users: one line, what to do, and 2."""

import subprocess
import sys

import pytest
from click.testing import Result

from tests.broker.guarded import ROOT, Guarded
from tests.cli.published import one_line

pytestmark = pytest.mark.kafka

WORKER = ["worker", "--until-idle", "1"]
EVERYTHING = ("SECURITY_PROTOCOL", "SASL_MECHANISM", "SASL_USERNAME", "SASL_PASSWORD_FILE", "SSL_CAFILE")
FAUST = [sys.executable, "-m", "faust", "-A", "stream.worker", "worker", "--without-web"]
SERVICE = [sys.executable, str(ROOT / "examples" / "alerting_service.py")]
FEED = [sys.executable, str(ROOT / "examples" / "feed.py")]


def last_line(done: "subprocess.CompletedProcess[bytes]") -> str:
    """The one line that tells; a worker's log, which is JSON, may come before."""
    assert (done.returncode, done.stdout) == (2, b""), done.stderr.decode()[-3_000:]
    told = [line for line in done.stderr.splitlines(keepends=True) if not line.startswith(b"{")]
    assert one_line(b"".join(told)), done.stderr.decode()[-3_000:]
    return told[0].decode()


def refusal(done: Result) -> str:
    """The same of a command that ran in this process."""
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert one_line(done.stderr_bytes), done.stderr
    return done.stderr


WRONG = {"SASL_PASSWORD_FILE": "", "SASL_PASSWORD": "hot-metal"}


@pytest.mark.parametrize(
    ("user", "command"), [("desk", WORKER), ("agency", ["replay"]), ("alerts", ["tail"])]
)
def test_a_wrong_password_is_told(broker_with_users: Guarded, user: str, command: list[str]) -> None:
    """By the user's name and where a password is taken from; never by the password."""
    said = last_line(broker_with_users.slugline(user, *command, **WRONG))
    assert f"does not know user {user} by that password" in said
    assert "SLUGLINE_SASL_PASSWORD_FILE" in said
    assert "hot-metal" not in said


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"SSL_CAFILE": "other"}, "SLUGLINE_SSL_CAFILE"),
        ({"SSL_CAFILE": ""}, "is not to be trusted"),
        ({"SASL_MECHANISM": "SCRAM-SHA-256"}, "does not take SCRAM-SHA-256"),
        ({"SECURITY_PROTOCOL": "SASL_PLAINTEXT", "SSL_CAFILE": ""}, "SLUGLINE_SECURITY_PROTOCOL"),
        (dict.fromkeys(EVERYTHING, ""), "hung up on PLAINTEXT: say in SLUGLINE_SECURITY_PROTOCOL"),
    ],
    ids=["unknown CA", "no CA", "another mechanism", "no TLS", "nothing said"],
)
@pytest.mark.parametrize("command", [WORKER, ["stories"], ["topics", "check"]], ids=" ".join)
def test_a_setting_that_does_not_fit_is_told(
    broker_with_users: Guarded, command: list[str], more: dict[str, str], named: str
) -> None:
    """Each by its name, whoever asks."""
    other = {
        name: str(broker_with_users.certificates.other) for name, told in more.items() if told == "other"
    }
    assert named in refusal(broker_with_users.invoked("desk", *command, **(more | other)))


@pytest.mark.parametrize(
    ("user", "command", "lacking", "role"),
    [
        ("stranger", WORKER, "read group slugline-v1", "worker"),
        ("alerts", WORKER, "write topic wire.items.v1, story.events.v1", "worker"),
        ("alerts", ["replay"], "write topic wire.raw.v1, wire.dead.v1", "replayer"),
        ("agency", ["tail"], "read topic story.events.v1", "subscriber"),
        ("agency", ["stories"], "read topic story.state.v1", "subscriber"),
        ("alerts", ["dead", "list"], "read topic wire.dead.v1", "editor"),
        ("agency", ["dead", "retry", "--all"], "read topic wire.dead.v1", "editor"),
        ("alerts", ["merge", "5b1e", "77aa"], "write topic wire.items.v1", "editor"),
        ("alerts", ["fold", "--topic", "wire.items.v1", "--events"], "read topic wire.items.v1", "editor"),
        ("stranger", ["topics", "check"], "see the settings of topic wire.raw.v1", "worker"),
    ],
)
def test_a_missing_right_is_told_with_the_command_that_grants_it(
    broker_with_users: Guarded, user: str, command: list[str], lacking: str, role: str
) -> None:
    """What is lacking, whole, and the role that has it."""
    said = refusal(broker_with_users.invoked(user, *command))
    assert f"does not let user {user} " in said
    assert lacking in said
    assert f"slugline topics acls --{role} {user} --broker" in said


@pytest.mark.parametrize(
    ("user", "command"),
    [
        ("desk", ["topics", "acls", "--worker", "desk"]),
        ("desk", ["topics", "acls", "--worker", "desk", "--dry-run"]),
        ("stranger", ["topics", "declare"]),
    ],
)
def test_what_is_the_operators_is_told(broker_with_users: Guarded, user: str, command: list[str]) -> None:
    """Rights and topics are the super user's; looking at rights, too."""
    assert "super user" in refusal(broker_with_users.invoked(user, *command))


def test_a_worker_started_faust_s_way_is_told(broker_with_users: Guarded) -> None:
    """No traceback there either."""
    assert "user desk" in last_line(broker_with_users.run("desk", FAUST, **WRONG))


@pytest.mark.parametrize(
    ("user", "command", "more", "named"),
    [
        ("agency", SERVICE, {}, "story.events.v1"),
        ("stranger", FEED, {}, "wire.raw.v1"),
        ("agency", FEED, WRONG, "Authentication"),
    ],
    ids=["no right to read", "no right to write", "wrong password"],
)
def test_an_example_that_is_refused_ends(
    broker_with_users: Guarded, user: str, command: list[str], more: dict[str, str], named: str
) -> None:
    """With one line and 2, and no traceback, as our commands do."""
    assert named in last_line(broker_with_users.run(user, command, **more))


@pytest.mark.parametrize("command", [["worker"], ["topics", "acls"]])
def test_help_shows_no_password(broker_with_users: Guarded, command: list[str]) -> None:
    """Whatever stands in the environment; and no option takes one, which all could see in the list of processes."""
    done = broker_with_users.invoked("desk", *command, "--help", **WRONG)
    assert done.exit_code == 0
    assert "hot-metal" not in done.output
    assert "password" not in done.output.lower()
