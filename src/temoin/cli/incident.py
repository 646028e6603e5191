"""`temoin incident`: the incidents of a case, and one side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click

from temoin.cli import _cases as cases
from temoin.cli import _options as options
from temoin.cli._claims import clean, dumped, period
from temoin.cli._streams import people_output, tell, width_for

__all__ = ["incident"]


@click.command()
@cases.case
@click.argument("incident_id", metavar="[ID]", required=False)
@click.option("--contested", is_flag=True, help="List only the contested ones.")
@click.option("--full", is_flag=True, help="Show each incident of the list side by side.")
@click.option("--several", is_flag=True, help="List only those of several claims.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Most incidents to list; 0 for all.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@options.width
def incident(
    *,
    case: str,
    incident_id: str | None,
    contested: bool,
    full: bool,
    several: bool,
    limit: int,
    as_json: bool,
    width: int | None,
) -> None:
    """List the incidents of a case, or show one: who says what, side by side.

    \b
    temoin incident case.temoin --contested
    temoin incident case.temoin --contested --limit 1 --full
    temoin incident case.temoin i3f2a
    temoin incident case.temoin 12

    ID is an incident's id, the beginning of one, or the number of one of its claims. Each
    claim is shown with its document and its sentence; fields in which independent origins
    contradict each other are marked with an exclamation mark. Last come the incidents that
    may be the same one and were not joined, with what they would contradict each other in.
    The incidents are those of the last temoin corroborate.

    Exit code: 0 something is shown, 1 no incident is listed, 2 there is no such incident.
    """  # noqa: D301 - click wants the backspace itself
    from temoin.casefile import Case, incidents

    if incident_id is not None and (contested or several or full):
        message = "--contested, --several and --full are for the list: leave the ID out."
        raise click.UsageError(message)
    with Case.open(case) as opened:
        if incident_id is not None:
            told = incidents.incident_shown(opened, incident_id)
            _show([told], as_json=as_json, width=width)
            _say_how_old(told, opened.target.shown)
            return
        support = "contested" if contested else None
        told = incidents.incidents_listed(
            opened, support=support, several=several, limit=limit or None
        )
        if full:
            ids = [each["id"] for each in told["incidents"]]
            every = (incidents.incident_shown(opened, id_) for id_ in ids)
            _show(every, as_json=as_json, width=width)
        else:
            _list(told, as_json=as_json)
        shown, total = len(told["incidents"]), told["total"]
        more = f", {shown:,} shown" if shown < total else ""
        tell(f"{total:,} incident{'' if total == 1 else 's'}{more}")
        _say_how_old(told, opened.target.shown)
        sys.exit(0 if total else 1)


def _list(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(dumped(told))
        return
    for each in told["incidents"]:
        click.echo(_line(each))


def _show(every: Iterable[dict[str, Any]], *, as_json: bool, width: int | None) -> None:
    """Incidents side by side, with an empty line between them; or one line of JSON each."""
    from temoin.casefile.incidents import side_by_side, suggested_lines
    from temoin.corroboration import render

    with people_output(None) as stream:
        for number, told in enumerate(every):
            if as_json:
                click.echo(dumped(told))
                continue
            laid_out = render(side_by_side(told), width=width_for(sys.stdout, width) or 100)
            lines = [""] if number else []
            lines += laid_out.splitlines()
            for each in told["decisions"]:
                a, b = each["claims"]
                why = f" ({each['reason']})" if each["reason"] else ""
                lines.append(f"claims {a} and {b}: {each['verdict']}, says {each['reviewer']}{why}")
            lines += suggested_lines(told["suggestions"])
            stream.write("".join(f"{clean(line)}\n" for line in lines))


def _line(told: dict[str, Any]) -> str:
    """An incident in one line: id, what, when, where, claims, origins, grade."""
    types = told["types"].replace("_", " ").replace(", ", " / ")
    claims = f"{told['claims']} claim{'' if told['claims'] == 1 else 's'}"
    voices = told["origins"] + told["denials"]
    origins = f"{voices} origin{'' if voices == 1 else 's'}"
    grade = told["support"] + (f" on {told['contested']}" if told["contested"] else "")
    days = period(told["earliest"], told["latest"]) if told["earliest"] else ""
    cells = [told["id"], types, days, told["place"] or "", claims, origins, f"[{grade}]"]
    return clean("  ".join(cell for cell in cells if cell))


def _say_how_old(told: dict[str, Any], shown: str) -> None:
    if told["run"]["query"]:
        tell(f"made of the claims that {told['run']['query']!r} finds")
    if told["since"]:
        changes = "1 change is" if told["since"] == 1 else f"{told['since']:,} changes are"
        tell(f"{changes} not in it yet: temoin corroborate {shown}")
