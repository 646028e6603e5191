"""A newer model than `fake_extractor`: finds more, misses some, calls some otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from fake_extractor import FakeExtractor, span

from temoin.record import Certainty, Document, Event, EventType, Provenance, Record


@dataclass(frozen=True)
class NewerExtractor:
    """Finds what the fake one finds, but

    - misses "captured", and "bombardé" unless `finds_bombardé`;
    - says that "pris" is possible, and that it is an advance;
    - takes "shelled Mizda" for the trigger where the fake one takes "shelled";
    - finds "calme", a ceasefire.
    """

    finds_bombardé: bool = False  # noqa: PLC2401

    def extract(self, document: Document, *, min_confidence: float | None = None) -> Record:
        base = FakeExtractor().extract(document, min_confidence=min_confidence)
        missed = {"captured"} if self.finds_bombardé else {"captured", "bombardé"}
        events = [self._changed(event, document) for event in base.events
                  if event.trigger.text not in missed]  # fmt: skip
        at = document.text.find("calme")
        if at >= 0:
            trigger = span(document.text, at, at + 5)
            events.append(Event(id="e9", type=EventType.CEASEFIRE, trigger=trigger, confidence=0.7))
        version = "newest" if self.finds_bombardé else "newer"
        return Record(
            document=document,
            events=tuple(events),
            provenance=Provenance(temoin="test", model=version),
        )

    @staticmethod
    def _changed(event: Event, document: Document) -> Event:
        if event.trigger.text == "pris":
            changes = {"certainty": Certainty.POSSIBLE, "type": EventType.ADVANCE}
            return event.model_copy(update=changes)
        if event.trigger.text == "shelled":
            longer = span(document.text, event.trigger.start, event.trigger.end + len(" Mizda"))
            return event.model_copy(update={"trigger": longer})
        return event
