"""Gold reports from and to files: `.gold`, directories of them, compiled `.jsonl`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from temoin.corpus._gold import GoldReport
from temoin.corpus._notation import fault, read_gold

__all__ = ["digest", "dump_jsonl", "load", "read_jsonl", "write_jsonl"]


def load(*paths: Path | str) -> list[GoldReport]:
    """Read gold reports.

    Args:
        paths: `.gold` files, compiled `.jsonl` files, or directories, which are
            searched for `.gold` files at any depth.

    Returns:
        The reports in the order of the paths, a directory's in the order of its
        files' names.

    Raises:
        CorpusError: A path holds no report, breaks the notation, or two reports
            have the same id.
    """
    reports = [report for path in paths for report in _load(Path(path))]
    seen: dict[str, GoldReport] = {}
    for report in reports:
        if report.id in seen:
            other = seen[report.id].path or "another report"
            raise fault(
                report.path or report.id, f"the document id {report.id} stands in {other} too"
            )
        seen[report.id] = report
    return reports


def _load(path: Path) -> list[GoldReport]:
    if path.is_dir():
        found = sorted(path.rglob("*.gold"))
        if not found:
            raise fault(path, "no .gold file in this directory")
        return [read_gold(file) for file in found]
    if path.suffix in {".jsonl", ".ndjson"}:
        return read_jsonl(path)
    return [read_gold(path)]


def read_jsonl(path: Path | str) -> list[GoldReport]:
    """Read compiled reports, one JSON object a line.

    Raises:
        CorpusError: The file cannot be read or a line is no report; the message
            starts with `file:line`.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise fault(path, f"cannot be read: {error}") from error
    reports = []
    # Not splitlines: JSON strings may hold other line separators of Unicode.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            reports.append(GoldReport.from_dict(json.loads(line), path=path))
        except (KeyError, TypeError, ValueError) as error:
            raise fault(path, f"not a gold report: {error!r}", line=number) from error
    return reports


def dump_jsonl(reports: Iterable[GoldReport]) -> Iterator[str]:
    """The reports as JSON, one line each, without line ends."""
    for report in reports:
        yield json.dumps(report.to_dict(), ensure_ascii=False)


def write_jsonl(reports: Iterable[GoldReport], path: Path | str) -> None:
    """Write compiled reports to a file, one JSON object a line."""
    lines = "".join(f"{line}\n" for line in dump_jsonl(reports))
    Path(path).write_text(lines, encoding="utf-8", newline="\n")


def digest(reports: Iterable[GoldReport]) -> str:
    """SHA-256 of what the reports say, whatever their order or their files' layout.

    It covers the canonical JSON of all reports, sorted by id; comments and paths
    do not enter.
    """
    content = [report.to_dict() for report in sorted(reports, key=lambda report: report.id)]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()
