"""`temoin backup` and `temoin restore`: a case into a file of its own, and back."""

from __future__ import annotations

from pathlib import Path

import click

from temoin.cli import _cases as cases
from temoin.cli._streams import tell

__all__ = ["backup", "restore"]


@click.command()
@cases.case
@click.argument("target", metavar="TARGET", type=click.Path(path_type=Path))
def backup(*, case: str, target: Path) -> None:
    """Copy a case into a file, verify the copy, and note its hash.

    TARGET is a file that is not there yet, or a folder. Others may go on writing meanwhile.
    Of a PostgreSQL case the backup is a file too, which can be opened as a case. Beside it
    goes TARGET.manifest.json with its SHA-256 and the head of the audit log.
    """
    from temoin.casefile.backup import back_up

    made = back_up(case, target)
    where = f"{target}/" if target.is_dir() else str(target)
    tell(f"{where}: {made.documents:,} documents, {made.size / 1e6:,.1f} MB, verified")
    tell(f"head of the audit log: {made.head}")


@click.command()
@click.argument(
    "file", metavar="BACKUP", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@cases.case
def restore(*, file: Path, case: str) -> None:
    """Make a case of a backup, after verifying it.

    CASE is a file that is not there yet, or the address of an empty PostgreSQL database:
    nothing is overwritten. A backup that was altered, or that does not verify, is refused.
    """
    from temoin.casefile.backup import restore as run
    from temoin.casefile.engine import Target

    made = run(file, case)
    tell(f"{Target.of(case).shown}: restored {made.documents:,} documents, verified")
    tell(f"head of the audit log: {made.head}")
