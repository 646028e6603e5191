"""`temoin export`: what holds in a case as tables, maps, records or a report."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._sources import refuse_overwriting
from temoin.cli._streams import data_output, tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from temoin.casefile import Case
    from temoin.casefile.exchanging.writing import Exported
    from temoin.casefile.exporting import Drawing
    from temoin.casefile.privacy import Profile, Report

__all__ = ["FORMATS", "export"]

#: `temoin.casefile.exporting.FORMATS`, written down so that --help needs no database.
FORMATS = (
    "csv", "csv-acled", "csv-ucdp", "csv-polecat", "geojson", "html", "jsonl", "kml", "ftm",
    "parquet", "gpkg", "pdf",
)  # fmt: skip


@click.command()
@cases.case
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="jsonl",
    show_default=True,
    help="What to write; docs/exports.md tells of each.",
)
@options.out
@click.option("--where", metavar="QUERY", help="Export only the claims that a query finds.")
@click.option(
    "--profile",
    metavar="NAME",
    help="What to leave out: public, partner, internal, or a TOML file. Default: internal; "
    "for jsonl without --where, nothing.",
)
@click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    default="en",
    show_default=True,
    help="Language of the labels of html and pdf.",
)
@click.option(
    "--columns",
    metavar="NAMES",
    help="Of csv and parquet: which columns, in this order, with commas between them; "
    "docs/exports.md lists them.",
)
@click.option("--dry-run", is_flag=True, help="Only list what the profile would leave out.")
@options.quiet
def export(  # noqa: PLR0913 - one parameter an option
    *,
    case: str,
    form: str,
    out: Path | None,
    where: str | None,
    profile: str | None,
    lang: str,
    columns: str | None,
    dry_run: bool,
    quiet: bool,
) -> None:
    """Export what holds in a case.

    \b
    temoin export case.temoin -f csv -o claims.csv --where "from:2024-03 state:accepted"
    temoin export case.temoin -f html -o report.html --profile public --lang fr
    temoin export case.temoin -o all.jsonl

    What is exported are claims, not facts. Whole records (jsonl) without --where and
    --profile carry every decision, and `temoin import --as records` takes them in again
    exactly. Everything else is redacted as the profile says. Beside FILE goes
    FILE.manifest.json: from which state of the case it is, what was asked for, and its hash.
    """  # noqa: D301 - click wants the backspace itself
    from temoin.casefile import Case
    from temoin.casefile.exchanging import exported_records
    from temoin.casefile.exporting import DEFAULT_PROFILE
    from temoin.casefile.privacy import load_profile

    whole = form == "jsonl" and where is None
    if whole and dry_run and profile is None:
        message = "--dry-run shows what a profile leaves out: give --profile"
        raise click.UsageError(message)
    names = None if columns is None else [name.strip() for name in columns.split(",")]
    if names is not None:
        from temoin.casefile.exporting import chosen_columns

        chosen_columns(form, names)  # refused before anything is read
    refuse_overwriting(out, ())
    if out is not None and out.exists() and Path(case).exists() and out.samefile(case):
        message = f"--out {out}: is the case itself"
        raise click.UsageError(message)
    chosen = load_profile(profile or DEFAULT_PROFILE) if profile or not whole else None
    with Case.open(case) as opened:
        if dry_run and chosen:
            _dry_run(opened, chosen, where)
        elif whole:
            records = exported_records(opened, profile=chosen)
            _write(opened, records, out, chosen, quiet=quiet)
        elif chosen:
            _export(opened, form, out, chosen, where, lang, names, quiet=quiet)


def _export(
    case: Case,
    form: str,
    out: Path | None,
    profile: Profile,
    where: str | None,
    language: str,
    columns: Sequence[str] | None,
    *,
    quiet: bool,
) -> None:
    from temoin.casefile.exporting import export as write

    drawing = _drawing() if form in {"html", "pdf"} else None
    try:
        done = write(
            case, form, out, profile=profile, where=where, language=language, drawing=drawing,
            columns=columns,
        )  # fmt: skip
    except OSError as error:
        message = f"{out or 'standard output'}: {error.strerror or error}"
        raise click.ClickException(message) from error
    if not quiet:
        left = f"; {done.left_out:,} documents left out by the profile {profile.name}"
        tell(
            f"exported {done.claims:,} claims of {done.documents:,} documents, {done.rows:,} rows"
            + (left if done.left_out else "")
        )


def _drawing() -> Drawing:
    """The background of maps that comes with Témoin."""
    from temoin.casefile.exporting import Drawing
    from temoin.situation.basemap import borders, countries

    return Drawing(
        land=lambda bounds: (
            polygon[0] for country in countries(bounds) for polygon in country.polygons
        ),
        borders=borders,
    )


def _write(
    case: Case,
    records: Iterable[Exported],
    out: Path | None,
    profile: Profile | None,
    *,
    quiet: bool,
) -> None:
    from temoin.casefile.exchanging import manifest

    digest, count, dropped = hashlib.sha256(), 0, 0
    with data_output(out) as stream:
        for each in records:
            if each.line is None:
                dropped += 1
                continue
            line = each.line + "\n"
            stream.write(line)
            digest.update(line.encode())
            count += 1
    if out is not None:
        beside = out.with_name(f"{out.name}.manifest.json")
        told = manifest(case, documents=count, sha256=digest.hexdigest(), profile=profile)
        with data_output(beside) as stream:
            stream.write(told)
    if not quiet:
        left = f"; {dropped:,} left out by the profile {profile.name}" if profile else ""
        tell(f"exported {count:,} documents{left}")


def _dry_run(case: Case, profile: Profile, where: str | None) -> None:
    from temoin.casefile.exporting import reports

    totals: Counter[str] = Counter()
    for each in reports(case, profile=profile, where=where):
        _show(each, totals)
    for what, count in sorted(totals.items()):
        tell(f"{count:,} × {what}")
    if not totals:
        tell("nothing would be left out")


def _show(report: Report, totals: Counter[str]) -> None:
    if report.dropped:
        click.echo(f"{report.document}: left out as a whole")
        totals["document left out"] += 1
        return
    for piece in report.removed:
        click.echo(
            f"{report.document}: {piece.start}-{piece.end}: {piece.kind}: "
            f"{piece.text!r} becomes {piece.placeholder}"
        )
        totals[piece.kind] += 1
    for field, done in report.fields:
        click.echo(f"{report.document}: {field}: {done}")
        totals[f"field {done}"] += 1
