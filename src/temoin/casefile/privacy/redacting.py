"""`redact`: a record without what a profile leaves out. Every export goes through it.

What is left out of the text becomes a placeholder ("[person 1]", "[email]"), and all offsets
follow: the result is a whole record again, its spans the slices of its own text. The same
words are left out wherever else the record has them: titles, names, notes. Where a profile
gives no quotes, the text is one placeholder and every span is that; `published` then writes
no offsets at all, for they would be offsets of a text that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from temoin.casefile.canonical import sha256
from temoin.casefile.privacy.coarsening import coarse_place
from temoin.casefile.privacy.finding import plain_name
from temoin.casefile.privacy.hiding import Hiding, Names, Removed
from temoin.casefile.privacy.profiles import Profile, is_above
from temoin.casefile.projection import argument_field
from temoin.record import Argument, Event, Record, Span

__all__ = ["WITHHELD", "Marks", "Report", "published", "redact"]

#: What stands for the text where it is not given.
WITHHELD = "[text withheld]"

#: Fields that may hold words of the report, or somebody's name.
_FREE = frozenset({"text", "name", "as_written", "value", "note", "reason", "title", "source"})


@dataclass(frozen=True, slots=True)
class Marks:
    """How sensitive a document and its fields are.

    Attributes:
        document: The document.
        fields: By event and field (`*` for the whole claim), where it differs.
    """

    document: str = "internal"
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Report:
    """What was left out of one record.

    Attributes:
        document: The document's id.
        dropped: Whether the whole document is left out.
        removed: Pieces of the text, with offsets in the untouched text.
        fields: Fields that were emptied or made coarser, with what was done.
        suppressed: Strings that must not occur in the result.
    """

    document: str
    dropped: bool = False
    removed: list[Removed] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    suppressed: set[str] = field(default_factory=set)


def redact(
    record: Record,
    profile: Profile,
    *,
    marks: Marks | None = None,
    names: Names | None = None,
) -> tuple[Record | None, Report]:
    """A record without what a profile leaves out.

    Args:
        record: What would be exported.
        profile: What to leave out.
        marks: How sensitive its document and fields are.
        names: Numbers of persons and places given before: pass one to all records of an
            export, so that a person has the same number in all of them.

    Returns:
        The record, None where all of it is left out; and what was done.
    """
    marks = marks or Marks()
    report = Report(record.document.id)
    if is_above(marks.document, profile.level):
        report.dropped = True
        return None, report
    return _Redaction(record, profile, marks, names or Names(), report).done(), report


def published(record: Record, profile: Profile) -> dict[str, Any]:
    """A redacted record as JSON: without quotes, offsets and words of spans are null."""
    told = record.to_dict()
    if profile.quotes:
        return told
    told["document"]["text"] = None
    told["document"].pop("text_sha256", None)

    def empty(value: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            if {"start", "end", "text"} <= value.keys():
                value |= {"start": None, "end": None, "text": None}
            for each in value.values():
                empty(each)
        elif isinstance(value, list):
            for each in value:
                empty(each)
        return value

    for part in ("events", "mentions"):
        empty(told[part])
    return told


class _Redaction:
    def __init__(
        self, record: Record, profile: Profile, marks: Marks, names: Names, report: Report
    ) -> None:
        self.record = record
        self.profile = profile
        self.marks = marks
        self.report = report
        self.hiding = Hiding(record, profile, names)

    def done(self) -> Record:
        events = [each for event in self.record.events if (each := self._event(event))]
        if self.profile.coordinates == "admin1":
            self.hiding.hide_places()
        told = self.record.to_dict()
        told["events"] = [event.model_dump(mode="json", exclude_none=True) for event in events]
        ids = {event.id for event in events}
        told["relations"] = [
            each for each in told["relations"] if {each["source"], each["target"]} <= ids
        ]
        gone = {event.id for event in self.record.events} - ids
        told["ungrounded"] = [
            each
            for each in told["ungrounded"]
            if each["field"].partition(".")[0] not in gone
            and not self._is_above(*each["field"].partition(".")[::2])
        ]
        pieces = self.hiding.pieces(self.record.document.text)
        self.report.removed = pieces
        self.report.suppressed = self.hiding.suppressed()
        self._document(told["document"])
        text = self.hiding.written(self.record.document.text)
        told = self._walked(told, "")
        told["document"]["text"] = text
        if not self.profile.quotes:
            told = self._without_quotes(told)
        told["document"]["text_sha256"] = sha256(told["document"]["text"])
        return Record.from_dict(told)

    def _is_above(self, event: str, name: str) -> bool:
        level = self.marks.fields.get((event, name))
        return level is not None and is_above(level, self.profile.level)

    def _event(self, event: Event) -> Event | None:
        """An event without fields that are too sensitive; None where it cannot be without."""
        whole = ("*", "type", "polarity", "certainty", "trigger")
        if any(self._is_above(event.id, name) for name in whole):
            self.hiding.hide_sentence(event)
            self.report.fields.append((event.id, "dropped"))
            return None
        told: dict[str, Any] = {}
        for name in ("attribution", "time", "place"):
            if self._is_above(event.id, name):
                self._hide(getattr(event, name), name)
                told[name] = None
                self.report.fields.append((f"{event.id}.{name}", "dropped"))
        kept = []
        for argument in event.arguments:
            # What is said of the event's place is said of the words that name it.
            by_field = self._is_above(event.id, argument_field(argument))
            by_role = self._is_above(event.id, str(argument.role))
            if by_field or by_role:
                self._hide(argument, str(argument.role))
                self.report.fields.append((f"{event.id}.{argument_field(argument)}", "dropped"))
                told |= self._same(event, argument)
            else:
                kept.append(argument)
        return event.model_copy(update={**told, "arguments": tuple(kept)})

    def _same(self, event: Event, argument: Argument) -> dict[str, Any]:
        """The event's own place and time, where they are those of a dropped argument."""
        return {
            name: None
            for name in ("place", "time")
            if getattr(argument, name) is not None
            and getattr(argument, name) == getattr(event, name)
        }

    def _hide(self, value: object, name: str) -> None:
        """Leave the words of a dropped field out of the text, too."""
        label = f"[{name} withheld]"
        if isinstance(value, Span):
            self.hiding.hide_words(value.text, label, kind=name)
            antecedent = getattr(value, "antecedent", None)
            if antecedent is not None:
                self.hiding.hide_words(antecedent.text, label, kind=name)
        for part in (
            value,
            *(getattr(value, each, None) for each in ("place", "actor", "equipment")),
        ):
            said = getattr(part, "name", None)
            if isinstance(said, str):
                self.hiding.hide_words(said, label, kind=name)
            written = getattr(part, "as_written", None)
            if isinstance(written, str):
                self.hiding.hide_words(written, label, kind=name)

    def _document(self, told: dict[str, Any]) -> None:
        drop = [] if self.profile.files else ["path", "sha256"]
        drop += [] if self.profile.links else ["url"]
        for name in drop:
            if told.pop(name, None) is not None:
                self.report.fields.append((f"document.{name}", "dropped"))
        if not self.profile.files:
            # A file's name may name a person or a source.
            told["id"] = self.hiding.numbered("document", told["id"])
            self.report.fields.append(("document.id", "replaced by a number"))
        told["sentences"] = [
            self.hiding.moved(start, end) for start, end in told.get("sentences", ())
        ]
        told["notes"] = [self.hiding.written(note) for note in told.get("notes", ())]

    def _walked(self, value: Any, key: str) -> Any:  # noqa: ANN401 - JSON
        """All parts with spans moved, free words cleaned and places made coarse."""
        if isinstance(value, list):
            return [self._walked(each, key) for each in value]
        if isinstance(value, str):
            return self.hiding.written(value) if key in _FREE else value
        if not isinstance(value, dict):
            return value
        told = dict(value)
        if {"start", "end", "text"} <= told.keys():
            told["start"], told["end"] = self.hiding.moved(told["start"], told["end"])
            told["text"] = self.hiding.text[told["start"] : told["end"]]
        if key == "place":
            return self._place(told)
        said = told.get("name")
        if isinstance(said, str) and key in {"actor", "equipment"}:
            clean = self.hiding.written(said)
            if clean != said:
                # An id may be the name again.
                told = {"name": clean, "kind": told["kind"], "loaded": told.get("loaded", False)}
        is_argument = "role" in told
        walked = {
            name: each
            if name in {"start", "end", "id"} or (name == "text" and "start" in told)
            else self._walked(each, name)
            for name, each in told.items()
        }
        if is_argument:
            self._point(walked)
        return walked

    def _place(self, told: dict[str, Any]) -> dict[str, Any]:
        coarse = coarse_place(told, self.profile)
        if coarse != told:
            self.report.fields.append((f"place {told['name']}", "made coarser"))
        clean = self.hiding.written(coarse["name"])
        if clean != coarse["name"]:
            coarse = {name: value for name, value in coarse.items() if name != "gazetteer_id"}
        note = coarse.get("note")
        return {**coarse, "name": clean, **({"note": self.hiding.written(note)} if note else {})}

    def _point(self, argument: dict[str, Any]) -> None:
        """An argument's own point is that of its place."""
        place = argument.get("place") or {}
        for name in ("latitude", "longitude"):
            if name in argument and self.profile.coordinates != "exact":
                if name in place:
                    argument[name] = place[name]
                else:
                    del argument[name]

    def _without_quotes(self, told: dict[str, Any]) -> dict[str, Any]:
        """One placeholder instead of the text, and nothing that repeats its words."""
        text = told["document"]["text"]
        document = {
            **told["document"],
            "text": WITHHELD,
            "sentences": [],
            "notes": [],
        }
        document.pop("title", None)
        self.report.fields.append(("document.text", "withheld"))

        def plain(value: Any, key: str) -> Any:  # noqa: ANN401 - JSON
            if isinstance(value, list):
                return [plain(each, key) for each in value]
            if not isinstance(value, dict):
                return value
            new = {
                name: plain(each, name)
                for name, each in value.items()
                if name not in {"as_written", "note", "candidates", "entity"}
            }
            if {"start", "end", "text"} <= new.keys():
                new |= {"start": 0, "end": len(WITHHELD), "text": WITHHELD}
            said = new.get("name")
            known = new.get("id") or new.get("gazetteer_id")
            if isinstance(said, str) and not known and plain_name(said) in plain_name(text):
                new["name"] = new.get("kind") or new.get("feature") or key or "unnamed"
            return new

        return {
            **told,
            "document": document,
            "events": plain(told["events"], ""),
            "mentions": [],
            "entities": [],
            "ungrounded": [
                {**each, "value": "[withheld]", "reason": "[withheld]"}
                for each in told["ungrounded"]
            ],
        }
