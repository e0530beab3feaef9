"""Laws of what the containers run: commands that `slugline` knows, variables that it reads."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from stream.cli import main
from tests.deploy.services import ours


def environment_names(command: click.Command, prefix: str | None) -> Iterator[str]:
    """The variables that a command and its subcommands read."""
    for option in command.params:
        declared = option.envvar if option.envvar else []
        yield from [declared] if isinstance(declared, str) else declared
        if prefix and option.name:
            yield f"{prefix}_{option.name.upper()}"
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            deeper = f"{prefix}_{name.upper().replace('-', '_')}" if prefix else None
            yield from environment_names(inner, deeper)


@pytest.mark.parametrize("name", ours())
def test_commands_are_real(name: str) -> None:
    """Each service's command is one that `slugline` knows, with options that it takes."""
    told = CliRunner().invoke(main, [*ours()[name]["command"], "--help"])
    assert told.exit_code == 0, told.output
    assert told.output.startswith(f"Usage: main {ours()[name]['command'][0]}")


@pytest.mark.parametrize("wrong", [["decide"], ["worker", "--no-such-option"]])
def test_a_command_that_is_not_real_is_seen(wrong: list[str]) -> None:
    """The law above can be broken: an unknown command or option is wrong usage."""
    assert CliRunner().invoke(main, [*wrong, "--help"]).exit_code == 2


@pytest.mark.parametrize("name", ours())
def test_variables_are_read_by_someone(name: str) -> None:
    """A service is given only variables that the command line reads: a misspelt one would be ignored."""
    prefix = main.context_settings.get("auto_envvar_prefix")
    assert set(ours()[name]["environment"]) <= set(environment_names(main, prefix))
