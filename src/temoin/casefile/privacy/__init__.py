"""Privacy: how sensitive documents and fields are, and what exports leave out.

`redact` makes a record fit for a profile; every export calls it. `docs/privacy.md` says what
the profiles do and what the rules cannot find.
"""

from __future__ import annotations

from temoin.casefile.privacy.profiles import PROFILES, Profile, ProfileError, load_profile
from temoin.casefile.privacy.redacting import WITHHELD, Marks, Report, published, redact

__all__ = [
    "PROFILES",
    "WITHHELD",
    "Marks",
    "Profile",
    "ProfileError",
    "Report",
    "load_profile",
    "published",
    "redact",
]
