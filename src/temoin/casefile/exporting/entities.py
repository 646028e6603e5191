"""Claims as entities of FollowTheMoney, one a line: documents, events, known organisations."""

from __future__ import annotations

import hashlib
import json
from typing import Any, TextIO

from temoin.casefile.exporting.labels import STATEMENT, labels
from temoin.casefile.exporting.manifest import Origin
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import Told, mark, safe_url, told
from temoin.record import ActorValue, Document, Role

__all__ = ["EntitiesWriter"]

#: FollowTheMoney has ISO 639-3.
_LANGUAGES = {"fr": "fra", "en": "eng", "es": "spa", "ar": "ara", "uk": "ukr", "ru": "rus"}
_SCHEMATA = {"company": "Company", "government": "PublicBody", "police": "PublicBody"}


class EntitiesWriter:
    """One entity a line; an event's `proof` is the document that claims it.

    Only actors that Témoin's tables know become entities: "the army" names nobody that
    another data set could be matched with.

    Args:
        stream: Where to write.
        origin: The state of the case.
    """

    def __init__(self, stream: TextIO, origin: Origin) -> None:
        self._stream = stream
        self._case = origin.case
        self._known: set[str] = set()

    def write(self, selected: Selected) -> int:
        """Write a document, its events, and whoever was not written before."""
        count = 0
        document = ""
        for claim in told(selected):
            if not document:
                document = _id(self._case, "document", claim.record.document.id)
                self._entity(document, "Document", _document(claim.record.document))
                count += 1
            involved = []
            for argument in claim.event.arguments:
                actor = argument.actor
                if argument.role not in {Role.ACTOR, Role.TARGET} or not actor or not actor.id:
                    continue
                number = _id("temoin", "actor", actor.id)
                if number not in involved:
                    involved.append(number)
                if number not in self._known:
                    self._known.add(number)
                    schema = _SCHEMATA.get(actor.kind, "Organization")
                    self._entity(number, schema, _actor(actor))
                    count += 1
            event = _id(self._case, "claim", str(claim.reviewed.claim))
            given = _event(claim) | {"proof": [document], "involved": involved}
            self._entity(event, "Event", given)
            count += 1
        return count

    def close(self) -> None:
        """Nothing remains to be written."""

    def _entity(self, number: str, schema: str, properties: dict[str, list[Any]]) -> None:
        given = {name: [v for v in values if v] for name, values in properties.items()}
        given = {name: values for name, values in given.items() if values}
        told = {"id": number, "schema": schema, "properties": given}
        self._stream.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n")


def _document(document: Document) -> dict[str, list[Any]]:
    url = safe_url(document.url)
    return {
        "fileName": [document.id],
        "title": [document.title],
        "language": [_LANGUAGES.get(document.language)],
        "publishedAt": [document.published.isoformat() if document.published else None],
        "publisher": [document.source],
        "sourceUrl": [url],
    }


def _event(claim: Told) -> dict[str, list[Any]]:
    first, last = claim.days
    words, cells, place = labels("en"), claim.cells, claim.place
    said = cells["attribution"] if claim.quotes else None
    status = words[mark(claim.event)]
    summary = f"{status}, {words.state(claim.reviewed.state)}"
    if said:
        summary += f", {words['said_by']} {said}"
    same = first is not None and first == last
    return {
        "name": [claim.title()],
        "summary": [summary],
        "description": [cells["sentence"]],
        "notes": [STATEMENT],
        "keywords": [str(claim.event.type), str(claim.event.polarity), str(claim.event.certainty)],
        "date": [first if same else None],
        "startDate": [None if same else first],
        "endDate": [None if same else last],
        "location": [place.name if place else None],
        "country": [place.country.lower() if place and place.country else None],
        "recordId": [str(claim.reviewed.claim)],
    }


def _actor(actor: ActorValue) -> dict[str, list[Any]]:
    return {
        "name": [actor.name],
        "country": [actor.country.lower() if actor.country else None],
        "wikidataId": [actor.wikidata],
    }


def _id(*parts: str) -> str:
    return "temoin-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
