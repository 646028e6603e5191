"""The command line for tests, with the fake extractor."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

FAKES = Path(__file__).parent

#: Calls the command line in this process.
Run = Callable[..., Result]

#: Calls it as a program of its own.
Program = Callable[..., subprocess.CompletedProcess[bytes]]


def command(*arguments: str | Path) -> list[str]:
    """The program with the fake extractor."""
    return [sys.executable, str(FAKES / "run_fake.py"), *map(str, arguments)]


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the output."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"NO_COLOR", "COLUMNS", "FORCE_COLOR", "PYTHONIOENCODING"}
    }
    return {**kept, **changes}
