"""`temoin sensitivity` and `temoin privacy`: who may see what, and what a publication shows."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._streams import tell

if TYPE_CHECKING:
    from temoin.casefile.privacy import Marks, Profile
    from temoin.casefile.privacy.profiles import Level
    from temoin.record import Record

__all__ = ["privacy", "sensitivity"]

_LEVELS = ("public", "internal", "confidential", "secret")


@click.command()
@cases.case
@click.option("--level", required=True, type=click.Choice(_LEVELS), help="Who may see it.")
@click.option(
    "--document",
    "documents",
    type=int,
    multiple=True,
    metavar="N",
    help="Number of a document; may be given several times.",
)
@click.option("--claim", type=int, metavar="N", help="Number of a claim, instead of documents.")
@click.option(
    "--field",
    default="*",
    metavar="FIELD",
    help="Of the claim: place, time, attribution, ROLE:START-END; * is all of it (the default).",
)
@click.option("--reason", metavar="TEXT", help="Why, for the audit log.")
@cases.by
def sensitivity(
    *,
    case: str,
    level: str,
    documents: tuple[int, ...],
    claim: int | None,
    field: str,
    reason: str | None,
    by: str | None,
) -> None:
    """Set how sensitive documents, or fields of a claim, are.

    Exports with a profile leave out whatever is above the profile's level.
    """
    if bool(documents) == (claim is not None):
        message = "say what: --document N, or --claim N with --field FIELD"
        raise click.UsageError(message)
    from temoin.casefile import Case
    from temoin.casefile.privacy.levels import set_document_level, set_field_level

    actor, chosen = cases.actor(by), cast("Level", level)
    with Case.open(case) as opened:
        if claim is None:
            changed = set_document_level(
                opened, list(documents), chosen, actor=actor, reason=reason
            )
            tell(f"{changed:,} of {len(set(documents)):,} documents changed to {level}")
        else:
            did = set_field_level(opened, claim, field, chosen, actor=actor, reason=reason)
            tell(f"claim {claim}, {field}: {level}{'' if did else ' already'}")


@click.command()
@click.argument("source", metavar="CASE|RECORDS")
@click.option(
    "--profile", metavar="NAME", help="Check what an export with this profile would show."
)
@options.quiet
def privacy(*, source: str, profile: str | None, quiet: bool) -> None:
    """List the personal data that a publication would show.

    Names of persons, ways to reach them, exact coordinates, hospitals, shelters and camps
    by name: each with its document, place and kind. RECORDS is a file of JSON lines.

    What the rules cannot find is told in docs/privacy.md: look yourself before you publish.
    Exit code: 0 nothing was found, 1 something was, 2 nothing could be read.
    """
    from temoin.casefile.privacy import load_profile, redact
    from temoin.casefile.privacy.hiding import Names
    from temoin.casefile.privacy.linting import lint

    chosen: Profile | None = load_profile(profile) if profile else None
    totals: Counter[str] = Counter()
    names, seen = Names(), 0
    for record, marks in _records(source):
        shown: Record | None = record
        if chosen is not None:
            shown, _ = redact(record, chosen, marks=marks, names=names)
        seen += 1
        for finding in lint(shown, chosen) if shown else ():
            click.echo(str(finding))
            totals[finding.kind] += 1
    if not quiet:
        told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(totals.items()))
        tell(f"{seen:,} documents: {told or 'nothing was found'}")
    sys.exit(1 if totals else 0)


def _records(source: str) -> Iterator[tuple[Record, Marks]]:
    """The records of a case, or of a file of lines."""
    from sqlalchemy import select

    from temoin.casefile import Case
    from temoin.casefile.exchanging.writing import effective_record
    from temoin.casefile.privacy import Marks
    from temoin.casefile.schema import Document
    from temoin.errors import ReadingError
    from temoin.record import Record

    if "://" in source or not source.endswith((".jsonl", ".json", ".ndjson")):
        with Case.open(source) as opened, opened.reading() as session:
            numbers = session.scalars(
                select(Document.id)
                .where(Document.status.in_(("active", "frozen")))
                .order_by(Document.id)
            ).all()
            for number in numbers:
                found = effective_record(session, number)
                session.expunge_all()
                if found is not None:
                    yield found
        return
    import json

    with Path(source).open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            try:
                told = json.loads(line)
                told.pop("review", None)
                # A file of lines was let out once: as public as it can be.
                yield Record.from_dict(told), Marks("public")
            except (ValueError, AttributeError) as error:
                where = f"{source}:{number}"
                raise ReadingError(where, "is no record with its text") from error
