"""Makes conditions of SQLAlchemy Core out of a query; values are parameters, always.

For claims every part of a query is a condition on the claim or on its document. For
documents words are sought in the text, and conditions on claims that stand side by side
are about one and the same claim; a negated one says that there is no such claim.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    not_,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from temoin.casefile.schema import Argument, Claim, Decision, Document
from temoin.casefile.search import ROLES, words_of
from temoin.casefile.searching import fields
from temoin.casefile.searching.fields import COUNTED, FIELDS
from temoin.casefile.searching.query import All, Either, Filter, Node, Not, Said, parts
from temoin.casefile.searching.words import Index, Words

__all__ = ["Compiler", "words_said"]

Condition = ColumnElement[bool]

#: Fields that nearly all claims may meet: an index on them would find half the case.
_BROAD = {"confidence", "from", "to", "radius"}

#: Values that most claims have; the others of these fields are rare.
_USUAL = {"state": "pending", "polarity": "affirmed", "certainty": "certain", "present": "yes"}

_KM_A_DEGREE = 111.195


def words_said(said: Said) -> Words:
    """The folded words of a part of a query."""
    return Words(tuple(words_of(said.text)), said.prefix)


class Compiler:
    """Makes conditions of a query, for one case.

    Args:
        session: A transaction that reads: names of people and publishers are looked up.

    Attributes:
        notes: What the reader should know, e.g. which Kidal was meant.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._index = Index(session.get_bind().dialect.name)
        self.notes: list[str] = []

    def claims(self, node: Node) -> Condition:
        """The condition on `claims` that a query makes, with what is left out unless asked for."""
        return and_(self._claim(node), *self._usual(node, documents=False))

    def documents(self, node: Node) -> Condition:
        """The condition on `documents` that a query makes."""
        return and_(self._document(node), *self._usual(node, documents=True))

    def _usual(self, node: Node, *, documents: bool) -> list[Condition]:
        """What is left out unless asked for; most cases have nothing of the kind.

        Sets of numbers, so that an index alone can answer the rest.
        """
        asked = {part.name for part in parts(node) if isinstance(part, Filter)}
        usual: list[Condition] = []
        if "status" not in asked:
            hidden = select(Document.id).where(Document.status.in_(("hidden", "removed")))
            if self._any(hidden):
                column = Document.id if documents else Claim.document_id
                usual.append(column.not_in(hidden))
        if not documents:
            usual += self._lost(asked)
        return usual

    def _lost(self, asked: set[str]) -> list[Condition]:
        lost = select(Claim.id).where(Claim.present.is_(False), Claim.state == "pending")
        if asked & {"present", "claim"} or not self._any(lost):
            return []
        return [Claim.id.not_in(lost)]

    def _any(self, statement: Select[int]) -> bool:
        return self._session.scalar(statement.limit(1)) is not None

    def _claim(self, node: Node) -> Condition:
        if isinstance(node, Said):
            return Claim.id.in_(self._index.claims([words_said(node)]))
        if isinstance(node, Filter):
            if FIELDS[node.name].about == "document":
                return Claim.document_id.in_(self._documents_with(node))
            return self._field(node)
        if isinstance(node, Not):
            # Nothing is known of what is null: it is not what was asked for.
            return not_(func.coalesce(self._claim(node.node), False))
        if isinstance(node, Either):
            return or_(*(self._claim(each) for each in node.nodes))
        said = [words_said(each) for each in node.nodes if isinstance(each, Said)]
        rest = [self._claim(each) for each in node.nodes if not isinstance(each, Said)]
        found = [Claim.id.in_(self._index.claims(said))] if said else []
        return and_(true(), *found, *rest)

    def _document(self, node: Node) -> Condition:
        if isinstance(node, Said):
            return Document.id.in_(self._index.documents([words_said(node)]))
        if _is_about_a_claim(node):
            return self._has_claim(node)
        if isinstance(node, Filter):
            return self._document_field(node)
        if isinstance(node, Not):
            return not_(func.coalesce(self._document(node.node), False))
        if isinstance(node, Either):
            return or_(*(self._document(each) for each in node.nodes))
        together = tuple(each for each in node.nodes if _is_about_a_claim(each))
        rest = [self._document(each) for each in node.nodes if not _is_about_a_claim(each)]
        found = [self._has_claim(All(together))] if together else []
        return and_(true(), *found, *rest)

    def _has_claim(self, node: Node) -> Condition:
        """That a document has such a claim: seen claim by claim where nearly all are such."""
        if all(_is_broad(part) for part in parts(node)):
            condition = self._with_claim(node).where(Claim.document_id == Document.id)
            return condition.correlate(Document).exists()
        return Document.id.in_(self._with_claim(node))

    def _with_claim(self, node: Node) -> Select[int]:
        asked = {part.name for part in parts(node) if isinstance(part, Filter)}
        return select(Claim.document_id).where(self._claim(node), *self._lost(asked))

    def _documents_with(self, node: Filter) -> Select[int]:
        if node.name in {"text", "title"}:
            return self._text(node)
        return select(Document.id).where(self._document_field(node))

    def _text(self, node: Filter) -> Select[int]:
        said = Words(tuple(fields.words(node)), node.prefix)
        part = "title" if node.name == "title" else "body"
        return self._index.documents([said], part=part)

    def _document_field(self, node: Filter) -> Condition:
        if node.name in {"text", "title"}:
            return Document.id.in_(self._text(node))
        if node.name == "doc":
            return _named(node)
        if node.name == "source":
            return Document.publisher.in_(self._alike(Document.publisher, node))
        if node.name == "published":
            return _compared_days(node, lambda day: day, Document.published)
        if node.name == "added":
            return _compared_days(node, lambda day: day.isoformat(), Document.added_at)
        columns = {"lang": Document.language}
        column = columns.get(node.name) or getattr(Document, node.name)
        condition: Condition = column.in_(fields.choices(node))
        return condition

    def _field(self, node: Filter) -> Condition:
        name = node.name
        if name in ROLES:
            said = Words(tuple(fields.words(node)), node.prefix)
            return Claim.id.in_(self._index.claims([said], role=name))
        if name in _CLAIM_FIELDS:
            return _CLAIM_FIELDS[name](self, node)
        condition: Condition = getattr(Claim, name).in_(fields.choices(node))
        return condition

    def _by(self, node: Filter) -> Condition:
        people = self._alike(Decision.reviewer, node)
        return Claim.id.in_(select(Decision.claim_id).where(Decision.reviewer.in_(people)))

    def _alike(self, column: SQLColumnExpression[Any], node: Filter) -> list[str]:
        """The values of a column that have the words; folded here, where both databases agree."""
        wanted = words_said(Said(node.value, node.prefix))
        values = self._session.scalars(select(column).where(column.is_not(None)).distinct())
        return [value for value in values if value and _has(words_of(value), wanted)]

    def _near(self, node: Filter) -> Condition:
        point = fields.near(node)
        if point.note and point.note not in self.notes:
            self.notes.append(point.note)
        return _near(point)


def _present(node: Filter) -> Condition:
    return or_(*(Claim.present.is_(each == "yes") for each in fields.choices(node)))


def _is_broad(part: Said | Filter) -> bool:
    """Whether nearly all claims may meet it."""
    if isinstance(part, Filter) and part.name in _USUAL:
        return _USUAL[part.name] in fields.choices(part)
    return isinstance(part, Filter) and part.name in _BROAD


def _is_about_a_claim(node: Node) -> bool:
    """Whether nothing in it is negated or about a document."""
    if isinstance(node, Filter):
        return FIELDS[node.name].about == "claim"
    if isinstance(node, All | Either):
        return bool(node.nodes) and all(_is_about_a_claim(each) for each in node.nodes)
    return False


def _has(there: list[str], wanted: Words) -> bool:
    *firsts, last = wanted.words
    for at in range(len(there) - len(firsts)):
        end = there[at + len(firsts)]
        goes_on = end.startswith(last) if wanted.prefix else end == last
        if goes_on and there[at : at + len(firsts)] == firsts:
            return True
    return False


def _named(node: Filter) -> Condition:
    value = node.value + "*" * node.prefix
    if value.startswith("#") and value[1:].isascii() and value[1:].isdigit():
        return Document.id == min(int(value[1:]), 2**31 - 1)
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return Document.name.ilike(escaped.replace("*", "%"), escape="\\")


def _compared(column: SQLColumnExpression[Any], operator: str, value: float) -> Condition:
    compared: dict[str, Callable[[], Condition]] = {
        ":": lambda: column == value,
        ">": lambda: column > value,
        ">=": lambda: column >= value,
        "<": lambda: column < value,
        "<=": lambda: column <= value,
    }
    return compared[operator]()


def _compared_days(
    node: Filter, told: Callable[[dt.date], dt.date | str], column: SQLColumnExpression[Any]
) -> Condition:
    """A day against a day, month or year: `>` is after all of it, `>=` from its first day on."""
    first, last = fields.days(node)
    # A moment of the last day is text that goes on after the day.
    after = told(last) if isinstance(told(last), dt.date) else f"{told(last)}U"
    if node.operator == ":":
        return and_(column >= told(first), column <= after)
    if node.operator in {">=", "<"}:
        return column >= told(first) if node.operator == ">=" else column < told(first)
    return column > after if node.operator == ">" else column <= after


def _counted(node: Filter) -> Condition:
    """A number of people or things that the claim names: its value, or else its bound."""
    number = func.coalesce(Argument.value, Argument.low, Argument.high)
    found = select(Argument.claim_id).where(
        Argument.active,
        Argument.role == "quantity",
        _compared(number, node.operator, fields.number(node)),
    )
    if node.name != "quantity":
        found = found.where(Argument.status == node.name)
    return Claim.id.in_(found)


def _standing_for(node: Filter) -> Condition:
    """Some words of the claim stand for what has this id in the tables."""
    return Claim.id.in_(
        select(Argument.claim_id).where(Argument.ref == node.value.strip(), Argument.active)
    )


def _within(node: Filter) -> Condition:
    """The claim's time overlaps; a side that the text leaves open goes on for ever."""
    first, last = fields.days(node)
    # The index of times alone answers what few claims meet; what many meet is seen with the rest.
    times: type[Claim] = aliased(Claim) if node.name == "on" else Claim
    known = or_(times.earliest.is_not(None), times.latest.is_not(None))
    not_before = or_(times.latest >= first, and_(times.latest.is_(None), known))
    not_after = or_(times.earliest <= last, and_(times.earliest.is_(None), known))
    if node.name == "on":
        return Claim.id.in_(select(times.id).where(not_before, not_after))
    return not_before if node.name == "from" else not_after


def _near(point: fields.Point) -> Condition:
    """Within a distance of a point: a box that an index finds, then the haversine formula.

    Claims share places: the formula is worked out once a place. Sines and cosines of columns
    are developed around the point, for SQLite may know none: the error is below 0.1 % of
    the distance up to 2,000 km at middle latitudes.
    """
    reach = point.km / _KM_A_DEGREE
    there = aliased(Claim)
    box: list[Condition] = [
        there.latitude.between(point.latitude - reach, point.latitude + reach),
        there.longitude.is_not(None),
    ]
    if abs(point.latitude) + reach < 85.0:
        half = math.sin(math.radians(reach)) / math.cos(math.radians(point.latitude))
        wide = math.degrees(math.asin(min(half, 1.0))) + 0.001
        west, east = point.longitude - wide, point.longitude + wide
        turned = (there.longitude.between(west + turn, east + turn) for turn in _turns(west, east))
        box.append(or_(*turned))
    places = select(there.latitude, there.longitude).where(*box).distinct().subquery()
    rad = math.pi / 180.0
    sine, cosine = math.sin(point.latitude * rad), math.cos(point.latitude * rad)
    up = (places.c.latitude - point.latitude) * rad
    off = places.c.longitude - point.longitude
    along = case((off > 180.0, off - 360.0), (off < -180.0, off + 360.0), else_=off) * rad
    its_cosine = cosine * (1.0 - up * up / 2.0) - sine * (up - up * up * up / 6.0)
    square = _sine_square(up) + cosine * its_cosine * _sine_square(along)
    near = select(places).where(square <= math.sin(math.radians(reach) / 2.0) ** 2)
    return tuple_(Claim.latitude, Claim.longitude).in_(near)


def _in_box(node: Filter) -> Condition:
    """The point of the main place lies in a box."""
    west, south, east, north = fields.box(node)
    there = aliased(Claim)
    inside: list[Condition] = [there.latitude.between(south, north)]
    if west <= east:
        inside.append(there.longitude.between(west, east))
    else:
        inside.append(or_(there.longitude >= west, there.longitude <= east))
    # The index of places alone answers what few claims meet.
    return Claim.id.in_(select(there.id).where(*inside))


def _turns(west: float, east: float) -> list[float]:
    """By how much to turn a box so that it is found on both sides of the date line."""
    turns = [0.0]
    if west < -180.0:
        turns.append(360.0)
    if east > 180.0:
        turns.append(-360.0)
    return turns


def _sine_square(angle: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    """sin² of half an angle in radians: (1 - cos) / 2, developed."""
    square = angle * angle
    terms = 1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0))
    return square / 4.0 * terms


#: The fields of claims that are no choice and no words of a role.
_CLAIM_FIELDS: dict[str, Callable[[Compiler, Filter], Condition]] = {
    **dict.fromkeys((*COUNTED, "quantity"), lambda _, node: _counted(node)),
    **dict.fromkeys(("from", "to", "on"), lambda _, node: _within(node)),
    "near": Compiler._near,  # noqa: SLF001 - of this module
    "within": lambda _, node: _in_box(node),
    "ref": lambda _, node: _standing_for(node),
    "by": Compiler._by,  # noqa: SLF001
    "country": lambda _, node: Claim.country == node.value.upper(),
    "claim": lambda _, node: Claim.id.in_(fields.numbers(node)),
    "present": lambda _, node: _present(node),
    "confidence": lambda _, node: _compared(Claim.confidence, node.operator, fields.number(node)),
    "radius": lambda _, node: _compared(Claim.radius_km, node.operator, fields.number(node)),
}
