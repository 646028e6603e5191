"""A case for the browser's tests: scenes of `corpus/incidents`, and words that mean harm.

The events are the gold's, so no model is needed; their values are worked out as always.
"""

from __future__ import annotations

from pathlib import Path

from sample_records import record

from temoin.casefile import Case, Custody, incidents
from temoin.casefile.storing import store_document
from temoin.corpus import load
from temoin.evaluation import records_from_gold
from temoin.grounding import ground
from temoin.record import Argument, Document, Event, EventType, Record, Role, Span

__all__ = ["EVIL", "HOSTILE_NAME", "add", "hostile", "made_of_scenes"]

INCIDENTS = Path(__file__).resolve().parent.parent.parent / "corpus" / "incidents"

#: Contested incidents, Arabic, French, Russian and Ukrainian reports.
SCENES = ("hodeida", "kherson", "sirte")

#: What a browser would run, were a text ever taken for a page. It marks the page, asks, and
#: makes a request: each would be seen.
EVIL = (
    "<img src=x onerror=window.hurt=1;alert(1)><script>window.hurt=2</script>"
    "<svg onload=window.hurt=3><a href=javascript:window.hurt=4>x</a>"
)
HOSTILE_NAME = "<img src=x onerror=window.hurt=5>.txt"


def add(case: Case, each: Record, **custody: str) -> None:
    """Store one record."""
    with case.writing(actor="ana") as work:
        store_document(work, each, original=None, custody=Custody(**custody))  # type: ignore[arg-type]


def made_of_scenes(path: Path) -> Path:
    """Make the case; its first document is one of a few sentences."""
    paths = [each for scene in SCENES for each in sorted(INCIDENTS.glob(f"{scene}-*.gold"))]
    with Case.create(path, actor="ana", title="Scenes") as case:
        add(case, record())
        for each in records_from_gold(load(*paths)):
            add(case, ground(each))
        incidents.run(case, actor="ana")
    return path


def hostile() -> list[Record]:
    """Two reports of one event whose every word would be run if it could be."""
    made = []
    for number in (1, 2):
        text = f"{EVIL} shelled {EVIL} on 3 May 2020. Report {number}."
        actor, trigger = (0, len(EVIL)), (len(EVIL) + 1, len(EVIL) + 8)
        place = (trigger[1] + 1, trigger[1] + 1 + len(EVIL))
        day = (text.index("3 May 2020"), text.index("3 May 2020") + len("3 May 2020"))
        told = [(Role.ACTOR, actor), (Role.PLACE, place), (Role.TIME, day)]
        event = Event(
            id="e1",
            type=EventType.SHELLING,
            trigger=Span(start=trigger[0], end=trigger[1], text=text[slice(*trigger)]),
            arguments=tuple(
                Argument(role=role, start=start, end=end, text=text[start:end])
                for role, (start, end) in told
            ),
        )
        document = Document(
            id=f"{number}{HOSTILE_NAME}",
            text=text,
            title=f"{number} {EVIL}",
            source=f"{number} {EVIL}",
            language="en",
            sentences=((0, len(text)),),
        )
        made.append(ground(Record(document=document, events=(event,))))
    return made
