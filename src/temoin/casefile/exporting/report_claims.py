"""One claim of the report: what it says, its sentence with the words marked, where it is from."""

from __future__ import annotations

from temoin.casefile.exporting.labels import Labels
from temoin.casefile.exporting.telling import Told, mark, safe_url
from temoin.exporting.marks import Mark, of_event, segments
from temoin.exporting.markup import text
from temoin.rows import Cell

__all__ = ["claim_article", "day_words"]

#: How much of the text is shown around words whose sentence nobody knows.
_AROUND = 160
_NO_DAY = "9999-99-99"


def claim_article(claim: Told, words: Labels) -> str:
    """A claim as an `article`; its contradictions are put where the comment stands."""
    event, number = claim.event, claim.reviewed.claim
    status = mark(event)
    flag = (
        ""
        if status == "affirmed"
        else f'<span class="flag">{text(words[status] + words["colon"])}</span> '
    )
    sure = (
        "" if event.confidence is None else f", {text(words['confidence'])} {event.confidence:.0%}"
    )
    fields = "".join(
        f"<dt>{text(words[name])}</dt><dd><bdi>{text(value)}</bdi></dd>\n"
        for name, value in _fields(claim, words)
        if value
    )
    return f"""<article class="claim {status}" id="c{number}">
<h4>{flag}{text(words.type(str(event.type)))} <span class="number">({text(words["claim"])} \
{number}, {text(words.state(claim.reviewed.state))}{sure})</span></h4>
{_evidence(claim, words)}
<dl>
{fields}</dl>
<!--contradictions-->{_origin(claim, words)}
</article>
"""


def day_words(first: str, last: str, words: Labels) -> str:
    """A heading for the days of claims."""
    if first == _NO_DAY and last == _NO_DAY:
        return words["undated"]
    if first == last:
        return first
    if first == _NO_DAY:
        return f"{words['until']} {last}"
    return f"{words['from']} {first}" if last == _NO_DAY else f"{first} {words['to']} {last}"


def _fields(claim: Told, words: Labels) -> list[tuple[str, str]]:
    cells = claim.cells
    first, last = (day or _NO_DAY for day in claim.days)
    days = "" if first == last == _NO_DAY else day_words(first, last, words)
    who, whom = ([cells[n], cells[f"{n}_known"]] for n in ("actor", "target"))
    if not claim.quotes:
        # Of whom no name may be given, the kind says what there is to say.
        for role, told in (("actor", who), ("target", whom)):
            told.append(str(cells[f"{role}_kind"] or "").replace("_", " "))
    place = claim.place
    radius = ""
    if place and place.radius_km:
        radius = f"{words['radius']} {place.radius_km:g} km"
    known = f"{cells['latitude']:g}, {cells['longitude']:g}" if place else ""
    said = cells["attribution"] if claim.quotes else None
    if not claim.quotes and claim.event.attribution:
        speaker = claim.event.attribution.actor
        said = speaker.name if speaker and speaker.id else words["withheld"]
    return [
        ("said_by", _joined(said)),
        ("who", _joined(*who)),
        ("to_whom", _joined(*whom)),
        ("where", _joined(cells["place"], cells["place_known"], known, radius)),
        ("when", _joined(cells["time"], days)),
        ("with_what", _joined(cells["instrument"], cells["equipment"])),
        ("how_many", _joined(cells["quantity"])),
    ]


def _joined(words: Cell, *known: Cell) -> str:
    """The report's words, and in brackets what they stand for."""
    said = "" if words is None else str(words)
    rest = [str(each) for each in known if each not in {None, "", words}]
    if said and rest:
        return f"{said} ({', '.join(dict.fromkeys(rest))})"
    return said or ", ".join(dict.fromkeys(rest))


def _evidence(claim: Told, words: Labels) -> str:
    if not claim.quotes:
        heading = words["sentence"] + words["colon"]
        return f'<p class="note">{text(heading)} {text(words["withheld"])}</p>'
    document, trigger = claim.record.document, claim.event.trigger
    around = next((s for s in document.sentences if s[0] <= trigger.start < s[1]), None)
    start, end = around or (
        max(trigger.start - _AROUND, 0),
        min(trigger.end + _AROUND, len(document.text)),
    )
    marked = [
        Mark(span.start, span.end, kind, (claim.event.id,)) for kind, span in of_event(claim.event)
    ]
    out = []
    for left, right, marks in segments(start, max(end, trigger.end), marked):
        piece = text(document.text[left:right])
        if any(each.kind == "trigger" for each in marks):
            piece = f"<mark>{piece}</mark>"
        elif marks:
            piece = f'<span class="w">{piece}</span>'
        out.append(piece)
    language = "" if document.language == "other" else f' lang="{text(document.language)}"'
    return f'<blockquote dir="auto"{language}>{"".join(out)}</blockquote>'


def _origin(claim: Told, words: Labels) -> str:
    document, trigger = claim.record.document, claim.event.trigger
    url = safe_url(document.url)
    name = document.title or document.id
    shown = f"<bdi>{text(name)}</bdi>"
    if url:
        shown = f'<a href="{text(url)}" rel="noreferrer noopener nofollow">{shown}</a>'
    parts = [f"{text(words['document'] + words['colon'])} {shown}"]
    if document.source:
        parts.append(f"<bdi>{text(document.source)}</bdi>")
    if document.published:
        parts.append(f"{text(words['published'])} {document.published.isoformat()}")
    if claim.quotes:
        parts.append(f"{text(words['offsets'])} {trigger.start}–{trigger.end}")
    return f'<p class="origin">{" · ".join(parts)}</p>'
