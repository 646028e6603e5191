"""What a command reads: the paths it was given, or standard input."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from temoin.reading import Source

__all__ = ["Skipped", "count_documents", "paths_or_stdin", "refuse_overwriting"]


def paths_or_stdin(paths: Sequence[str]) -> list[str]:
    """The paths, or `-` where there are none and something is piped in."""
    if paths:
        return list(paths)
    if sys.stdin.isatty():
        message = "Give a file or a folder, or pipe a text in."
        raise click.UsageError(message)
    return ["-"]


def refuse_overwriting(out: Path | None, paths: Iterable[str]) -> None:
    """Stop before a report is replaced by its own record, or where `out` cannot be written."""
    if out is None:
        return
    if not out.absolute().parent.is_dir():
        message = f"--out {out}: there is no folder {out.absolute().parent}"
        raise click.UsageError(message)
    if out.is_dir():
        message = f"--out {out}: is a folder"
        raise click.UsageError(message)
    if out.exists() and any(
        path != "-" and Path(path).exists() and out.samefile(path) for path in paths
    ):
        message = f"--out {out}: is one of the reports to be read"
        raise click.UsageError(message)


def count_documents(sources: Iterable[Source]) -> int:
    """How many documents sources hold."""
    return sum(source.rows.count if source.rows else 1 for source in sources)


class Skipped:
    """Counts the files of a folder that are no reports."""

    def __init__(self) -> None:
        self._endings: Counter[str] = Counter()

    def __call__(self, path: str, _why: str) -> None:
        """One file was left out."""
        self._endings[Path(path).suffix.lower() or "no ending"] += 1

    def __str__(self) -> str:
        """`3 files left out that are no reports (2 .jpg, 1 .xlsx)`; empty where there are none."""
        total = self._endings.total()
        if not total:
            return ""
        kinds = ", ".join(f"{count} {ending}" for ending, count in self._endings.most_common(5))
        files = "file that is no report" if total == 1 else "files that are no reports"
        return f"left out {total} {files} ({kinds})"
