"""The benchmark's scorer, on a corpus of one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "toponyms.py"
CORPUS = """<articles><article docid="1"><text>Shells hit Aleppo and Homs, said Mr. Paris.</text>
<toponyms>
<toponym><start>12</start><end>18</end><phrase>Aleppo</phrase>
<gaztag geonameid="170063"><lat>36.2</lat><lon>37.16</lon></gaztag></toponym>
<toponym><start>22</start><end>26</end><phrase>Homs</phrase>
<gaztag geonameid="169577"><lat>10.0</lat><lon>10.0</lon></gaztag></toponym>
<toponym><start>37</start><end>42</end><phrase>Paris</phrase></toponym>
</toponyms></article></articles>"""


def test_names_are_found_and_measured(tmp_path: Path) -> None:
    (tmp_path / "mine.xml").write_text(CORPUS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path)], capture_output=True, text=True, check=True
    )
    ours, baseline = (line.split()[-4:] for line in done.stdout.splitlines()[1:])
    assert ours == ["1.000", "1.000", "1.000", "0.500"]
    assert baseline == ours
