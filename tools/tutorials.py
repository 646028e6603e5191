"""Run the tutorials: every command and every block of Python, in an empty folder.

    python tools/tutorials.py                  run them all and rewrite what they show
    python tools/tutorials.py --check [PAGE]   exit code 1 where one fails or shows otherwise

The folder holds a copy of `examples/` and nothing else. A block of ```sh is run by bash and
must succeed; blocks of ```python share their names; ```r is run where Rscript and its
packages are. A block of ```text that follows shows the output; where it ends with the line
`...`, more came. Without such a block the output is not compared. A block under a line
`<!-- needs: MODULE -->` is left out where the module cannot be imported.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

__all__ = ["check", "shown", "told"]

ROOT = Path(__file__).parents[1]
TUTORIALS = ROOT / "docs" / "tutorials"
MORE = "..."

_BLOCK = re.compile(
    r"(?P<head>(?:^<!-- needs: (?P<needs>\w+) -->\n)?"
    r"^```(?P<kind>sh|python|r)\n(?P<code>.*?)^```\n)"
    r"(?:(?P<between>\n```text\n)(?P<output>.*?)^```\n)?",
    flags=re.MULTILINE | re.DOTALL,
)


class BlockError(Exception):
    """A block of a tutorial failed; the message holds the block and what it said."""


class Runner:
    """Runs the blocks of one page in one folder.

    Args:
        folder: Where; holds `examples/`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, Any] = {"__name__": "__main__"}
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "COLUMNS"},
            "HOME": str(folder),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "TEMOIN_DATA": str(folder / "data"),
            "TEMOIN_USER": "ana",
        }

    def run(self, kind: str, code: str) -> str | None:
        """What a block prints; None where it cannot run on this machine."""
        if kind == "python":
            return self._python(code)
        if kind == "sh":
            return self._program(["bash", "-euo", "pipefail", "-c", code], code)
        needed = ", ".join(f'"{name}"' for name in re.findall(r"library\((\w+)\)", code))
        asked = f"quit(status = !all(sapply(c({needed}), requireNamespace, quietly = TRUE)))"
        if shutil.which("Rscript") is None or (
            needed and subprocess.run(["Rscript", "-e", asked], check=False).returncode  # noqa: S603, S607 - our own pages
        ):
            return None
        return self._program(["Rscript", "-e", code], code)

    def _program(self, command: list[str], code: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own pages
            command,
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        if done.returncode:
            message = f"exit code {done.returncode}:\n{code}\n{done.stdout}{done.stderr}"
            raise BlockError(message)
        return done.stdout

    def _python(self, code: str) -> str:
        printed = io.StringIO()
        with contextlib.chdir(self._folder), contextlib.redirect_stdout(printed):
            try:
                exec(compile(code, "tutorial", "exec"), self._names)  # noqa: S102 - our own pages
            except Exception as error:
                message = f"{error!r}:\n{code}"
                raise BlockError(message) from error
        return printed.getvalue()


def shown(output: str, before: str) -> str:
    """What a page shows of an output: as much as it showed before.

    Args:
        output: What was printed.
        before: What the page shows now; its last line may be `...`.
    """
    lines = output.rstrip("\n").split("\n")
    kept = before.rstrip("\n").split("\n")
    if kept[-1] == MORE and len(lines) >= len(kept):
        lines = [*lines[: len(kept) - 1], MORE]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def told(page: str, folder: Path) -> str:
    """A page with the outputs that its blocks give.

    Args:
        page: The text of the page.
        folder: Where its blocks run.
    """
    runner = Runner(folder)

    def block(found: re.Match[str]) -> str:
        if found["needs"] and not _importable(found["needs"]):
            return found[0]
        output = runner.run(found["kind"], found["code"])
        if output is None or found["output"] is None:
            return found[0]
        return f"{found['head']}{found['between']}{shown(output, found['output'])}```\n"

    return _BLOCK.sub(block, page)


def _importable(module: str) -> bool:
    """Whether a module, with the libraries of the system that it needs, is there."""
    try:
        import_module(module)
    except (ImportError, OSError):
        return False
    return True


def check(path: Path, *, rewrite: bool = False) -> str:
    """What is wrong with a tutorial; empty where nothing is.

    Args:
        path: The page.
        rewrite: Whether to put right what it shows.
    """
    before = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder) / "examples")
        try:
            after = told(before, Path(folder))
        except BlockError as error:
            return f"{path.name}: {error}"
    if after == before:
        return ""
    if rewrite:
        path.write_text(after, encoding="utf-8")
        return ""
    pairs = zip(before.split("\n"), after.split("\n"), strict=False)
    differing = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    return (
        f"{path.name} shows {differing[0]!r}, but now it is {differing[1]!r}:"
        " run `python tools/tutorials.py`"
    )


def main() -> int:
    """Run the tutorials that are named, or all."""
    checking = "--check" in sys.argv[1:]
    named = [Path(each).resolve() for each in sys.argv[1:] if each != "--check"]
    wrong = [
        fault
        for path in named or sorted(TUTORIALS.glob("*.md"))
        if (fault := check(path, rewrite=not checking))
    ]
    sys.stderr.write("".join(f"{fault}\n" for fault in wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
