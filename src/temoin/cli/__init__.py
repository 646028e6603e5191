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
        "add": ("temoin.cli.add:add", "Read reports and keep them in a case."),
        "backup": (
            "temoin.cli.backup:backup",
            "Copy a case into a file, verify the copy, and note its hash.",
        ),
        "codes": (
            "temoin.cli.codes:codes",
            "Code records as rows of ACLED, UCDP GED, CAMEO, PLOVER or a codebook of yours.",
        ),
        "corroborate": (
            "temoin.cli.corroborate:corroborate",
            "Group the claims of a case into incidents, link them and grade them.",
        ),
        "doctor": ("temoin.cli.doctor:doctor", "Look whether all is as it should be."),
        "equipment": (
            "temoin.cli.actors:equipment",
            "Look types of equipment up in the knowledge base.",
        ),
        "evaluate": ("temoin.cli.evaluate:evaluate", "Measure Témoin on annotated reports."),
        "explain": (
            "temoin.cli.explain:explain",
            "Show a text with the words of its events marked.",
        ),
        "export": ("temoin.cli.exporting:export", "Export what holds in a case."),
        "gazetteer": (
            "temoin.cli.gazetteer:gazetteer",
            "Add places to the gazetteer, and look names up in it.",
        ),
        "graph": (
            "temoin.cli.graph:graph",
            "Draw which event came before, caused, prevented or answered which.",
        ),
        "import": (
            "temoin.cli.importing:import_",
            "Import reference data, or records, into a case.",
        ),
        "incident": (
            "temoin.cli.incident:incident",
            "List the incidents of a case, or show one: who says what, side by side.",
        ),
        "init": ("temoin.cli.init:init", "Make an empty case."),
        "languages": (
            "temoin.cli.languages:languages",
            "List the languages whose reports are read, and how well.",
        ),
        "migrate": (
            "temoin.cli.migrate:migrate",
            "Bring a case of an older Témoin to this version.",
        ),
        "pair": (
            "temoin.cli.pair:pair",
            "Say whether two claims speak of one incident: same, different or unsure.",
        ),
        "privacy": (
            "temoin.cli.privacy:privacy",
            "List the personal data that a publication would show.",
        ),
        "read": ("temoin.cli.read:read", "Read reports and put on record what they claim."),
        "reread": (
            "temoin.cli.reread:reread",
            "Read documents again with the present model, and show what it says otherwise.",
        ),
        "restore": ("temoin.cli.backup:restore", "Make a case of a backup, after verifying it."),
        "review": (
            "temoin.cli.review:review",
            "Accept, reject, doubt, edit and add claims; take decisions back.",
        ),
        "schema": ("temoin.cli.schema:schema", "Print the JSON Schema of a record."),
        "search": ("temoin.cli.search:search", "Find claims of a case, or documents."),
        "second": (
            "temoin.cli.second:second",
            "Ask a language model that you name for a second opinion.",
        ),
        "sensitivity": (
            "temoin.cli.privacy:sensitivity",
            "Set how sensitive documents, or fields of a claim, are.",
        ),
        "serve": (
            "temoin.cli.serve:serve",
            "Look at a case, review it and export from it in a browser.",
        ),
        "show": (
            "temoin.cli.show:show",
            "Show a claim with its sentence, its fields, and who decided what on it.",
        ),
        "situation": (
            "temoin.cli.situation:situation",
            "Show who is claimed to hold what on a day, with the claims for and against.",
        ),
        "spark": (
            "temoin.cli.spark:spark",
            "Read millions of reports on a Spark cluster, and corroborate them.",
        ),
        "users": (
            "temoin.cli.users:users",
            "Add, list and remove those who may log in to a workbench.",
        ),
        "verify": (
            "temoin.cli.verify:verify",
            "Find whatever was tampered with in a case, and say where.",
        ),
        "watch": (
            "temoin.cli.watch:watch",
            "Read what arrives in folders and feeds into a case.",
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
