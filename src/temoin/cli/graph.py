"""`temoin graph`: which event came before, caused, prevented or answered which."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from temoin.cli import _options as options
from temoin.cli._records import Records
from temoin.cli._sources import refuse_overwriting
from temoin.cli._streams import data_output, tell

if TYPE_CHECKING:
    from temoin.record import Record

__all__ = ["graph"]


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--document", metavar="ID", help="Only the document of this id.")
@click.option(
    "--incidents/--no-incidents",
    default=True,
    show_default=True,
    help="Tie claims of several reports that tell of one incident.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["dot", "graphml", "svg", "json"]),
    default="dot",
    show_default=True,
    help="dot for Graphviz, graphml, svg as a picture, json as nodes and links.",
)
@options.out
@options.quiet
def graph(
    *,
    sources: tuple[str, ...],
    document: str | None,
    incidents: bool,
    form: str,
    out: Path | None,
    quiet: bool,
) -> None:
    """Draw which event came before, caused, prevented or answered which.

    SOURCE is what `temoin situation` takes. Contradictions in time are told on standard
    error: orders that run in a circle, or against the days.

    Of one case, the incidents are those of its last `temoin corroborate`, with people's
    verdicts on pairs, where nothing came after it; else they are found anew, which is told.

    Exit code: 0 all was read, 1 something failed, 2 nothing was read.
    """
    refuse_overwriting(out, sources)
    from temoin.situation.graph import build, svg, writing

    records = Records(sources, document=document)
    kept = list(records)
    if document is not None and not kept:
        tell(f"{document}: no such document in what was read")
        sys.exit(2)
    if records.exit_code == 2:
        tell(f"no graph: nothing was read ({records.summary()})")
        sys.exit(2)
    made = build(kept, same=_incidents(kept, sources) if incidents and len(kept) > 1 else ())
    writers = {
        "dot": writing.as_dot,
        "graphml": writing.as_graphml,
        "json": writing.as_json,
        "svg": svg.as_svg,
    }
    with data_output(out) as stream:
        stream.write(writers[form](made))
    for each in made.contradictions:
        tell(f"contradiction: {each.why}")
    if not quiet:
        tell(f"{records.summary()}; {len(made.nodes)} events, {len(made.edges)} edges, "
             f"{len(made.contradictions)} contradictions")  # fmt: skip
    sys.exit(records.exit_code)


def _incidents(records: list[Record], sources: tuple[str, ...]) -> list[list[str]]:
    """Claims of one incident each: those that a case keeps, or as corroboration finds them."""
    from temoin.corroboration import claims_of_all, corroborate
    from temoin.situation.sources import incidents_kept

    for source in sources:
        held = incidents_kept(source)
        if held is None:
            continue
        if len(sources) == 1 and not isinstance(held, str):
            return held
        why = held if isinstance(held, str) else "several sources are told of together"
        tell(f"{source}: incidents are found anew, without verdicts on pairs: {why}")
    found = corroborate(
        claims_of_all(records), texts=[(r.document.id, r.document.text) for r in records]
    )
    return [[claim.id for claim in incident.claims] for incident in found.incidents]
