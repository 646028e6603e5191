"""Writes the description of the workbench's API that the web app's types are made of.

.venv/bin/python tools/openapi.py            # writes web/openapi.json
.venv/bin/python tools/openapi.py --check    # exit code 1 if it is not as it should be
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from temoin.casefile import Case
from temoin.workbench.app import create_app
from temoin.workbench.settings import Settings

__all__ = ["PATH", "described", "main"]

PATH = Path(__file__).resolve().parent.parent / "web" / "openapi.json"


def described() -> str:
    """The description, as the file holds it: the same text for the same API."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "empty.temoin"
        Case.create(case, actor="nobody").close()
        app = create_app(str(case), Settings())
        told: dict[str, Any] = app.openapi()
    # The version of Témoin would change the file with each release.
    told["info"]["version"] = "1"
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the file."""
    told = described()
    if "--check" in arguments:
        return int(not PATH.exists() or PATH.read_text(encoding="utf-8") != told)
    PATH.write_text(told, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
