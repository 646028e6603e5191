"""`temoin pair`: what people say of two claims, whether they speak of one incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from temoin.cli import _cases as cases
from temoin.cli._claims import clean, dumped
from temoin.cli._streams import tell

if TYPE_CHECKING:
    from temoin.casefile.schema import PairDecision

__all__ = ["pair"]


@click.command()
@cases.case
@click.argument(
    "verdict", type=click.Choice(["same", "different", "unsure", "undo"]), required=False
)
@click.argument("claims", type=click.IntRange(min=1), nargs=-1, metavar="[CLAIM CLAIM]")
@click.option("--reason", metavar="TEXT", help="Why, in your words.")
@click.option("--json", "as_json", is_flag=True, help="List the verdicts as lines of JSON.")
@cases.by
def pair(
    *,
    case: str,
    verdict: str | None,
    claims: tuple[int, ...],
    reason: str | None,
    as_json: bool,
    by: str | None,
) -> None:
    """Say whether two claims speak of one incident: same, different or unsure.

    \b
    temoin pair case.temoin same 12 40 --reason "the same market, by the photographs"
    temoin pair case.temoin undo 12 40
    temoin pair case.temoin

    The last verdict on a pair holds; undo takes it back, and the one before it holds again.
    Nothing is merged for good: the next temoin corroborate applies what holds. Without a
    verdict, all that were given are listed.
    """  # noqa: D301 - click wants the backspace itself
    from temoin.casefile import Case, incidents
    from temoin.corroboration import Verdict

    if verdict is None:
        with Case.open(case) as opened:
            _list(incidents.decided_pairs(opened), as_json=as_json)
        return
    if len(claims) != 2:
        message = "Give the numbers of two claims."
        raise click.UsageError(message)
    a, b = claims
    actor = cases.actor(by)
    with Case.open(case) as opened:
        if verdict == "undo":
            done = incidents.undo(opened, a, b, reviewer=actor, reason=reason)
        else:
            done = incidents.decide(opened, a, b, Verdict(verdict), reviewer=actor, reason=reason)
    now = done.holds or "no verdict"
    click.echo(f"claims {done.claims[0]} and {done.claims[1]}: {now} holds")
    tell(f"applied by the next run: temoin corroborate {case}")


def _list(rows: list[tuple[PairDecision, bool]], *, as_json: bool) -> None:
    for row, holds in rows:
        if as_json:
            told = {
                "decision": row.id,
                "claims": [row.claim_id, row.other_id],
                "verdict": row.verdict,
                "reviewer": row.reviewer,
                "reason": row.reason,
                "at": row.at,
                "undoes": row.undoes,
                "holds": holds,
            }
            click.echo(dumped(told))
            continue
        why = f" ({row.reason})" if row.reason else ""
        undone = "" if holds or row.verdict == "undo" else "  (does not hold any more)"
        click.echo(
            clean(f"{row.at[:16]}  claims {row.claim_id} and {row.other_id}: {row.verdict}, says "
                  f"{row.reviewer}{why}{undone}")
        )  # fmt: skip
    if not as_json:
        count = len(rows)
        tell(f"{count:,} verdict{'' if count == 1 else 's'} on pairs of claims")
