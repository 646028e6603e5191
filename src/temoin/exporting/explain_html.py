"""The text of records with its spans marked, as one HTML page that needs nothing else.

No script, no network: the page's own policy forbids both, and its only style
sheet is admitted by its digest. Clicking on the words of an event opens its card
and lights up everything that belongs to it; clicking on an argument in a card
goes to its words. All text of the report is escaped and keeps its own language
and direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from temoin._version import __version__
from temoin.exporting.marks import KINDS, LABELS, Piece, marks, nested, of_event
from temoin.exporting.markup import page_head
from temoin.exporting.markup import text as _text
from temoin.exporting.wording import (
    LANGUAGES,
    LEGEND,
    entity_names,
    flags,
    gaps,
    notes,
    relation_words,
    resolution,
    type_words,
)
from temoin.record import (
    Argument,
    Attribution,
    Certainty,
    Document,
    Event,
    Polarity,
    Record,
    Relation,
    Span,
)

__all__ = ["explain_html"]


def explain_html(records: Sequence[Record]) -> str:
    """One page for all the records given, complete from doctype to end."""
    style = _style(records)
    name = records[0].document.title or records[0].document.id if len(records) == 1 else ""
    heading = _text(name or f"{len(records)} documents")
    kinds = [
        kind
        for kind in KINDS
        if kind != "antecedent"
        and any(kind == found for record in records for found, _ in _spans(record))
    ]
    body = "\n".join(_document(record, number) for number, record in enumerate(records, 1))
    head = page_head(title=f"{heading} – what it claims", style=style, language="en")
    return f"""{head}<a class="skip" href="#d1">Skip to the text</a>
<header>
<h1><bdi>{heading}</bdi></h1>
<p class="facts">What the text claims, marked by Témoin. A claim is not a fact: each card says who,
where and when <em>according to the text</em>, and whether the text denies or doubts it.</p>
{_legend(kinds, records)}
</header>
<main>
{body}
</main>
<footer>Made by Témoin {__version__}. Offsets count code points of the untouched text.</footer>
</body>
</html>
"""


def _style(records: Sequence[Record]) -> str:
    """The style sheet, with a rule for each event that lights up its words when it is chosen."""
    base = resources.files("temoin.exporting").joinpath("explain.css").read_text(encoding="utf-8")
    rules = [
        f"body:has(#{card}:is(:hover,:target)) .{card}{{background:var(--lit);color:var(--ink)}}"
        for number, record in enumerate(records, 1)
        for card in (_card_id(number, event.id) for event in record.events)
    ]
    return "\n" + base + "\n".join(rules) + "\n"


def _legend(kinds: list[str], records: Sequence[Record]) -> str:
    if not kinds:
        return ""
    items = [f'<li><span class="m {kind}">{LABELS[kind]}</span></li>' for kind in kinds]
    used = {mark for record in records for event in record.events for mark in flags(event)}
    items += [
        f'<li><span class="flag">{escape(mark)}</span>: {escape(meaning)}</li>'
        for mark, meaning in LEGEND.items()
        if mark in used
    ]
    return f'<ul class="legend" aria-label="Legend">{"".join(items)}</ul>'


def _document(record: Record, number: int) -> str:
    document = record.document
    names = entity_names(record)
    cards = "\n".join(_card(record, event, number, names) for event in record.events)
    if not cards:
        cards = '<p class="nothing">No event was found in this text.</p>'
    count = len(record.events)
    return f"""<section class="document" id="d{number}" aria-label="{_text(document.id)}">
{_facts(record)}
<div class="sides">
<div class="text" tabindex="0" role="region" aria-label="Text" dir="auto"{_lang(document)}>\
{_marked(record, number)}</div>
<div class="events" tabindex="0" role="region" aria-label="Events">
<h2>{count or "No"} event{"" if count == 1 else "s"}</h2>
{cards}
{_gaps(record)}
</div>
</div>
</section>"""


def _facts(record: Record) -> str:
    document = record.document
    published = (
        f"published {document.published.isoformat()}"
        if document.published
        else '<span class="warning">no publication date: relative times unresolved</span>'
    )
    language = _text(LANGUAGES.get(document.language, document.language))
    told = "".join(f'<p class="note">{_text(note)}</p>' for note in notes(record))
    details = {
        "title": document.title,
        "source": document.source,
        "address": document.url,
        "file": document.path,
        "date from": document.published_from,
        "encoding": document.encoding,
        "SHA-256 of the file": document.sha256,
        "SHA-256 of the text": document.text_sha256,
    }
    rows = "".join(
        f"<dt>{name}</dt><dd><bdi>{_text(value)}</bdi></dd>"
        for name, value in details.items()
        if value
    )
    origin = f'<details class="meta"><summary>Origin</summary><dl>{rows}</dl></details>'
    return f"""<h2><bdi>{_text(document.id)}</bdi></h2>
<p class="facts">{language} · {published}</p>
{told}{origin if rows else ""}"""


def _marked(record: Record, number: int) -> str:
    """The text with its marks; without the marks it is the untouched text."""
    text = record.document.text
    out: list[str] = []
    at = 0
    for piece in nested(marks(record)):
        out.append(_text(text[at : piece.start]))
        out.append(_piece(text, piece, number, linked=False))
        at = piece.end
    out.append(_text(text[at:]))
    return "".join(out)


def _piece(text: str, piece: Piece, number: int, *, linked: bool) -> str:
    mark = piece.mark
    is_trigger = mark.kind == "trigger"
    # A link may not lie within a link: the inner one is marked only.
    link = is_trigger and not linked
    inner: list[str] = []
    at = piece.start
    for child in piece.children:
        inner.append(_text(text[at : child.start]))
        inner.append(_piece(text, child, number, linked=linked or link))
        at = child.end
    inner.append(_text(text[at : piece.end]))
    classes = ["m", mark.kind, *(_card_id(number, event) for event in mark.events)]
    attributes = f' class="{" ".join(classes)}"'
    if piece.first:
        attributes += f' id="{_words_id(number, mark.kind, mark.start, mark.end)}"'
    if is_trigger:
        if piece.end == mark.end:
            attributes += f' data-event="{_text(", ".join(mark.events))}"'
    else:
        attributes += f' title="{LABELS[mark.kind]}: {_text(", ".join(mark.events))}"'
    if link:
        href = _card_id(number, mark.events[0])
        return f'<a href="#{href}"{attributes}>{"".join(inner)}</a>'
    return f"<span{attributes}>{''.join(inner)}</span>"


def _card(record: Record, event: Event, number: int, names: dict[str, str]) -> str:
    marked = flags(event)
    classes = ["event"]
    if event.polarity is Polarity.NEGATED:
        classes.append("negated")
    elif event.certainty is not Certainty.CERTAIN:
        classes.append("unsure")
    flag = f'<span class="flag">{escape(", ".join(marked))}:</span> ' if marked else ""
    fields = [
        _field(record, str(argument.role), argument, number, names) for argument in event.arguments
    ]
    if event.attribution:
        fields.append(_field(record, "attribution", event.attribution, number, names))
    related = [_relation(relation, event, number) for relation in record.relations]
    fields += [words for words in related if words]
    return f"""<details open class="{" ".join(classes)}" id="{_card_id(number, event.id)}">
<summary><span class="id">{_text(event.id)}</span> {flag}{type_words(event)} \
<q{_lang(record.document)}><bdi>{_text(event.trigger.text)}</bdi></q></summary>
<dl>
<dt>said as</dt><dd>{_words(record, "trigger", event.trigger, number)}\
{_small(event.trigger, event.confidence)}</dd>
{"".join(fields)}</dl>
</details>"""


def _field(
    record: Record,
    kind: str,
    span: Argument | Attribution,
    number: int,
    names: dict[str, str],
) -> str:
    shown = _words(record, kind, span, number)
    if span.antecedent:
        shown += f" [{_words(record, 'antecedent', span.antecedent, number)}]"
    added = [names[span.entity]] if span.entity in names else []
    resolved = resolution(span) if isinstance(span, Argument) else None
    if resolved:
        added.append(resolved)
    if added:
        shown += f' <span class="world">(<bdi>{_text(", ".join(added))}</bdi>)</span>'
    return f"<dt>{LABELS[kind]}</dt><dd>{shown}{_small(span, span.confidence)}</dd>\n"


def _words(record: Record, kind: str, span: Span, number: int) -> str:
    target = _words_id(number, kind, span.start, span.end)
    style = "" if kind in {"trigger", "antecedent"} else f' class="key {kind}"'
    return f'<a href="#{target}"{style}{_lang(record.document)}><bdi>{_text(span.text)}</bdi></a>'


def _small(span: Span, confidence: float | None) -> str:
    sure = "" if confidence is None else f" · {confidence:.0%} sure"
    return f' <span class="small">{span.start}–{span.end}{sure}</span>'


def _relation(relation: Relation, event: Event, number: int) -> str:
    """How an event is linked to another, told from its own side."""
    if event.id == relation.source:
        words, other = relation_words(relation.type), relation.target
    elif event.id == relation.target:
        words, other = _REVERSED[str(relation.type)], relation.source
    else:
        return ""
    link = f'<a href="#{_card_id(number, other)}">{_text(other)}</a>'
    return f"<dt>{words}</dt><dd>{link}</dd>\n"


_REVERSED = {
    "before": "after",
    "causes": "caused by",
    "prevents": "prevented by",
    "responds_to": "answered by",
}


def _gaps(record: Record) -> str:
    found = gaps(record)
    if not found:
        return ""
    items = "".join(
        f"<li>{_text(reason)}: <bdi>{_text(', '.join(words))}</bdi></li>"
        for reason, words in found.items()
    )
    return f'<div class="gaps"><strong>Not resolved</strong><ul>{items}</ul></div>'


def _spans(record: Record) -> list[tuple[str, Span]]:
    return [found for event in record.events for found in of_event(event)]


def _card_id(number: int, event: str) -> str:
    """An id that is safe in HTML and in a style sheet, whatever the event is called."""
    if event.isascii() and event.isalnum():
        return f"d{number}-{event}"
    return f"d{number}-x{event.encode().hex()}"


def _words_id(number: int, kind: str, start: int, end: int) -> str:
    return f"d{number}-{kind}-{start}-{end}"


def _lang(document: Document) -> str:
    return "" if document.language == "other" else f' lang="{escape(document.language)}"'
