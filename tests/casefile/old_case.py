"""Writes a case of the present schema, to be migrated by tests of later versions.

    python tests/casefile/old_case.py      (from the root of the project)

Run it when a version of the schema is about to be released, and never again for that one.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "fakes"))


def main() -> None:
    """Write the case and pack it."""
    from cases import add_reports, decide, write_reports

    from temoin.casefile import Case, incidents, versions
    from temoin.corroboration import Verdict

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "old.temoin")
        reports = Path(folder, "reports")
        reports.mkdir()
        with Case.create(path, actor="ana", title="An old case") as case:
            add_reports(case, write_reports(reports), licence="CC BY 4.0")
            decide(case, 1, "accept", reason="seen on video")
            decide(case, 2, "edit", field="certainty", value='"possible"', machine='"certain"')
            decide(case, 3, "reject", reason_code="duplicate")
            decide(case, 3, "undo", undoes=3)
            incidents.decide(case, 1, 2, Verdict.UNSURE, reviewer="bea")
            incidents.run(case, actor="ana")
        packed = gzip.compress(path.read_bytes(), mtime=0)
        target = HERE / "data" / f"case-{versions.HEAD}.temoin.gz"
        target.write_bytes(packed)
        print(f"{target}: {len(packed):,} bytes")  # noqa: T201 - a tool for developers


if __name__ == "__main__":
    main()
