"""What personal data a record still has: the check before anything is made public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from temoin.casefile.privacy.coarsening import is_fine
from temoin.casefile.privacy.finding import (
    Found,
    facility_of,
    find_contacts,
    find_facilities,
    find_persons,
)
from temoin.casefile.privacy.profiles import Profile
from temoin.record import PlaceValue, Record

__all__ = ["Finding", "lint"]

#: Decimals beyond which a coordinate tells a house from a town (0.01 degrees are 1.1 km).
_EXACT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal data that would be published.

    Attributes:
        document: The document's id.
        field: Where it stands.
        kind: person, email, phone, url, handle, coordinates, hospital, shelter, camp or path.
        start: First code point in that field; None where it is no text.
        end: One past the last.
        text: What stands there.
    """

    document: str
    field: str
    kind: str
    start: int | None
    end: int | None
    text: str

    def __str__(self) -> str:
        """`id: document.text 3-9: person: ...`."""
        at = "" if self.start is None else f" {self.start}-{self.end}"
        return f"{self.document}: {self.field}{at}: {self.kind}: {self.text}"


def lint(record: Record, profile: Profile | None = None) -> Iterator[Finding]:
    """The personal data of a record, as it would be published.

    Args:
        record: The record, redacted already where a profile does that.
        profile: With one: what it leaves in on purpose (links, exact places) is not listed.
    """
    document = record.document
    name = document.id
    said = [("document.text", document.text), ("document.title", document.title or "")]
    said += [(f"ungrounded {each.field}", each.value) for each in record.ungrounded]
    said += [(f"entity {each.id}", each.name) for each in record.entities]
    for event in record.events:
        for argument in event.arguments:
            for value in (argument.actor, argument.equipment):
                if value:
                    said.append((f"{event.id}.{argument.role}.name", value.name))
    for field, text in said:
        for found in _all(text, profile):
            yield Finding(name, field, found.kind, found.start, found.end, found.text)
    if document.url and not (profile and profile.links):
        yield Finding(name, "document.url", "url", None, None, document.url)
    if document.path and not (profile and profile.files):
        yield Finding(name, "document.path", "path", None, None, document.path)
    for field, place in _places(record):
        yield from _exact(name, field, place, profile)


def _all(text: str, profile: Profile | None) -> Iterator[Found]:
    if profile is None or profile.persons:
        yield from find_persons(text)
    if profile is None or profile.contacts:
        yield from find_contacts(text)
    if profile is None or profile.facilities:
        yield from find_facilities(text)


def _places(record: Record) -> Iterator[tuple[str, PlaceValue]]:
    for event in record.events:
        if event.place:
            yield f"{event.id}.place", event.place
        for argument in event.arguments:
            if argument.place and argument.place != event.place:
                yield f"{event.id}.{argument.role}", argument.place
    for mention in record.mentions:
        if mention.place:
            yield mention.id, mention.place


def _exact(
    document: str, field: str, place: PlaceValue, profile: Profile | None
) -> Iterator[Finding]:
    if place.latitude is None or place.longitude is None or not is_fine(place.feature):
        return
    point: tuple[Any, Any] = (place.latitude, place.longitude)
    told = f"{place.name} ({point[0]}, {point[1]})"
    facility = facility_of(place.feature, place.name)
    if profile is not None and profile.coordinates == "exact" and not facility:
        return
    most = _EXACT if profile is None else max(profile.decimals, 0)
    if facility:
        most = 0 if profile is None else profile.facility_decimals
        if profile is not None and not profile.facilities:
            return
    if any(round(each, most) != each for each in point):
        yield Finding(document, field, facility or "coordinates", None, None, told)
