"""Every command of the README runs, one after the other, on files such as it names."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = re.sub(
    r"^```.*?^```$|<!--.*?-->",
    "",
    (ROOT / "README.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE | re.DOTALL,
)
INDENTED = re.findall(r"^    (\w.*)$", README, flags=re.MULTILINE)
INLINE = re.findall(r"`(temoin [^`]+)`", README)
COMMANDS = [
    command
    for command in dict.fromkeys([*INDENTED, *INLINE])
    # With its arguments: `temoin read` alone only names the command.
    if command.startswith("temoin ") and (command in INDENTED or len(command.split()) > 2)
]
TARGETS = [command.split()[1] for command in INDENTED if command.startswith("make ")]
#: What the README's query finds: a search that finds nothing has the exit code 1.
KIDAL = {
    "id": "kidal",
    "text": "The army shelled the market of Kidal on Monday with mortars, residents said.",
    "published": "2024-03-12",
}
#: A line of GeoNames' dump of Syria, in its 19 columns.
DUMP = (
    "170063\tDayr az Zawr\tDayr az Zawr\tDeir ez-Zor\t35.33588\t40.14084\tP\tPPLA\tSY\t\t07"
    "\t\t\t\t242565\t\t210\tAsia/Damascus\t2019-09-05\n"
)


def test_every_command_is_one_that_is_run() -> None:
    kinds = {command.split()[0] for command in INDENTED}
    assert kinds <= {"temoin", "make"}
    assert len(COMMANDS) >= 15


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the files that the README names."""
    (tmp_path / "reports").mkdir()
    for number, path in enumerate(sorted((ROOT / "examples").glob("*/*"))):
        shutil.copy(path, tmp_path / "reports" / f"{number}{path.suffix}")
    shutil.copy(ROOT / "examples/mizda/mizda-tribune.html", tmp_path / "report.html")
    (tmp_path / "reports" / "kidal.jsonl").write_text(json.dumps(KIDAL), encoding="utf-8")
    (tmp_path / "reports" / "bulletin.pdf").write_bytes(pdf("Rebels shelled Kidal on Monday."))
    with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
        archive.writestr("SY.txt", DUMP)
    return tmp_path


def pdf(line: str) -> bytes:
    """A PDF of one line."""
    text = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, starts = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\n" % (table)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def opened_and_ended(command: list[str], desk: Path, environment: dict[str, str]) -> int:
    """Start a server, wait for its address, interrupt it: its exit code."""
    with subprocess.Popen(
        [*command, "--no-browser", "--port", "0"],
        cwd=desk,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert any("http://127.0.0.1:" in line for line in server.stdout)
        server.send_signal(signal.SIGINT)
        return server.wait(timeout=60)


@pytest.mark.slow
def test_every_command_runs(desk: Path) -> None:
    program = str(Path(sys.executable).with_name("temoin"))
    environment = {**os.environ, "TEMOIN_DATA": str(desk / "data"), "TEMOIN_USER": "ana"}
    failed = []
    for command in COMMANDS:
        words = [
            each
            for word in shlex.split(command)[1:]
            for each in (map(str, sorted(desk.glob(word))) if "*" in word else [word])
        ]
        if words[0] == "serve":
            # 130 where the interrupt comes before the server listens for it.
            assert opened_and_ended([program, *words], desk, environment) in {0, 130}, command
            continue
        done = subprocess.run(
            [program, *words],
            cwd=desk,
            env=environment,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=300,
        )
        if done.returncode:
            failed.append(f"{command}: exit code {done.returncode}\n{done.stderr}")
    assert failed == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")
def test_the_demo_runs(tmp_path: Path) -> None:
    ready = Path(sys.prefix) / ".ready"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(
        ["make", "demo", "-o", str(ready), f"VENV={sys.prefix}", f"DEMO={tmp_path / 'demo'}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "report.html").exists()


@pytest.mark.parametrize("target", TARGETS)
def test_the_makefile_has_the_targets(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)
