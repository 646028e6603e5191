"""A group of commands that imports a command only when it is called, and shows errors."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from temoin.errors import TemoinError

__all__ = ["LazyGroup"]

#: 128 + SIGINT and 128 + SIGPIPE, as shells report them.
INTERRUPTED = 130
PIPE_CLOSED = 141


class _Failure(click.ClickException):
    """An error that kept the whole command from its work."""

    exit_code = 2


class LazyGroup(click.Group):
    """A group whose help needs no import of its commands.

    Args:
        commands_at: Name of each command, with where it is (`module:attribute`)
            and its line in the group's help.
    """

    def __init__(
        self,
        *args: Any,
        commands_at: Mapping[str, tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.commands_at = dict(commands_at or {})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        return sorted({*super().list_commands(ctx), *self.commands_at})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, imported now."""
        if cmd_name not in self.commands_at:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.commands_at[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            message = f"{module}:{attribute} is no command"
            raise TypeError(message)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, self.commands_at[name][1]) for name in self.list_commands(ctx)]
            )

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what Témoin raises on purpose is shown without a traceback."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except TemoinError as error:
            raise _Failure(str(error)) from error
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno != errno.EPIPE:
                where = f"{error.filename}: " if error.filename else ""
                message = f"{where}{error.strerror or error}"
                raise _Failure(message) from error
            # `| head` has seen enough. What is still buffered must not fail at exit.
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        return result
