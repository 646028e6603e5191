"""The casefile: all reports, records and decisions of a case in one database, with proof.

A case is one SQLite file, or one PostgreSQL database; the same code serves both.
`docs/schema.md` describes every table. How it is meant:

- **One way in.** Every change happens within `Case.writing(actor=...)`. It takes the
  case's lock before it reads, so writers stand in line; it gives a `Work` with a session
  and the audit log, and writes both in one transaction. Reading is `Case.reading`, which
  sees one state throughout.
- **The log tells states.** An audit entry of a kind in `states.KINDS` carries the whole
  state of its row after the change (`states.state`), so that `verify` can compare each
  row with what was told last. Whoever changes such a row must log it: `old` and `new`
  are the states before and after; `field` stays null, for an entry with a field is a
  remark and tells no state. A new kind of row that must not change unseen goes into
  `states.KINDS` and into `verification.told`.
- **What follows is not logged but computed again.** Events, arguments, relations and
  claims follow from the record that is kept whole and from the decisions. After storing
  decisions, or a newer record, call `claims.refresh_claim` for each claim concerned, in
  the same transaction: it sets the claim's columns, its arguments, which decisions hold,
  and its words in the search index. `verify` projects all of it again.
- **Claims outlive records.** A document may have several records, by number; the last one
  is `current`. A newer record's events are tied to the claims that are there (same words
  first, then words that overlap), so that decisions stay; a claim that it lost is kept
  with `present` false. Decisions name arguments by role and place in the text
  (`actor:69-78`), which no record changes.
- **Decisions are appended.** On each field of a claim they are a stack; `undo` takes one
  away. `effective.effective_event` says what holds, and is what exports should use.
  `claims.version` goes up with each change: a reviewer names the version that was seen,
  and whoever comes second gets a `ConflictError`. `batch` ties what was decided at once.
- **Nothing is deleted.** Documents have a `status`. Triggers refuse what must not happen
  by mistake; the hash chain finds what was done on purpose.
- **Incidents are computed anew.** `incidents.run` replaces the rows of the last run; the
  log has the run with their hashes (`digests`), not the rows. Verdicts on pairs of claims
  (`pair_decisions`) are told one by one, as decisions are.
- **Words are cut and folded here** (`search.words_of`), not by the database: both find
  the same. `document_search` and `claim_search` are FTS5 tables (`rowid` is the id) or
  tables with a `tsvector`; query words must go through `words_of` too.
- **Moments are text** (UTC, microseconds), days are dates, values of decisions and audit
  states are canonical JSON: the same bytes are hashed on both databases.
- **A released migration is never changed.** A new version is a module in
  `migrations/versions` and a name in `versions.REVISIONS`; tests compare the tables that
  migrations make with the models, on both databases.
"""

from __future__ import annotations

from temoin.casefile.adding import Added, Known, Outcome, add
from temoin.casefile.case import Case, Migration, Work
from temoin.casefile.errors import (
    CaseBusyError,
    CaseError,
    CaseExistsError,
    CaseVersionError,
    ConflictError,
    NotACaseError,
)
from temoin.casefile.storing import Custody, load_record
from temoin.casefile.verification import Fault, Head, Report, verify

__all__ = [
    "Added",
    "Case",
    "CaseBusyError",
    "CaseError",
    "CaseExistsError",
    "CaseVersionError",
    "ConflictError",
    "Custody",
    "Fault",
    "Head",
    "Known",
    "Migration",
    "NotACaseError",
    "Outcome",
    "Report",
    "Work",
    "add",
    "load_record",
    "verify",
]
