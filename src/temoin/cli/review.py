"""`temoin review`: accept, reject, doubt, edit and add claims; take decisions back."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from temoin.cli import _cases as cases
from temoin.cli._claims import clean, joined
from temoin.cli._streams import tell

if TYPE_CHECKING:
    from temoin.casefile import Case
    from temoin.casefile.reviewing import Change, Done

__all__ = ["review"]

#: Somebody else was faster: nothing was stored.
CONFLICT = 3

_SHOWN = 20
_AT_ONCE = 500

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

_claims: _Decorator = click.argument(
    "claims", nargs=-1, type=click.IntRange(min=1), metavar="[CLAIM]..."
)
_seen: _Decorator = click.option(
    "--seen",
    type=click.IntRange(min=1),
    metavar="VERSION",
    help="The claim's version that you saw; refused if it was changed since.",
)
_code: _Decorator = click.option("--reason-code", metavar="CODE", help="Why, from a short list.")
_reason: _Decorator = click.option("--reason", metavar="TEXT", help="Why, in your words.")


@click.group(no_args_is_help=False)
def review() -> None:
    """Accept, reject, doubt, edit and add claims; take decisions back.

    \b
    temoin review accept case.temoin 12 13
    temoin review reject case.temoin --where "type:threat confidence<0.4" --dry-run
    temoin review edit case.temoin 12 --field certainty --value possible
    temoin review undo case.temoin

    The machine's value and every human value stay; the audit log has who, when and why.

    Exit code: 0 decided, 1 nothing to decide on, 2 it could not be decided, 3 somebody
    else decided on the claim since you saw it (nothing was stored).
    """  # noqa: D301 - click wants the backspace itself


def _verdict(name: str, summary: str) -> None:
    """A command that takes one verdict on claims."""

    @review.command(name=name, help=_HELP.format(summary=summary, name=name))
    @cases.case
    @_claims
    @click.option("--where", metavar="QUERY", help="Decide on all claims that a query finds.")
    @click.option("--field", metavar="FIELD", help="On one field only, as `temoin show` names it.")
    @_seen
    @_code
    @_reason
    @cases.by
    @click.option("--dry-run", is_flag=True, help="Only show what would be decided.")
    @click.option("--yes", is_flag=True, help="Do not ask before deciding on many.")
    def command(  # noqa: PLR0913 - one parameter an option
        *,
        case: str,
        claims: tuple[int, ...],
        where: str | None,
        field: str | None,
        seen: int | None,
        reason_code: str | None,
        reason: str | None,
        by: str | None,
        dry_run: bool,
        yes: bool,
    ) -> None:
        if bool(claims) == (where is not None):
            message = "Give numbers of claims, or --where QUERY."
            raise click.UsageError(message)
        if seen is not None and len(claims) != 1:
            message = "--seen is the version of one claim."
            raise click.UsageError(message)
        from temoin.casefile.reviewing import Verdict, decide

        actor = cases.actor(by)
        with _opened(case) as opened:
            changes = _changes(opened, claims, where, verdict=name, field=field)
            if dry_run or where is not None:
                _show(changes)
            if not changes:
                tell(f"{opened.target.shown}: nothing to decide on")
                sys.exit(1)
            if dry_run:
                return
            if where is not None and not yes:
                _ask(name, len(changes))
            make = partial(Verdict, name, field=field, reason_code=reason_code, reason=reason)
            verdicts = [
                make(claim=each.claim, seen=each.version if where is not None else seen)
                for each in changes
            ]
            _tell(decide(opened, verdicts, reviewer=actor), opened.target.shown)


_HELP = """{summary}

    \b
    temoin review {name} case.temoin 12 13 --reason "seen on video"
    temoin review {name} case.temoin --where "type:shelling place:Mizda"

    With --where all claims that a query finds are shown first and decided on in one step,
    which `temoin review undo` takes back in one. Those it would leave as they are, are
    left out.
    """

_verdict("accept", "Accept claims: the text says so.")
_verdict("reject", "Reject claims: the text does not say so.")
_verdict("unsure", "Mark claims that you are unsure about.")


@review.command()
@cases.case
@click.argument("claim", type=click.IntRange(min=1))
@click.option("--field", metavar="FIELD", help="What to edit, as `temoin show` names it.")
@click.option(
    "--value", required=True, metavar="JSON", help="The new value in the record's form; or a word."
)
@_seen
@_code
@_reason
@cases.by
def edit(
    *,
    case: str,
    claim: int,
    field: str | None,
    value: str,
    seen: int | None,
    reason_code: str | None,
    reason: str | None,
    by: str | None,
) -> None:
    """Give a field of a claim another value; the machine's stays beside it.

    \b
    temoin review edit case.temoin 12 --field certainty --value possible
    temoin review edit case.temoin 12 --field time \\
        --value '{"earliest": "2024-03-11", "latest": "2024-03-11"}'

    Without --field the value is the whole event.
    """  # noqa: D301 - click wants the backspace itself
    from temoin.casefile.reviewing import Verdict, decide

    verdict = Verdict("edit", claim, seen=seen, field=field, value=_json(value),
                      reason_code=reason_code, reason=reason)  # fmt: skip
    actor = cases.actor(by)
    with _opened(case) as opened:
        _tell(decide(opened, [verdict], reviewer=actor), opened.target.shown)


@review.command()
@cases.case
@click.argument("claim", type=click.IntRange(min=1), required=False)
@click.option("--document", metavar="NAME", help="Add a claim to this document (name or #NUMBER).")
@click.option("--field", metavar="FIELD", help="The argument to add, as ROLE:START-END.")
@click.option("--value", required=True, metavar="JSON", help="The argument, or the whole event.")
@_seen
@_code
@_reason
@cases.by
def add(  # noqa: PLR0913 - one parameter an option
    *,
    case: str,
    claim: int | None,
    document: str | None,
    field: str | None,
    value: str,
    seen: int | None,
    reason_code: str | None,
    reason: str | None,
    by: str | None,
) -> None:
    """Add what the machine missed: an argument to a claim, or a claim to a document.

    \b
    temoin review add case.temoin 12 --field place:20-25 \\
        --value '{"role": "place", "start": 20, "end": 25, "text": "Mizda"}'
    temoin review add case.temoin --document mizda --value '{"type": "threat",
        "trigger": {"start": 3, "end": 9, "text": "menace"}}'

    Words must stand in the text where you say that they do.
    """  # noqa: D301 - click wants the backspace itself
    if (claim is None) == (document is None):
        message = "Give a claim to add an argument to, or --document to add a claim to."
        raise click.UsageError(message)
    from temoin.casefile.reviewing import Verdict, decide
    from temoin.casefile.showing import document_shown

    actor = cases.actor(by)
    with _opened(case) as opened:
        number = None if document is None else int(document_shown(opened, document)["id"])
        verdict = Verdict("add", claim, seen=seen, field=field, value=_json(value),
                          document=number, reason_code=reason_code, reason=reason)  # fmt: skip
        _tell(decide(opened, [verdict], reviewer=actor), opened.target.shown)


@review.command()
@cases.case
@click.option("--decision", type=click.IntRange(min=1), metavar="N", help="This decision.")
@click.option("--batch", metavar="STEP", help="All that was decided in this step.")
@_seen
@_reason
@cases.by
def undo(
    *,
    case: str,
    decision: int | None,
    batch: str | None,
    seen: int | None,
    reason: str | None,
    by: str | None,
) -> None:
    """Take back a decision, or all decisions of one step; yours of last by default.

    \b
    temoin review undo case.temoin
    temoin review undo case.temoin --decision 31 --reason "wrong claim"

    What was decided before holds again. Both stay in the history and in the audit log.
    """  # noqa: D301 - click wants the backspace itself
    if decision is not None and batch is not None:
        message = "Give --decision or --batch, not both."
        raise click.UsageError(message)
    if seen is not None and decision is None:
        message = "--seen goes with --decision."
        raise click.UsageError(message)
    from temoin.casefile import reviewing

    actor = cases.actor(by)
    with _opened(case) as opened:
        done = reviewing.undo(
            opened, reviewer=actor, decision=decision, batch=batch, seen=seen, reason=reason
        )
        _tell(done, opened.target.shown)


@contextmanager
def _opened(case: str) -> Iterator[Case]:
    """The case; a conflict ends the command with a code of its own."""
    from temoin.casefile import Case, ConflictError

    with Case.open(case) as opened:
        try:
            yield opened
        except ConflictError as error:
            tell(f"Error: {error}")
            sys.exit(CONFLICT)


def _changes(
    case: Case, claims: Sequence[int], where: str | None, *, verdict: str, field: str | None
) -> list[Change]:
    """What the verdict would do; of claims that a query finds, only those it would change."""
    from temoin.casefile import CaseError
    from temoin.casefile.reviewing import preview
    from temoin.casefile.searching import claims_where

    numbers = list(claims)
    if where is not None:
        with case.reading() as session:
            numbers = claims_where(session, where)
    found = [
        change
        for first in range(0, len(numbers), _AT_ONCE)
        for change in preview(case, numbers[first : first + _AT_ONCE], verdict=verdict)
    ]
    if where is not None:
        return [change for change in found if field is not None or change.changes]
    missing = set(numbers) - {change.claim for change in found}
    if missing:
        raise CaseError(case.target.shown, f"there is no claim {min(missing)}")
    return found


def _show(changes: Sequence[Change]) -> None:
    lines = (
        f"{each.claim:>6}  {each.type}  {each.trigger}  {each.document}  "
        f"[{each.before} → {each.after}]"
        for each in changes
    )
    for line in joined(lines, _SHOWN):
        tell(line)


def _ask(verdict: str, count: int) -> None:
    """Ask before many claims are decided on."""
    if not _at_terminal():
        message = (
            f"{count:,} claims would be decided on: look at them with --dry-run, then say --yes."
        )
        raise click.UsageError(message)
    click.confirm(f"{verdict} {count:,} claim{'s' * (count != 1)}?", abort=True, err=True)


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _tell(done: Sequence[Done], shown: str) -> None:
    for line in joined(
        (f"claim {each.claim}: {each.state} (version {each.version})" for each in done), _SHOWN
    ):
        click.echo(clean(line))
    if len(done) > 1:
        tell(f"{len(done):,} in one step: temoin review undo {shown} --batch {done[0].batch}")


def _json(value: str) -> Any:  # noqa: ANN401 - any JSON
    """A value as JSON; a lone word is taken as it is."""
    try:
        return json.loads(value)
    except ValueError as error:
        if value.lstrip().startswith(("{", "[", '"')):
            message = f"--value is no JSON: {error}"
            raise click.UsageError(message) from error
        return value
