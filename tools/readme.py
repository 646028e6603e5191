"""Fill the README's blocks with what the commands they name print.

    python tools/readme.py            rewrite README.md
    python tools/readme.py --check    exit code 1 where a block is out of date

Blocks: `<!-- paste: COMMAND -->` is followed by the command's output;
`<!-- figures: evaluate -->` by the pinned figures of `corpus/gate.json`;
`<!-- figures: bench -->` by `benchmarks/results.md`, `<!-- figures: linking -->` by
`benchmarks/linking.md`.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
GATE = ROOT / "corpus" / "gate.json"
MEASURED = {
    "bench": ROOT / "benchmarks" / "results.md",
    "linking": ROOT / "benchmarks" / "linking.md",
}

_PASTE = re.compile(
    r"(?P<head>^<!-- paste: (?P<command>.+?) -->\n)(?:\n?```text\n.*?^```\n)?",
    re.MULTILINE | re.DOTALL,
)
_FIGURES = re.compile(
    r"(?P<head>^<!-- figures: (?P<name>\w+) -->\n).*?(?P<foot>^<!-- /figures -->$)",
    re.MULTILINE | re.DOTALL,
)
_ROWS = {
    "events, F1": "events.f1",
    "arguments, F1": "arguments.f1",
    "relations, F1": "relations.f1",
    "polarity right": "polarity",
    "negated events found to be negated": "negated_recall",
    "certainty right": "certainty",
    "uncertain events found to be so": "uncertain_recall",
    "attributions found": "attributed_recall",
    "places within 25 km": "place_within",
    "times to the day": "time_exact",
    "quantities exact": "quantity_exact",
}
_SCOPES = {"all": "overall", "French": "fr", "English": "en"}


def figures() -> str:
    """The table of the gate's figures, overall and by language."""
    if not GATE.exists():
        return "Not measured yet."
    gate = json.loads(GATE.read_text(encoding="utf-8"))
    pinned, counts = gate["figures"], gate["corpus"]["counts"]
    lines = [
        f"| figure | {' | '.join(_SCOPES)} |",
        f"| --- |{' ---: |' * len(_SCOPES)}",
    ]
    for title, name in _ROWS.items():
        values = [pinned.get(f"{scope}.{name}") for scope in _SCOPES.values()]
        cells = ["–" if value is None else f"{value:.2f}" for value in values]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    day = gate["history"][-1]["date"]
    note = (
        f"{counts['overall.documents']} reports, {counts['overall.events']} events; model"
        f" {gate['model']['name']}, {day}. A place, time or quantity of a missed event counts as"
        " missed. Two annotation passes made apart agree at .96 on events, .93 on arguments."
    )
    lines += ["", note]
    return "\n".join(lines)


def output(command: str) -> str:
    """What a `temoin` command prints in a pipe."""
    program = str(Path(sys.executable).with_name("temoin"))
    arguments = shlex.split(command)[1:]
    done = subprocess.run(  # noqa: S603 - commands of our own README
        [program, *arguments], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.rstrip("\n")


def filled(text: str) -> str:
    """The README with every block as it should be."""
    blocks = {"evaluate": figures()}
    for name, path in MEASURED.items():
        there = path.exists()
        blocks[name] = path.read_text(encoding="utf-8").strip() if there else "Not measured yet."
    text = _FIGURES.sub(lambda m: f"{m['head']}{blocks[m['name']]}\n{m['foot']}", text)
    return _PASTE.sub(lambda m: f"{m['head']}\n```text\n{output(m['command'])}\n```\n", text)


def main() -> int:
    """Rewrite the README, or check it."""
    before = README.read_text(encoding="utf-8")
    after = filled(before)
    if "--check" in sys.argv[1:]:
        if before != after:
            sys.stderr.write("README.md is out of date: run `python tools/readme.py`\n")
        return int(before != after)
    README.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
