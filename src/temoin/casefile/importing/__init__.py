"""Reference data into a case: ACLED, UCDP GED, GDELT, any table with a mapping.

Each row becomes a document (its note or headline is the text, its id the name) with one
record, whose one claim is what the source codes the row as. `docs/imports.md` tells how.
"""

from __future__ import annotations

from temoin.casefile.importing.mapping import BUILT_IN, Mapping, load_mapping
from temoin.casefile.importing.storing import Imported, import_rows

__all__ = ["BUILT_IN", "Imported", "Mapping", "import_rows", "load_mapping"]
