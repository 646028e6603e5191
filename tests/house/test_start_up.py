"""Starting Témoin is cheap and opens no connection."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = (
    "alembic",
    "argon2",
    "fastapi",
    "numpy",
    "onnxruntime",
    "pandas",
    "pypdfium2",
    "rich",
    "uvicorn",
    "sqlalchemy",
    "tokenizers",
    "torch",
    "trafilatura",
)

# The audit hook sees what C code asks of the socket module as well.
GUARD = """
import sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise RuntimeError(f"{event} {args}")

sys.addaudithook(refuse)
"""


def run(code: str, *, timeout: float = 120) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=timeout, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("module", ["temoin", "temoin.cli"])
def test_import_loads_nothing_heavy(module: str) -> None:
    loaded = json.loads(run(f"import json, sys, {module}; print(json.dumps(list(sys.modules)))"))
    assert [name for name in HEAVY if name in loaded] == []


def test_guard_refuses_a_connection() -> None:
    code = GUARD + (
        "import socket\n"
        "try:\n"
        "    socket.create_connection(('127.0.0.1', 9))\n"
        "except RuntimeError:\n"
        "    print('refused')"
    )
    assert run(code) == "refused\n"


@pytest.mark.slow
def test_reading_a_text_opens_no_connection() -> None:
    code = GUARD + (
        "import temoin\n"
        "record = temoin.read('L’armée a bombardé Mizda mercredi.', published='2019-11-14')\n"
        "print(len(record.document.text))"
    )
    assert run(code) == "34\n"
