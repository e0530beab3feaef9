"""Laws of what the containers run: commands that `slugline` knows, variables that it reads."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from stream.cli import main
from tests.deploy.services import ours


def commands(command: click.Command) -> Iterator[click.Command]:
    """A command and everything below it."""
    yield command
    if isinstance(command, click.Group):
        context = click.Context(command)
        found = (command.get_command(context, name) for name in command.list_commands(context))
        for inner in found:
            assert inner is not None
            yield from commands(inner)


def variables(command: click.Command) -> set[str]:
    """What a command's options read from the environment, by the names that they declare."""
    declared = [option.envvar for option in command.params if option.envvar]
    return {name for told in declared for name in ([told] if isinstance(told, str) else told)}


@pytest.mark.parametrize("name", ours())
def test_commands_are_real(name: str) -> None:
    """Each service's command is one that `slugline` knows, with options that it takes."""
    told = CliRunner().invoke(main, [*ours()[name]["command"], "--help"])
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"Usage: slugline {ours()[name]['command'][0]}")


@pytest.mark.parametrize("wrong", [["decide"], ["worker", "--no-such-option"]])
def test_a_command_that_is_not_real_is_seen(wrong: list[str]) -> None:
    """The law above can be broken: an unknown command or option is wrong usage."""
    assert CliRunner().invoke(main, [*wrong, "--help"]).exit_code == 2


@pytest.mark.parametrize("name", ours())
def test_variables_are_read_by_someone(name: str) -> None:
    """A service is given only variables that the command line reads: a misspelt one would be ignored."""
    read = {variable for command in commands(main) for variable in variables(command)}
    assert set(ours()[name]["environment"]) <= read
