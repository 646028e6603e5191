"""What is written down of the API is what there is: openapi.json, docs/api.md, models."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import get_args

import pytest

from temoin.casefile.exporting.labels import labels
from temoin.casefile.schema import LINKS, SENSITIVITIES, STATES, STATUSES, SUPPORTS
from temoin.record import EventType
from temoin.workbench.api.models import common, incidents
from temoin.workbench.views.vocabulary import FAMILIES, families, schema_answer

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def described() -> str:
    spec = importlib.util.spec_from_file_location("openapi", ROOT / "tools" / "openapi.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.described())


def test_the_web_apps_types_are_made_of_this_api(described: str) -> None:
    written = (ROOT / "web" / "openapi.json").read_text(encoding="utf-8")
    assert written == described, "run .venv/bin/python tools/openapi.py"


def test_every_reference_of_the_description_resolves(described: str) -> None:
    told = json.loads(described)
    references = set(re.findall(r'"\$ref": "([^"]*)"', described))
    assert references
    for reference in references:
        assert reference.startswith("#/"), reference
        found = told
        for name in reference.removeprefix("#/").split("/"):
            assert name in found, reference
            found = found[name]


def test_the_documentation_lists_every_endpoint(described: str) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z]+)` \| `(/[^`]*)` \|", text, re.MULTILINE))
    paths = json.loads(described)["paths"]
    there = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in paths.items()
        if path.startswith("/api/v1/")
        for method in methods
    }
    assert listed == there


def test_every_endpoint_says_what_it_does(described: str) -> None:
    for path, methods in json.loads(described)["paths"].items():
        for method, told in methods.items():
            assert told.get("description") or told.get("summary"), (method, path)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (common.State, STATES),
        (common.Level, SENSITIVITIES),
        (common.Status, STATUSES),
        (common.Family, FAMILIES),
        (incidents.Support, SUPPORTS),
        (incidents.Kind, LINKS),
    ],
)
def test_models_know_the_values_of_the_tables(model: object, values: tuple[str, ...]) -> None:
    assert get_args(model) == tuple(values)


def test_families_are_the_headings_of_the_documentation() -> None:
    text = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    section = text.partition("## The 33 types")[2].partition("\n## ")[0]
    documented = {
        type_: re.sub(" .*", "", heading.lower())
        for heading, body in re.findall(r"### (.*?)\n(.*?)(?=\n### |\Z)", section, re.DOTALL)
        for type_ in re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE)
    }
    assert documented == families()
    assert list(documented) == list(EventType)


def test_labels_are_those_of_exports() -> None:
    states = {each.id: each.label for each in schema_answer().states}
    for state in ("pending", "accepted", "edited", "unsure"):
        assert states[state].en == labels("en").state(state)
        assert states[state].fr == labels("fr").state(state)


def test_keys_are_those_of_the_page() -> None:
    built = ROOT / "src" / "temoin" / "workbench" / "static" / "keys.json"
    if not built.is_file():
        pytest.skip("the page is not built")
    source = ROOT / "web" / "src" / "lib" / "keys" / "keys.json"
    assert schema_answer().keys == json.loads(source.read_text(encoding="utf-8"))
