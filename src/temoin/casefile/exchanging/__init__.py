"""Records of a case as JSON lines, out and in again: what was decided goes along.

Without a profile the round trip is exact: exported, imported into an empty case and exported
again, the bytes are the same. With one, each record goes through `privacy.redact`.
"""

from __future__ import annotations

from temoin.casefile.exchanging.reading import Taken, import_records
from temoin.casefile.exchanging.writing import exported_records, manifest

__all__ = ["Taken", "exported_records", "import_records", "manifest"]
