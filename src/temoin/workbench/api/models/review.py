"""Review: decisions, what was added by hand, steps of many claims, conflicts."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from temoin.casefile.reviewing.values import Reason
from temoin.record import Certainty, EventType, Polarity, Role
from temoin.workbench.api.models.claims import ClaimCard, FullClaim, Step
from temoin.workbench.api.models.common import Answer, Given, Number, Offset, State

__all__ = [
    "ArgumentIn",
    "BulkAction",
    "BulkDone",
    "BulkIn",
    "BulkPreview",
    "BulkPreviewIn",
    "BulkUndone",
    "ClaimIn",
    "Conflict",
    "DecisionIn",
    "DocumentUpdate",
    "LevelIn",
    "NewArgument",
    "SpanIn",
    "TimeIn",
    "UndoIn",
    "Undone",
    "Yours",
]

Comment = Field(default=None, max_length=2_000, description="Why, in your words.")
Seen = Field(ge=0, description="The claim's version that you saw; refused (409) if it is another.")


class DecisionIn(Given):
    """A decision on a claim, or on one field of it."""

    action: Literal["accept", "edit", "reject", "unsure"]
    field: str | None = Field(
        default=None,
        max_length=60,
        description="type, polarity, certainty, trigger, attribution, time, place, or an argument "
        "as ROLE:START-END; null for the whole claim.",
    )
    value: Any = Field(
        default=None,
        description="For edit: the new value in the record's own form. The `text` of spans may be "
        "left out: it is cut from the document.",
    )
    reason: Reason | None = None
    comment: str | None = Comment
    version: int = Seen


class UndoIn(Given):
    """Takes back the last decision on a claim that holds."""

    comment: str | None = Comment
    version: int = Seen


class Undone(Answer):
    """What became of the claims whose decisions were taken back."""

    claims: list[FullClaim]


class SpanIn(Given):
    """Words of the text, by their offsets."""

    start: Offset
    end: Offset


class NewArgument(SpanIn):
    """An argument by its role and its words."""

    role: Role


class TimeIn(Given):
    """Days."""

    earliest: dt.date | None = None
    latest: dt.date | None = None


class ClaimIn(Given):
    """A claim that the machine missed."""

    document: Number
    type: EventType
    trigger: SpanIn
    arguments: list[NewArgument] = Field(default=[], max_length=50)
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    attribution: SpanIn | None = None
    time: TimeIn | None = Field(
        default=None, description="Its days; where null, those that its words give."
    )
    reason: Reason | None = None
    comment: str | None = Comment


class ArgumentIn(NewArgument):
    """An argument that the machine missed."""

    reason: Reason | None = None
    comment: str | None = Comment
    version: int = Seen


class Yours(Answer):
    """What you wanted, which was not stored."""

    version: int
    action: str
    field: str | None = None
    value: Any = None


class Conflict(Answer):
    """Somebody changed the claim since you saw it; nothing was overwritten."""

    detail: str
    yours: Yours
    theirs: FullClaim = Field(description="The claim as it is now.")
    changed_by: str | None
    changed_at: str | None
    since: list[Step] = Field(description="What was decided since you saw it.")


BulkAction = Literal["accept", "reject", "unsure"]


class BulkPreviewIn(Given):
    """What a step would be about."""

    q: str = Field(default="", max_length=2_000)
    action: BulkAction


class BulkPreview(Answer):
    """What a step would do; nothing is stored yet."""

    count: int = Field(description="Claims that it would change.")
    unchanged: int = Field(description="Claims that the query finds and that it would leave.")
    by_type: dict[str, int]
    by_state: dict[State, int] = Field(description="By their state now.")
    sample: list[ClaimCard]
    token: str | None = Field(description="Give it to `/bulk`; null where nothing would change.")
    expires: str | None
    notes: list[str]


class BulkIn(Given):
    """Does what was previewed."""

    token: str = Field(max_length=200)
    reason: Reason | None = None
    comment: str | None = Comment


class BulkDone(Answer):
    """What was done in one step, to be undone in one."""

    batch: str | None = Field(description="Null until the job is done, where it takes one.")
    count: int
    job: str | None = Field(description="Where there are many: the job, whose result has `batch`.")


class BulkUndone(Answer):
    """A step that was taken back."""

    batch: str = Field(description="The step that took it back.")
    count: int


class LevelIn(Given):
    """How sensitive a document, or a field of a claim, is."""

    level: Literal["public", "internal", "confidential", "secret"]
    field: str = Field(default="*", max_length=60, description="Of a claim: `*` is all of it.")
    comment: str | None = Comment


class DocumentUpdate(Given):
    """What is to be known of a document from now on; what is left out stays."""

    sensitivity: Literal["public", "internal", "confidential", "secret"] | None = None
    status: Literal["active", "hidden", "frozen"] | None = None
    comment: str | None = Comment
    version: int = Field(ge=0, description="The document's version that you saw.")
