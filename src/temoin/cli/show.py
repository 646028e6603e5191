"""`temoin show`: one claim with all that is known of it, or one document."""

from __future__ import annotations

import json
from typing import Any

import click

from temoin.cli import _cases as cases
from temoin.cli._claims import clean, period, snippet_line, value

__all__ = ["show"]


@click.command()
@cases.case
@click.argument("claim", type=click.IntRange(min=1), required=False)
@click.option("--document", metavar="NAME", help="Show a document instead: its name, or #NUMBER.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show(*, case: str, claim: int | None, document: str | None, as_json: bool) -> None:
    """Show a claim with its sentence, its fields, and who decided what on it.

    \b
    temoin show case.temoin 12
    temoin show case.temoin --document report-7

    Each field has the machine's value and, where people decided otherwise, theirs. With
    --document: what is known of a document, and its claims.
    """  # noqa: D301 - click wants the backspace itself
    if (claim is None) == (document is None):
        message = "Give the number of a claim, or --document NAME."
        raise click.UsageError(message)
    from temoin.casefile import Case, showing

    with Case.open(case) as opened:
        if claim is not None:
            told = showing.claim_shown(opened, claim)
        else:
            told = showing.document_shown(opened, document or "")
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    elif claim is not None:
        _claim(told)
    else:
        _document(told)


def _claim(told: dict[str, Any]) -> None:
    from temoin.casefile.searching import Snippet

    state = told["state"] if told["present"] else f"{told['state']}; {_LOST}"
    click.echo(clean(f"claim {told['claim']} of {told['document']}  [{state}]  "
                     f"version {told['version']}"))  # fmt: skip
    sentence = told["sentence"]
    mark = (told["trigger_start"], told["trigger_end"])
    click.echo(snippet_line(Snippet(sentence["start"], sentence["end"], sentence["text"], (mark,))))
    for field in told["fields"]:
        human = f"   people: {value(field['human'])}" if field["decided"] else ""
        sure = f" ({field['confidence']:.2f})" if field["confidence"] is not None else ""
        click.echo(f"  {field['field']:<24} {value(field['machine'])}{sure}{human}")
    for step in told["history"]:
        where = f" {step['field']}" if step["field"] else ""
        new = f" to {value(step['value'])}" if step["value"] is not None else ""
        why = "; ".join(each for each in (step["reason_code"], step["reason"]) if each)
        undone = "" if step["holds"] or step["verdict"] == "undo" else "  (does not hold any more)"
        click.echo(
            clean(f"  decision {step['decision']}  {step['at'][:16]}  {step['reviewer']}: "
                  f"{step['verdict']}{where}{new}{f' ({why})' if why else ''}{undone}")
        )  # fmt: skip


_LOST = "the newer model does not find it"


def _document(told: dict[str, Any]) -> None:
    for name, cell in told.items():
        if not isinstance(cell, list) and cell is not None:
            click.echo(clean(f"{name:<16} {cell}"))
    for found in told["acquisitions"]:
        click.echo(clean(f"found at         {found['location']}, by {found['collected_by']}"))
    for record in told["records"]:
        current = "  (current)" if record["current"] else ""
        click.echo(clean(f"read by          {record['producer']}, {record['at'][:16]}{current}"))
    for each in told["claims"]:
        line = f"{each['claim']:>6}  {each['type']}  {period(each['earliest'], each['latest'])}  "
        click.echo(clean(f"{line}{each['trigger']}  [{each['state']}]"))
