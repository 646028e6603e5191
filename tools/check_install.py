"""Install the wheel as a user without a network would, and see that it works.

    python tools/check_install.py                 the wheel of dist/, dependencies by the lock
    python tools/check_install.py --no-download   with the wheelhouse of the last run

The dependencies are fetched once into `dist/wheelhouse`, as the lock file's hashes have
them. Then pip installs from there alone (`--no-index`) into an empty virtualenv,
`dist/installed`, and so does pipx, where it is; the installed program reads a report and
serves a case.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
WHEELHOUSE = DIST / "wheelhouse"
INSTALLED = DIST / "installed"
LOCK = ROOT / "requirements" / "runtime.lock"
REPORT = ROOT / "examples" / "mizda" / "mizda-communique.txt"

#: Seconds for a program to answer, and for a server to start.
_PATIENCE = 300


class CheckError(Exception):
    """The wheel does not work as it should."""


def offline() -> dict[str, str]:
    """An environment in which pip knows no index, and Python no other packages."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "UV_", "VIRTUAL_ENV"))
    }
    return {
        **kept,
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": f"{WHEELHOUSE} {DIST}",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def run(*command: str | Path, **environment: str) -> str:
    """The output of a program, called offline.

    Args:
        command: The program and its arguments.
        environment: What is added to its environment.

    Raises:
        CheckError: It failed.
    """
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(each) for each in command],
        capture_output=True,
        check=False,
        cwd=tempfile.gettempdir(),  # not the source, whose package must not be found
        env={**offline(), **environment},
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=_PATIENCE,
    )
    if done.returncode:
        message = f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr}"
        raise CheckError(message)
    return done.stdout


def wheel() -> Path:
    """The one wheel of Témoin in `dist/`."""
    found = sorted(DIST.glob("temoin-*.whl"))
    if len(found) != 1:
        message = f"dist/ must hold one wheel of Témoin, not {len(found)}: run `make dist`"
        raise CheckError(message)
    return found[0]


def download() -> None:
    """Fetch what the lock names into the wheelhouse, with the machine's own settings of pip."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:"]
    locked = ["--require-hashes", "--no-deps", "--requirement", str(LOCK)]
    for what in (locked, ["pip"]):  # pipx asks for pip itself
        subprocess.run([*pip, "--dest", str(WHEELHOUSE), *what], check=True)  # noqa: S603


def install() -> Path:
    """Install into an empty virtualenv; the program's path."""
    shutil.rmtree(INSTALLED, ignore_errors=True)
    run(sys.executable, "-m", "venv", INSTALLED)
    run(INSTALLED / "bin" / "python", "-m", "pip", "install", "--quiet", wheel())
    run(INSTALLED / "bin" / "python", "-m", "pip", "check")
    return INSTALLED / "bin" / "temoin"


def reads(program: Path) -> str:
    """See that the program reads a report; what it found."""
    usage = run(program, "--help")
    if "Usage: temoin" not in usage:
        message = f"--help says: {usage}"
        raise CheckError(message)
    out = run(program, "read", REPORT, "--published", "2019-11-14", "-f", "json", "--quiet")
    record = json.loads(out)
    record = record[0] if isinstance(record, list) else record
    if not record["events"]:
        message = "no event was found in the example"
        raise CheckError(message)
    return f"{len(record['events'])} events read"


def serves(program: Path, folder: Path) -> str:
    """See that the workbench answers; what it said.

    Args:
        program: The program.
        folder: Where its case may lie.
    """
    case = folder / "check.temoin"
    run(program, "init", case, "--by", "check")
    command = [program, "serve", case, "--port", "0", "--no-browser", "--by", "check"]
    server = subprocess.Popen(  # noqa: S603 - our own program
        [str(each) for each in command],
        cwd=folder,
        env={**offline(), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = threading.Timer(_PATIENCE, server.kill)
    watch.start()
    said: list[str] = []
    try:
        for line in server.stdout or ():
            said.append(line)
            if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                return _answers(address[0])
    finally:
        watch.cancel()
        server.terminate()
        server.wait(timeout=30)
    message = f"temoin serve ended: {''.join(said)}"
    raise CheckError(message)


def _answers(address: str) -> str:
    """What a workbench says of its health, and whether it has its pages."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    ends = time.monotonic() + 60
    while True:
        try:
            with direct.open(f"{address}/health", timeout=10) as answer:
                health = json.load(answer)
            break
        except OSError as error:
            if time.monotonic() > ends:
                message = f"{address}/health: {error}"
                raise CheckError(message) from error
            time.sleep(0.2)
    if health["status"] != "ok":
        message = f"{address}/health: {health}"
        raise CheckError(message)
    return f"the workbench of {health['version']} answers"


def has_pages() -> bool:
    """Whether the front end is in what was installed."""
    (package,) = INSTALLED.glob("lib/python*/site-packages/temoin")
    return (package / "workbench" / "static" / "index.html").exists()


def by_pipx(folder: Path) -> str:
    """See that pipx installs it offline as well.

    Args:
        folder: Where pipx may keep its things.
    """
    if find_spec("pipx") is None:
        return "pipx is not here: skipped"
    homes = {name: str(folder / name) for name in ("PIPX_HOME", "PIPX_BIN_DIR", "PIPX_MAN_DIR")}
    # pipx would fetch pip for its shared libraries, and may take uv, which reads no pip settings.
    run(sys.executable, "-m", "pipx", "install", "--backend", "pip", wheel(), **homes)
    out = run(folder / "PIPX_BIN_DIR" / "temoin", "--version")
    return f"pipx: {out.strip()}"


def main() -> int:
    """Install and try the wheel; exit code 1 where it does not work."""
    WHEELHOUSE.mkdir(parents=True, exist_ok=True)
    say = sys.stdout.write
    try:
        if "--no-download" not in sys.argv[1:]:
            download()
        program = install()
        say(f"installed offline from {wheel().name}\n")
        say(f"{reads(program)}\n")
        with tempfile.TemporaryDirectory() as folder:
            say(f"{serves(program, Path(folder))}\n")
            if not has_pages():
                say("Warning: the wheel has no front end: run `npm ci && npm run build` in web/\n")
                if "--require-pages" in sys.argv[1:]:
                    return 1
            say(f"{by_pipx(Path(folder))}\n")
    except CheckError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
