"""docs/command-line.md names every command and every option, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from temoin import cli

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command and all below it, by full name; hidden ones left out."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            child = command.get_command(context, word)
            if child and not child.hidden:
                yield from commands(child, f"{name} {word}")


def section(name: str) -> str:
    """What stands under a command's heading, to the next heading."""
    found = re.search(
        rf"^##+ `{re.escape(name)}[^`]*`\n(.*?)(?=^##+ |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
    return found[1] if found else ""


COMMANDS = dict(commands(cli.main, "temoin"))
OPTIONS = [
    (name, parameter.opts[-1])
    for name, command in COMMANDS.items()
    for parameter in command.params
    if isinstance(parameter, click.Option) and not parameter.hidden
]


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_a_section(name: str) -> None:
    assert section(name).strip()


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_option_is_named_in_the_section_of_its_command(name: str, option: str) -> None:
    assert re.search(rf"`{re.escape(option)}\b", section(name))


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_is_named_that_is_not_there(name: str) -> None:
    known = {option for command, option in OPTIONS if command == name} | {"--help"}
    assert set(re.findall(r"`(--[a-z-]+)", section(name))) <= known
