"""Many claims in one step: a preview with a token, the step itself, and taking it back."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from temoin.casefile import Case
from temoin.casefile.reviewing import Verdict, decide
from temoin.casefile.reviewing import preview as previewed
from temoin.casefile.reviewing import undo as take_back
from temoin.workbench.api.models.review import (
    BulkIn,
    BulkPreview,
    BulkPreviewIn,
    BulkUndone,
)
from temoin.workbench.problems import Problem
from temoin.workbench.views.cards import cards_of
from temoin.workbench.views.remembering import memory_of
from temoin.workbench.views.selecting import Reading, reading

if TYPE_CHECKING:
    from temoin.workbench.jobs import Run

__all__ = ["AT_ONCE", "MOST", "Planned", "preview", "take", "undo"]

#: A step on more claims than this is a job.
AT_ONCE = 200

#: A step on more claims than this is refused: nobody has looked at so many.
MOST = 20_000

_SAMPLE = 20
_HOLDS = dt.timedelta(minutes=30)
_MOST_TOKENS = 200
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """A step that was previewed.

    Attributes:
        user: Who asked.
        action: accept, reject or unsure.
        claims: Number of each claim, with the version that was seen.
        until: When it is forgotten.
        body: The reason, once it is done.
    """

    user: str
    action: str
    claims: tuple[tuple[int, int], ...]
    until: dt.datetime
    body: BulkIn | None = None

    @property
    def count(self) -> int:
        """How many claims."""
        return len(self.claims)

    def run(self, case: Case, tell: Callable[[int], None] | None = None) -> str:
        """Do it, all of it or nothing: the batch.

        Args:
            case: The case.
            tell: Told how many are taken.

        Raises:
            ConflictError: Somebody decided on a claim of it since it was previewed.
        """
        done = decide(case, _Told(list(self._verdicts()), tell), reviewer=self.user)
        return done[0].batch

    def as_job(self, case: Case, changed: Callable[[], None]) -> Callable[[Run], dict[str, Any]]:
        """It as the work of a job.

        Args:
            case: The case.
            changed: Called when it is done.
        """

        def work(run: Run) -> dict[str, Any]:
            def tell(done: int) -> None:
                run.tell(done, self.count, self.action)

            batch = self.run(case, tell)
            changed()
            return {"batch": batch, "count": self.count}

        return work

    def _verdicts(self) -> Iterator[Verdict]:
        body = self.body
        for claim, version in self.claims:
            yield Verdict(
                self.action,
                claim,
                seen=version,
                reason_code=body.reason if body else None,
                reason=body.comment if body else None,
            )


class _Told(list[Verdict]):
    """Verdicts that tell how far they are taken."""

    def __init__(self, verdicts: list[Verdict], tell: Callable[[int], None] | None) -> None:
        super().__init__(verdicts)
        self._tell = tell

    def __iter__(self) -> Iterator[Verdict]:
        for at, verdict in enumerate(super().__iter__()):
            if self._tell and at % 20 == 0:
                self._tell(at)
            yield verdict


class _Tokens:
    """Steps by token: forgotten once done, after half an hour, or when there are too many."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, Planned] = OrderedDict()

    def put(self, planned: Planned) -> str:
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._held[token] = planned
            while len(self._held) > _MOST_TOKENS:
                self._held.popitem(last=False)
        return token

    def take(self, token: str, *, user: str) -> Planned | None:
        """A step of a user, once."""
        with self._lock:
            planned = self._held.get(token)
            if planned is None or planned.user != user:
                return None
            del self._held[token]
        return planned if planned.until > dt.datetime.now(dt.UTC) else None


def preview(case: Case, body: BulkPreviewIn, *, user: str) -> BulkPreview:
    """What a step would do to all claims that a query finds.

    Raises:
        QueryError: The query cannot be read.
    """
    with reading(case) as now:
        found = now.found(body.q)
        notes = list(found.notes)
        columns = now.columns
        pending = columns.claims["state"][found.at] == columns.words["state"].number("pending")
        undecided = found.at[pending]
        if len(undecided) > MOST:
            changing = undecided
        else:
            decided = _changing(now, found.at[~pending], body.action)
            changing = np.sort(np.concatenate([undecided, decided]))
        token = until = None
        if len(changing) > MOST:
            notes.append(
                f"A step may be on {MOST:,} claims at most, and this would be on "
                f"{len(changing):,} or more: narrow the filter."
            )
        elif len(changing):
            numbers = columns.claims["id"][changing].tolist()
            versions = columns.claims["version"][changing].tolist()
            until = dt.datetime.now(dt.UTC) + _HOLDS
            planned = Planned(user, body.action, tuple(zip(numbers, versions, strict=True)), until)
            token = _tokens(case).put(planned)
        return BulkPreview(
            count=len(changing),
            unchanged=len(found) - len(changing),
            by_type=_by(now, changing, "type"),
            by_state=_by(now, changing, "state"),
            sample=cards_of(now, columns.claims["id"][changing[:_SAMPLE]].tolist(), body.q),
            token=token,
            expires=until.isoformat(timespec="seconds") if until else None,
            notes=notes,
        )


def take(case: Case, body: BulkIn, *, user: str) -> Planned:
    """The step that was previewed.

    Raises:
        Problem: There is none, or not any more.
    """
    planned = _tokens(case).take(body.token, user=user)
    if planned is None:
        raise Problem(404, "this preview is gone: look at the step again")
    return replace(planned, body=body)


def undo(case: Case, batch: str, *, reviewer: str) -> BulkUndone:
    """Take back all of a step.

    Raises:
        CaseError: There is none, or it was taken back.
    """
    done = take_back(case, reviewer=reviewer, batch=batch)
    return BulkUndone(batch=done[0].batch, count=len(done))


def _tokens(case: Case) -> _Tokens:
    found: _Tokens = memory_of(case).besides.setdefault("steps", _Tokens())
    return found


def _changing(now: Reading, at: Any, action: str) -> Any:  # noqa: ANN401 - arrays
    """Those of claims that were decided on which a step would change."""
    numbers = now.columns.claims["id"][at].tolist()
    changed = [
        change.claim
        for first in range(0, len(numbers), _CHUNK)
        for change in previewed(now.case, numbers[first : first + _CHUNK], verdict=action)
        if change.changes
    ]
    return now.columns.positions(np.array(changed, dtype=np.int64))


def _by(now: Reading, at: Any, column: str) -> dict[str, int]:  # noqa: ANN401
    texts = now.columns.words[column].texts
    values, counts = np.unique(now.columns.claims[column][at], return_counts=True)
    told = Counter({str(texts[v]): int(c) for v, c in zip(values, counts, strict=True)})
    return dict(told.most_common())
