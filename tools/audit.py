"""Look the locked dependencies up in lists of known faults, by pip-audit.

    python tools/audit.py

Exit code 0: all were looked up and none has a known fault. 1: one has. 3: some could not be
looked up, since the network or the package index does not allow it; then nothing is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "runtime.lock"
UNKNOWN = 3


def verdict(dependencies: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The exit code, and lines that say why.

    Args:
        dependencies: What pip-audit says of each.
    """
    faults = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in"
        f" {', '.join(fault['fix_versions']) or 'no version yet'}"
        for each in dependencies
        for fault in each.get("vulns", [])
    ]
    skipped = [each["name"] for each in dependencies if "skip_reason" in each]
    if skipped:
        faults.append(f"{len(skipped)} of {len(dependencies)} could not be looked up: {skipped}")
    known = any(each.get("vulns") for each in dependencies)
    if not dependencies or (skipped and not known):
        return UNKNOWN, faults or ["nothing could be looked up"]
    return int(known), faults or [f"{len(dependencies)} packages, no known fault"]


def main() -> int:
    """Audit the lock."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    options = ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(  # noqa: S603 - our own tool
        [program, "--requirement", str(LOCK), *options],
        check=False,
        capture_output=True,
        text=True,
    )
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError):
        sys.stderr.write(done.stderr)
        dependencies = []
    code, lines = verdict(dependencies)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
