"""The command line: one module a command, imported when it is called."""

from __future__ import annotations

import click

from temoin._version import __version__
from temoin.cli._group import LazyGroup

__all__ = ["main"]


@click.group(
    cls=LazyGroup,
    commands_at={
        "actors": ("temoin.cli.actors:actors", "Look actors up in the knowledge base."),
        "equipment": (
            "temoin.cli.actors:equipment",
            "Look types of equipment up in the knowledge base.",
        ),
        "evaluate": ("temoin.cli.evaluate:evaluate", "Measure Témoin on annotated reports."),
        "explain": (
            "temoin.cli.explain:explain",
            "Show a text with the words of its events marked.",
        ),
        "gazetteer": (
            "temoin.cli.gazetteer:gazetteer",
            "Add places to the gazetteer, and look names up in it.",
        ),
        "languages": (
            "temoin.cli.languages:languages",
            "List the languages whose reports are read, and how well.",
        ),
        "read": ("temoin.cli.read:read", "Read reports and put on record what they claim."),
        "schema": ("temoin.cli.schema:schema", "Print the JSON Schema of a record."),
        "second": (
            "temoin.cli.second:second",
            "Ask a language model that you name for a second opinion.",
        ),
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="temoin", message="%(prog)s %(version)s")
def main() -> None:
    """Read reports of armed conflict and put on record what they claim.

    Every field of a record points to its words in the untouched text. Nothing
    leaves this machine, and nothing is fetched unless you give an address.

    \b
    temoin read report.txt               what the report claims, as a table
    temoin read reports/ -f csv -o e.csv one row an event, for a spreadsheet
    temoin explain report.txt            the text with the words marked

    Exit code: 0 all went well, 1 something failed and the rest is there,
    2 nothing was read or the command was called wrongly.
    """  # noqa: D301 - click wants the backspace itself
