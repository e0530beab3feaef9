"""`slugline topics acls`: brings the rights of users to a broker. Who may do what is not said here."""

from collections.abc import Sequence
from typing import Any

import click

from stream.broker.acls import Declared, Users, declare_acls
from stream.broker.admin import Admin
from stream.broker.grant import Grant
from stream.broker.options import broker_option, json_option
from stream.broker.problem import BrokerError
from stream.cli.last_line import last_line
from stream.core.codec import encode
from stream.rights import ROLES
from stream.topics import Role

WHO: dict[Role, str] = {
    "worker": "Turns items into stories.",
    "replayer": "Feeds items: slugline replay, a feed of your own.",
    "editor": "Merges, splits, looks after the dead letters, folds the topic.",
    "subscriber": "Reads events and stories; its groups are its own name and what begins with that and a dot.",
    "archivist": "Replays topics into runs beside the live stream, and forgets them.",
}

FORMER = "Has no role any more: with --exact it may nothing."


def _names(context: click.Context, option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if not name.strip() or name == "*" or name.startswith("User:"):
            raise click.BadParameter(f"{name!r} names no one user: say it as the user logs in, without User:")
    return names


def role_options(command: Any) -> Any:
    """One for each role, and one for those who have none any more, on a command."""
    for role, who in reversed([*WHO.items(), ("former", FORMER)]):
        option = click.option(
            f"--{role}",
            multiple=True,
            callback=_names,
            envvar=f"SLUGLINE_ACLS_{role.upper()}",
            metavar="USER",
            help=who,
        )
        command = option(command)
    return command


@click.command("acls")
@broker_option
@role_options
@click.option(
    "--exact", is_flag=True, envvar="SLUGLINE_EXACT", help="Take away what these users may besides."
)
@click.option(
    "--dry-run", is_flag=True, envvar="SLUGLINE_DRY_RUN", help="Say what would be done, and do nothing."
)
@json_option
def acls(
    address: str,
    exact: bool,
    dry_run: bool,
    as_json: bool,
    former: tuple[str, ...],
    **users: tuple[str, ...],
) -> None:
    """Let users do what their role needs, and no more: least-privilege ACLs, from the table of topics.

    Any role several times, for several users; a user may have several roles. Needs a super user of the broker,
    or one that may ALTER its cluster. What a user may besides is told, and taken away only with --exact.
    """
    by_role: Users = {role: users[role] for role in ROLES}
    if not (former or any(by_role.values())):
        raise click.UsageError("name a user: --" + ", --".join(ROLES), click.get_current_context())
    try:
        admin = Admin(address)
        embedded = admin.look()[1]
        how: dict[str, Any] = {"former": former, "exact": exact, "dry_run": dry_run}
        declared = Declared() if embedded else declare_acls(admin, by_role, **how)
    except BrokerError as error:
        raise last_line(error) from error
    if as_json:
        click.echo(encode({"broker": address, "dry_run": dry_run} | _json(declared)))
    elif embedded:
        click.echo("the embedded broker knows no users: everyone may do everything, and nothing was done")
    else:
        _tell(declared, dry_run, address)


def _tell(declared: Declared, dry_run: bool, address: str) -> None:
    for grant in declared.made:
        click.echo(f"{'would let' if dry_run else 'let'} {grant}")
    for other in declared.taken:
        click.echo(f"{'would take' if dry_run else 'took'} away {other}")
    for other in declared.left:
        click.echo(f"left {other}")
    if not declared.made:
        click.echo(f"these users may do what they must on {address}: nothing to grant")


def _json(declared: Declared) -> dict[str, Any]:
    """`taken` and `left` in Kafka's words."""
    given = {"made": _rows(declared.made), "there": _rows(declared.there)}
    return given | {"taken": list(declared.taken), "left": list(declared.left)}


def _rows(grants: Sequence[Grant]) -> list[dict[str, Any]]:
    return [
        {
            "user": grant.user,
            "kind": grant.right.kind,
            "name": grant.right.name,
            "prefixed": grant.right.prefixed,
            "operation": grant.right.operation,
        }
        for grant in grants
    ]
