"""`temoin corroborate`: which claims of a case speak of one event, and how they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._claims import clean, dumped
from temoin.cli._streams import tell

if TYPE_CHECKING:
    from temoin.casefile.incidents import Result
    from temoin.corroboration import Suggestion

__all__ = ["corroborate"]

#: Lines of each list, when people read it; `--json` has all.
_SHOWN = 5


@click.command()
@cases.case
@click.option(
    "--where",
    "query",
    metavar="QUERY",
    help="Only the claims that this query finds, as for temoin search; the rest is in no incident.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would be found; keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all ids.")
@cases.by
@options.quiet
def corroborate(
    *,
    case: str,
    query: str | None,
    dry_run: bool,
    as_json: bool,
    by: str | None,
    quiet: bool,
) -> None:
    """Group the claims of a case into incidents, link them and grade them.

    \b
    temoin corroborate case.temoin
    temoin incident case.temoin --contested

    Reads the claims as they hold under people's decisions, without the rejected ones, and
    applies what was decided on pairs of claims (temoin pair). Incidents keep their ids
    from one run to the next. No claim is changed; docs/corroboration.md tells how it works.

    Exit code: 0 it was done, 2 the case or the query cannot be read.
    """  # noqa: D301 - click wants the backspace itself
    actor = cases.actor(by)
    from temoin.casefile import Case
    from temoin.casefile.incidents import run

    with Case.open(case) as opened:
        found = run(opened, actor=actor, query=query, keep=not dry_run)
    if as_json:
        click.echo(dumped(_told(found)))
        return
    for line in _lines(found):
        click.echo(clean(line))
    if not quiet:
        if dry_run:
            tell("nothing was kept: this was a dry run")
        elif found.count("contested"):
            tell(f"see who says what: temoin incident {case} --contested")


def _lines(found: Result) -> list[str]:
    several = sum(len(each.claims) > 1 for each in found.incidents)
    only = f" that {found.query!r} finds" if found.query else ""
    grades = ", ".join(
        f"{found.count(support):,} {support}"
        for support in ("contested", "corroborated", "single source")
    )
    read = f"{_count(found.claims, 'claim')}{only} of {_count(found.documents, 'document')}"
    lines = [
        f"{read}: {_count(len(found.incidents), 'incident')}, {several:,} of several claims",
        grades,
        f"{_count(found.copies, 'document')} that copy or are copied",
    ]
    if found.decisions:
        lines.append(f"{_count(found.decisions, 'verdict')} on pairs of claims applied")
    lines += [
        f"  clash: claims {each.a} and {each.b} were called the same, other verdicts say they "
        "are not"
        for each in found.clashes
    ]
    return [*lines, *_changes(found), *_suggested(found)]


def _changes(found: Result) -> list[str]:
    changes = found.changes
    if len(changes.new) == len(found.incidents) and not changes.retired:
        return []
    first = (
        f"since the last run: {len(changes.new):,} new, {len(changes.changed):,} changed, "
        f"{len(changes.grades):,} with another grade, {len(changes.retired):,} gone"
    )
    lines = [f"  {id_} is {now}, was {was}" for id_, (was, now) in changes.grades.items()]
    lines += [
        f"  {id_} is gone" + (f": most of its claims are in {now}" if now else "")
        for id_, now in changes.retired.items()
    ]
    more = len(lines) - 2 * _SHOWN
    return [first, *lines[: 2 * _SHOWN], *([f"  and {more:,} more"] if more > 0 else [])]


def _suggested(found: Result) -> list[str]:
    if not found.suggestions:
        return []
    lines = [
        f"{_count(len(found.suggestions), 'pair')} of incidents that may be one; look first at"
    ]
    for each in found.suggestions[:_SHOWN]:
        quarrel = ", ".join(dict.fromkeys(difference.field for difference in each.fields))
        against = f", against each other in {quarrel}" if quarrel else ""
        lines.append(f"  {each.a} and {each.b} (claims {each.best.a} and {each.best.b}{against})")
    return lines


def _told(found: Result) -> dict[str, Any]:
    changes = found.changes
    return {
        "run": found.run,
        "query": found.query,
        "claims": found.claims,
        "documents": found.documents,
        "incidents": len(found.incidents),
        "contested": [i.id for i in found.incidents if i.grade.support == "contested"],
        "corroborated": [i.id for i in found.incidents if i.grade.support == "corroborated"],
        "single_source": found.count("single source"),
        "copies": found.copies,
        "decisions": found.decisions,
        "clashes": [[int(each.a), int(each.b)] for each in found.clashes],
        "changes": {
            "new": changes.new,
            "changed": changes.changed,
            "grades": {id_: {"was": was, "now": now} for id_, (was, now) in changes.grades.items()},
            "retired": changes.retired,
        },
        "suggestions": [_suggestion(each) for each in found.suggestions],
    }


def _suggestion(each: Suggestion) -> dict[str, Any]:
    return {
        "incidents": [each.a, each.b],
        "claims": [int(each.best.a), int(each.best.b)],
        "weight": each.best.weight,
        "differences": [
            {"field": difference.field, "values": [difference.a, difference.b]}
            for difference in each.fields
        ],
    }


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"
