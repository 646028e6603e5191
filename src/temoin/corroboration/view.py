"""An incident side by side: who says what, field by field."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from temoin.corroboration.claims import Claim
from temoin.corroboration.fields import shown
from temoin.corroboration.grading import Grade
from temoin.corroboration.incidents import Incident
from temoin.corroboration.linking import Link, LinkKind
from temoin.record import Certainty

__all__ = ["FIELDS", "Row", "View", "graded", "notes", "render", "view"]

#: The fields of the view, in order, with their headings.
FIELDS: dict[str, str] = {
    "occurred": "happened",
    "time": "when",
    "place": "where",
    "actor": "who did it",
    "target": "to whom",
    "instrument": "with what",
    "casualties": "people",
    "quantity": "how many",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One field of an incident.

    Attributes:
        field: Its name.
        heading: Its heading.
        values: What each claim says, by claim id; empty where it says nothing.
        contested: Whether independent origins contradict each other in it.
    """

    field: str
    heading: str
    values: dict[str, str]
    contested: bool


@dataclass(frozen=True, slots=True)
class View:
    """An incident side by side.

    Attributes:
        incident: Its id.
        title: What it is, when and where.
        grade: How it is supported, in words.
        voices: Who speaks in each claim, by claim id, the earliest first.
        origins: Number of the independent origin of each claim, from 1.
        rows: The fields that any claim fills.
        quotes: The sentence of each claim.
        notes: What the claims are to one another, where they disagree.
    """

    incident: str
    title: str
    grade: str
    voices: dict[str, str]
    origins: dict[str, int]
    rows: tuple[Row, ...]
    quotes: dict[str, str]
    notes: tuple[str, ...]


def view(incident: Incident) -> View:
    """Lay an incident out side by side."""
    claims = incident.claims
    numbers = {origin: n for n, origin in enumerate(dict.fromkeys(incident.origin_of.values()), 1)}
    rows = []
    for name, heading in FIELDS.items():
        values = {claim.id: _value(claim, name) for claim in claims}
        if any(values.values()):
            rows.append(Row(name, heading, values, name in incident.grade.contested))
    return View(
        incident=incident.id,
        title=_title(claims),
        grade=graded(incident.grade),
        voices={claim.id: _voice(claim) for claim in claims},
        origins={claim.id: numbers[incident.origin_of[claim.id]] for claim in claims},
        rows=tuple(rows),
        quotes={claim.id: claim.sentence for claim in claims},
        notes=tuple(notes(incident.links, [claim.id for claim in claims])),
    )


def render(shown_view: View, *, width: int = 100) -> str:
    """The view as plain text, no line longer than `width` (from 40)."""
    width = max(width, 40)
    label = max(len(row.heading) for row in shown_view.rows) + 4
    lines: list[str] = []
    for head in (shown_view.title, f"{shown_view.incident}: {shown_view.grade}"):
        lines += textwrap.wrap(head, width, subsequent_indent="    ")
    lines.append("")
    for at, (claim, voice) in enumerate(shown_view.voices.items(), 1):
        said = f"[{at}] {voice} (origin {shown_view.origins[claim]}): {shown_view.quotes[claim]}"
        lines += textwrap.wrap(said, width, subsequent_indent="    ")
    lines.append("")
    for row in shown_view.rows:
        groups: dict[str, list[int]] = {}
        for at, claim in enumerate(shown_view.voices, 1):
            if row.values[claim]:
                groups.setdefault(row.values[claim], []).append(at)
        mark = "! " if row.contested else "  "
        head = f"{mark}{row.heading}".ljust(label)
        for value, who in groups.items():
            numbers = " ".join(f"[{at}]" for at in who)
            lines += textwrap.wrap(
                f"{value} {numbers}",
                width,
                initial_indent=head,
                subsequent_indent=" " * (label + 2),
            )
            head = " " * label
    if shown_view.notes:
        lines.append("")
    for note in shown_view.notes:
        lines += textwrap.wrap(note, width, subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def _value(claim: Claim, field: str) -> str:
    value = shown(claim, field)
    if field == "occurred" and claim.certainty is not Certainty.CERTAIN:
        return f"{value}, {claim.certainty}"
    return value


def _title(claims: Iterable[Claim]) -> str:
    listed = list(claims)
    types = dict.fromkeys(str(claim.type).replace("_", " ") for claim in listed)
    places = [c.place.name for c in listed if c.place and c.place.own]
    days = [c.days for c in listed if c.days and c.days.own]
    parts = [" / ".join(types)]
    if places:
        parts.append(max(dict.fromkeys(places), key=places.count))
    if days:
        first = max(dict.fromkeys(days), key=days.count)
        parts.append(first.earliest.isoformat())
    return ", ".join(parts)


def _voice(claim: Claim) -> str:
    by = claim.source or claim.document
    if claim.attribution:
        return f"{claim.attribution.text} in {by}"
    return by


def graded(grade: Grade) -> str:
    """A grade in words."""
    origins = f"{grade.origins} independent origin{'' if grade.origins == 1 else 's'}"
    denied = f", denied by {grade.denials}" if grade.denials else ""
    return (
        f"{grade.support} ({origins}{denied}); suggested credibility {grade.credibility}:"
        f" {grade.why}"
    )


def notes(links: Iterable[Link], claims: Sequence[str]) -> Iterator[str]:
    """One line for all that a claim contradicts, updates or retracts with the same values.

    Args:
        links: The links of an incident.
        claims: Ids of its claims in order: a note calls them by their places, from 1.
    """
    number = {claim: at for at, claim in enumerate(claims, 1)}
    grouped: dict[tuple[str, LinkKind, str, str], list[int]] = {}
    for link in links:
        if link.kind in (LinkKind.SAME, LinkKind.COMPLEMENTS):
            continue
        values = "; ".join(f"{d.field}: {d.a} against {d.b}" for d in link.differences)
        grouped.setdefault((link.a, link.kind, values, link.why), []).append(number[link.b])
    for (claim, kind, values, why), others in grouped.items():
        against = " ".join(f"[{at}]" for at in sorted(others))
        yield f"[{number[claim]}] {kind} {against}: {values} ({why})"
