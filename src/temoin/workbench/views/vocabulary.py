"""What the words of a case mean, with labels: types, families, roles, states."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from temoin.casefile.exporting.labels import labels
from temoin.casefile.reviewing.values import REASONS
from temoin.casefile.schema import LINKS, SENSITIVITIES, STATES, STATUSES, SUPPORTS
from temoin.casefile.searching.fields import FIELDS
from temoin.codebooks import BUILT_IN
from temoin.corroboration.view import FIELDS as INCIDENT_FIELDS
from temoin.record import (
    SCHEMA_VERSION,
    Certainty,
    EventType,
    Polarity,
    RelationType,
    Role,
)
from temoin.situation.rules import kinds
from temoin.workbench.api.models.common import Family, Label
from temoin.workbench.api.models.schema import FamilyAnswer, Named, SchemaAnswer, TypeAnswer

__all__ = ["FAMILIES", "families", "family_of", "incident_field", "schema_answer"]

FAMILIES: tuple[Family, ...] = ("combat", "control", "means", "harm", "politics")


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("temoin.workbench") / "data" / "vocabulary.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def families() -> dict[str, Family]:
    """The family of each type of event."""
    told = _data()["families"]
    return {type_: family for family in FAMILIES for type_ in told[family]}


def family_of(type_: str) -> Family:
    """The family of a type."""
    return families()[type_]


def incident_field(name: str) -> Label:
    """A field of an incident in words."""
    return Label(en=labels("en").field(name), fr=labels("fr").field(name))


@cache
def schema_answer() -> SchemaAnswer:
    """All of them."""
    return SchemaAnswer(
        version=SCHEMA_VERSION,
        types=[
            TypeAnswer(
                id=type_,
                family=family_of(type_),
                label=Label(en=labels("en").type(type_), fr=labels("fr").type(type_)),
            )
            for type_ in EventType
        ],
        families=[FamilyAnswer(id=each, label=_label("family", each)) for each in FAMILIES],
        roles=_named("role", Role),
        polarities=_named("polarity", Polarity),
        certainties=_named("certainty", Certainty),
        relations=_named("relation", RelationType),
        states=_named("state", STATES),
        reasons=_named("reason", REASONS),
        sensitivities=_named("sensitivity", SENSITIVITIES),
        statuses=_named("status", STATUSES),
        supports=_named("support", SUPPORTS),
        links=_named("link", LINKS),
        incident_fields=[Named(id=each, label=incident_field(each)) for each in INCIDENT_FIELDS],
        situation_kinds=_named("situation", kinds()),
        codebooks=_named("codebook", BUILT_IN),
        fields=list(FIELDS),
        keys=_keys(),
    )


def _named(theme: str, ids: Iterable[str]) -> list[Named]:
    return [Named(id=str(each), label=_label(theme, each)) for each in ids]


def _label(theme: str, name: str) -> Label:
    return Label(**_data()["labels"][theme][str(name)])


def _keys() -> Any:  # noqa: ANN401 - the file is the web app's
    """The keys as the web app was built with them; null where it was not."""
    built = resources.files("temoin.workbench") / "static" / "keys.json"
    return json.loads(built.read_text("utf-8")) if built.is_file() else None
