"""`temoin evaluate`: measure Témoin, or records of another system, on annotated reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from temoin.cli._streams import colour_for, data_output, people_output, tell, width_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from temoin.corpus import GoldReport
    from temoin.evaluation import Scores
    from temoin.evaluation.gate import GateResult
    from temoin.record import Record

__all__ = ["evaluate"]

#: Columns of the tables where there is no terminal to fit them to.
_PIPE_WIDTH = 200

#: Exit codes of the gate.
_FELL = 1
_STOPPED = 2


@click.command()
@click.argument(
    "gold", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="GOLD..."
)
@click.option(
    "--records",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Score the records in this file (one JSON object a line) instead of reading the texts.",
)
@click.option(
    "--given-events",
    is_flag=True,
    help="Give grounding the gold's events and spans, and score times, places and quantities.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--by-type", is_flag=True, help="Add the figures of each type of event.")
@click.option("--calibration", is_flag=True, help="Add how often each confidence is right.")
@click.option("--errors", is_flag=True, help="List everything that is counted as wrong.")
@click.option(
    "--gate",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Compare the figures with the floors pinned in this file; exit code 1 if one fell.",
)
@click.option("--update-gate", is_flag=True, help="Pin the figures in the file of --gate.")
@click.option("--allow-regression", is_flag=True, help="Let --update-gate lower floors.")
@click.option("--reason", default="", metavar="TEXT", help="Why floors are lowered; kept on file.")
def evaluate(  # noqa: PLR0913 - one parameter an option
    *,
    gold: tuple[Path, ...],
    records: Path | None,
    given_events: bool,
    as_json: bool,
    by_type: bool,
    calibration: bool,
    errors: bool,
    gate: Path | None,
    update_gate: bool,
    allow_regression: bool,
    reason: str,
) -> None:
    """Measure Témoin on annotated reports.

    GOLD are .gold files, directories of them, or compiled .jsonl files; see
    corpus/README.md for the notation and for what is measured.

    \b
    temoin evaluate corpus/development               all figures
    temoin evaluate corpus/development --errors      what went wrong, and where
    temoin evaluate corpus/development --gate corpus/gate.json

    Exit code: 0 all went well, 1 a figure fell below its floor, 2 nothing was
    measured, the corpus is not the pinned one, or the command was called wrongly.
    """  # noqa: D301 - click wants the backspace itself
    _refuse_contradictions(
        records=records,
        given_events=given_events,
        gate=gate,
        update_gate=update_gate,
        allow_regression=allow_regression,
        reason=reason,
    )
    from temoin.corpus import load
    from temoin.evaluation import score

    golds = load(*gold)
    found = _records(golds, records, given_events=given_events)
    scores = score(golds, found)
    result = None
    if gate and not update_gate:
        result = _check(gate, golds, found, scores)
    if as_json:
        with data_output(None) as stream:
            data = _data(golds, found, scores, errors=errors, calibration=calibration)
            if result:
                data["gate"] = {"status": str(result.status), "messages": list(result.messages)}
            stream.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    else:
        with people_output(None) as stream:
            _show(stream, scores, given_events=given_events, by_type=by_type)
            if calibration:
                _show_calibration(stream, golds, found)
            if errors:
                stream.writelines(f"{fault}\n" for fault in scores.faults)
    if gate and update_gate:
        _update(gate, golds, found, scores, allow_regression=allow_regression, reason=reason)
    if result:
        _tell_result(result)


def _refuse_contradictions(
    *,
    records: Path | None,
    given_events: bool,
    gate: Path | None,
    update_gate: bool,
    allow_regression: bool,
    reason: str,
) -> None:
    if records and given_events:
        raise click.UsageError("--records and --given-events exclude each other.")
    if update_gate and not gate:
        raise click.UsageError("--update-gate needs --gate FILE.")
    if (allow_regression or reason) and not update_gate:
        raise click.UsageError("--allow-regression and --reason belong to --update-gate.")


def _records(
    golds: Sequence[GoldReport], records: Path | None, *, given_events: bool
) -> list[Record]:
    """What is scored: records of a file, grounded gold, or what the model reads."""
    from temoin.evaluation import load_records, read_records, records_from_gold

    if records:
        return load_records(records)
    with _progress(len(golds)) as advance:
        if given_events:
            from temoin.grounding import ground

            grounded = []
            for record in records_from_gold(golds):
                grounded.append(ground(record))
                advance(record.document.id)
            return grounded
        from temoin.pipeline import Reader

        return list(read_records(golds, Reader().read_text, progress=advance))


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=total, label="reading", file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _data(
    golds: Sequence[GoldReport],
    records: Sequence[Record],
    scores: Scores,
    *,
    errors: bool,
    calibration: bool,
) -> dict[str, Any]:
    from temoin.corpus import digest
    from temoin.evaluation import reliability

    data: dict[str, Any] = {"corpus_sha256": digest(golds), **scores.to_dict(faults=errors)}
    if calibration:
        data["calibration"] = reliability(golds, records).to_dict()
    return data


def _show(stream: TextIO, scores: Scores, *, given_events: bool, by_type: bool) -> None:
    from rich.console import Console

    from temoin.evaluation import figures_table, grounding_table, types_table

    console = Console(
        file=stream,
        width=width_for(stream, None) or _PIPE_WIDTH,
        no_color=not colour_for(stream),
        highlight=False,
    )
    console.print(grounding_table(scores) if given_events else figures_table(scores))
    if by_type:
        console.print(types_table(scores))


def _show_calibration(
    stream: TextIO, golds: Sequence[GoldReport], records: Sequence[Record]
) -> None:
    from rich.console import Console

    from temoin.evaluation import reliability, reliability_table

    console = Console(file=stream, width=_PIPE_WIDTH, no_color=not colour_for(stream))
    console.print(reliability_table(reliability(golds, records)))


def _check(
    path: Path, golds: Sequence[GoldReport], records: Sequence[Record], scores: Scores
) -> GateResult:
    from temoin.evaluation.gate import check, load_baseline, measure

    return check(load_baseline(path), measure(golds, records, scores))


def _tell_result(result: GateResult) -> None:
    from temoin.evaluation.gate import Status

    for message in result.messages:
        tell(message)
    tell(f"gate: {result.status}")
    if not result.passed:
        code = _FELL if result.status is Status.FAILED else _STOPPED
        click.get_current_context().exit(code)


def _update(
    path: Path,
    golds: Sequence[GoldReport],
    records: Sequence[Record],
    scores: Scores,
    *,
    allow_regression: bool,
    reason: str,
) -> None:
    from temoin.evaluation.gate import load_baseline, measure, save_baseline, update

    baseline = update(
        load_baseline(path) if path.exists() else None,
        measure(golds, records, scores),
        allow_regression=allow_regression,
        reason=reason,
    )
    save_baseline(baseline, path)
    lowered = len(baseline.history[-1].lowered)
    tell(f"pinned {len(baseline.pinned.figures)} figures in {path}, {lowered} floors lowered")
