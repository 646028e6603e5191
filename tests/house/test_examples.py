"""The example reports are what examples/README.md says they are."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from temoin.reading import read_path
from temoin.record import Document

EXAMPLES = Path(__file__).parents[2] / "examples"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
LISTED = re.findall(
    r"^\| `([^`]+)` \| (\w\w) \| [^|]+ \| (\d{4}-\d\d-\d\d) \|$", README, flags=re.MULTILINE
)
NAMES = [name for name, _, _ in LISTED]


@cache
def document(name: str) -> Document:
    """The one document of a file."""
    (found,) = read_path(EXAMPLES / name)
    assert isinstance(found, Document), found
    return found


def test_all_reports_are_listed_and_no_others() -> None:
    files = [path for path in EXAMPLES.glob("*/*") if path.is_file()]
    assert sorted(NAMES) == sorted(path.relative_to(EXAMPLES).as_posix() for path in files)


def test_four_are_french_and_two_english() -> None:
    assert sorted(language for _, language, _ in LISTED) == ["en"] * 2 + ["fr"] * 4


@pytest.mark.parametrize(("name", "language", "_"), LISTED, ids=NAMES)
def test_language_is_found(name: str, language: str, _: str) -> None:
    assert document(name).language == language


@pytest.mark.parametrize(("name", "_", "day"), LISTED, ids=NAMES)
def test_day_is_found_where_the_file_can_carry_one(name: str, _: str, day: str) -> None:
    carries = not name.endswith((".txt", ".md"))
    assert document(name).published == (dt.date.fromisoformat(day) if carries else None)


@pytest.mark.parametrize("name", NAMES)
def test_report_is_short(name: str) -> None:
    assert 250 <= len(document(name).text.split()) <= 500


@pytest.mark.parametrize("boilerplate", ["Accueil", "S’abonner", "Mentions légales", "À lire"])
def test_pages_are_read_without_their_menus(boilerplate: str) -> None:
    texts = [document(name).text for name in NAMES]
    assert [text for text in texts if boilerplate in text] == []


def test_readme_says_that_they_are_synthetic_and_under_which_licence() -> None:
    assert "synthetic" in README
    assert "CC BY 4.0" in README
