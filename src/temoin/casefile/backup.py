"""Backup and restore: a SQLite file with a manifest of hashes, made while others go on writing.

A backup is a case file itself, whatever the case is in: it can be opened, read and verified.
Nothing is ever overwritten, and nothing is restored that does not verify.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from temoin._version import __version__
from temoin.casefile.canonical import now
from temoin.casefile.case import Case
from temoin.casefile.copying import copy_case
from temoin.casefile.engine import APPLICATION_ID, Target
from temoin.casefile.errors import CaseError, CaseExistsError, NotACaseError
from temoin.casefile.verification import Head, verify

__all__ = ["Manifest", "back_up", "manifest_path", "restore"]

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is noted of a backup, in a file beside it.

    Attributes:
        case: What tells the case from all others.
        title: Its title.
        made_at: When the backup was made, UTC.
        temoin: With which version.
        schema: Version of the case's schema.
        documents: Documents.
        head: Last entry of its audit log, NUMBER:HASH.
        size: Bytes of the file.
        sha256: Their hash.
    """

    case: str
    title: str | None
    made_at: str
    temoin: str
    schema: str
    documents: int
    head: str
    size: int
    sha256: str


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a backup is."""
    return backup.with_name(f"{backup.name}.manifest.json")


def back_up(case: str | os.PathLike[str], target: Path) -> Manifest:
    """Copy a case into a file of its own and verify the copy.

    Args:
        case: The case: a file, or the address of a PostgreSQL database.
        target: The file to be; a folder gets `CASE-DATE.temoin`.

    Raises:
        CaseExistsError: There is something of that name.
        CaseError: The case cannot be read, or the copy does not verify.
    """
    with Case.open(case) as opened:
        if target.is_dir():
            stem = opened.target.path.stem if opened.target.path else opened.info().uuid
            target /= f"{stem}-{now()[:19].replace(':', '')}.temoin"
        for path in (target, manifest_path(target)):
            if path.exists() or path.is_symlink():
                raise CaseExistsError(str(path), "is there already: choose another name")
        with _made(target) as file:
            if opened.target.path is not None:
                _copy_file(opened.target.path, file)
            else:
                _prepare(file)
                copy_case(opened, Target.of(file))
            manifest = _manifest(file)
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n"
    manifest_path(target).touch(mode=0o600, exist_ok=False)
    manifest_path(target).write_text(text, encoding="utf-8")
    return manifest


def restore(backup: Path, case: str | os.PathLike[str]) -> Manifest:
    """Make a case of a backup, after verifying it.

    Args:
        backup: The file that `back_up` made.
        case: Where the case is to be: a file that is not there, or an empty PostgreSQL database.

    Returns:
        The backup's manifest; made from the file itself where there is none beside it.

    Raises:
        CaseExistsError: There is something already.
        CaseError: The backup is not what its manifest says, or does not verify.
    """
    noted = _noted(backup)
    target = Target.of(case)
    if target.path is not None and (target.path.exists() or target.path.is_symlink()):
        raise CaseExistsError(target.shown, "is there already: choose another name")
    Target.of(backup).check_file()
    if noted is not None and _sha256(backup) != noted.sha256:
        raise CaseError(str(backup), "was altered: it does not have the hash of its manifest")
    if target.path is None:
        # Verified as a copy beside it: reading a backup must not change it.
        with _scratch(backup) as file:
            found = _checked(file, backup, noted)
            with Case.open(file) as opened:
                copy_case(opened, target)
            with Case.open(case) as made:
                _see_that_it_verifies(made, target.shown)
        return noted or found
    with _made(target.path) as file:
        _copy_file(backup, file)
        found = _checked(file, backup, noted)
    return noted or found


def _checked(file: Path, backup: Path, noted: Manifest | None) -> Manifest:
    found = _manifest(file, shown=str(backup))
    if noted is not None and (found.head, found.case) != (noted.head, noted.case):
        cause = f"its log ends at {found.head}, its manifest says {noted.head}"
        raise CaseError(str(backup), cause)
    return found


def _manifest(file: Path, *, shown: str | None = None) -> Manifest:
    """What a copy is, after it was verified."""
    with Case.open(file) as opened:
        head, documents = _see_that_it_verifies(opened, shown or str(file))
        info, schema = opened.info(), opened.revision()
    with closing(sqlite3.connect(file)) as connection:
        # One file, without a log beside it that could be left behind.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Manifest(
        case=info.uuid,
        title=info.title,
        made_at=now(),
        temoin=__version__,
        schema=schema or "",
        documents=documents,
        head=str(head),
        size=file.stat().st_size,
        sha256=_sha256(file),
    )


def _see_that_it_verifies(case: Case, shown: str) -> tuple[Head, int]:
    report = verify(case)
    if report.faults:
        cause = f"does not verify: {report.faults[0]} ({len(report.faults):,} faults in all)"
        raise CaseError(shown, f"{cause}; see temoin verify")
    return report.head, report.documents


def _noted(backup: Path) -> Manifest | None:
    path = manifest_path(backup)
    if not path.exists():
        return None
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise CaseError(str(path), f"is no manifest of a backup ({error})") from error


def _copy_file(source: Path, file: Path) -> None:
    """SQLite's own copy: whole, whoever writes meanwhile."""
    if not source.exists():
        raise NotACaseError(str(source), "there is no such file")
    file.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(file)) as new:
        old.backup(new, pages=4096)


def _prepare(file: Path) -> None:
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _made(path: Path) -> Iterator[Path]:
    """A file beside a path that gets its name when all went well, unless it is taken."""
    if not path.absolute().parent.is_dir():
        raise CaseError(str(path), f"there is no folder {path.absolute().parent}")
    file = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield file
        try:
            path.hardlink_to(file)
        except FileExistsError as error:
            raise CaseExistsError(str(path), "is there already: choose another name") from error
        except OSError:  # a file system without links
            file.rename(path)
    finally:
        _forget(file)


@contextmanager
def _scratch(backup: Path) -> Iterator[Path]:
    file = backup.with_name(f".{backup.name}.{os.getpid()}.part")
    try:
        _copy_file(backup, file)
        yield file
    finally:
        _forget(file)


def _forget(file: Path) -> None:
    for left in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        left.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
