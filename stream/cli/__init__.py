"""The command line `slugline`: names and their modules, loaded when called. What the commands do is in their rooms."""

import importlib
from typing import Any

import click

COMMANDS = {
    "broker": "stream.cli.broker:broker",
    "dead": "stream.cli.dead:dead",
    "explain": "stream.cli.explain:explain",
    "fold": "stream.cli.fold:fold",
    "merge": "stream.cli.merge:merge",
    "rebuild": "stream.cli.rebuild:rebuild",
    "replay": "stream.cli.replay:replay",
    "runs": "stream.cli.runs:runs",
    "split": "stream.cli.split:split",
    "stories": "stream.cli.stories:stories",
    "tail": "stream.cli.tail:tail",
    "topics": "stream.cli.topics:topics",
    "worker": "stream.cli.worker:worker",
}


class OneLine(click.Group):
    """A group whose commands load late (faust takes a second), and whose usage errors are one line on stderr."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        if not kwargs.pop("standalone_mode", True):
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        raise SystemExit(self._answered(*args, **kwargs))

    def _answered(self, *args: Any, **kwargs: Any) -> int:
        """The exit code, when what went wrong has been said in a line."""
        try:
            return int(super().main(*args, **{**kwargs, "standalone_mode": False}) or 0)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "")
            return 0
        except click.ClickException as error:
            click.echo(_one_line(error), err=True)
            return error.exit_code
        except click.Abort:
            return 130


def _one_line(error: click.ClickException) -> str:
    """`slugline replay: no such option: --sped (did you mean --speed?); see slugline replay --help`."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "slugline"
    said = " ".join(error.format_message().split()).rstrip(".")
    advice = f"; see {path} --help" if isinstance(error, click.UsageError) else ""
    return f"{path}: {said}{advice}"


@click.group(
    "slugline",
    cls=OneLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="slugline", prog_name="slugline")
def main() -> None:
    """Slugline turns a news wire into stories."""
