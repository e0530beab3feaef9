"""Asks every command of the installed `slugline` for its --help, as a newcomer would: by running it."""

import subprocess
import sys
from collections.abc import Iterator

import click

from stream.cli import main


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            yield from commands(inner, (*path, name)) if inner else ()


def answers(path: tuple[str, ...]) -> bool:
    done = subprocess.run(["slugline", *path, "--help"], capture_output=True, text=True, check=False)  # noqa: S607
    well = done.returncode == 0 and done.stdout.startswith("Usage:") and not done.stderr
    print(f"  {'ok    ' if well else 'WRONG '} slugline {' '.join(path)}")  # noqa: T201
    if not well:
        print(done.stdout, done.stderr)  # noqa: T201
    return well


if __name__ == "__main__":
    wrong = [path for path in commands(main) if not answers(path)]
    sys.exit(1 if wrong else 0)
