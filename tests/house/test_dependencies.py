"""Every dependency is explained, bounded and what it says it is."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DECLARED = sorted(
    {
        *PROJECT["build-system"]["requires"],
        *PROJECT["project"]["dependencies"],
        *(r for extra in PROJECT["project"]["optional-dependencies"].values() for r in extra),
        *(r for group in PROJECT["dependency-groups"].values() for r in group),
    }
)
RUN_TIME = {Requirement(r).name for r in PROJECT["project"]["dependencies"]}


def explained() -> dict[str, str]:
    """Package to reason, from the tables of docs/dependencies.md."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|(?:.*\|)? ([^|]+) \|$", text, flags=re.MULTILINE)
    return dict(rows)


@pytest.mark.parametrize("requirement", DECLARED)
def test_dependency_is_explained(requirement: str) -> None:
    assert len(explained().get(Requirement(requirement).name, "")) > len("no reason")


def test_no_explanation_outlives_its_dependency() -> None:
    assert set(explained()) == {Requirement(r).name for r in DECLARED}


@pytest.mark.parametrize("requirement", DECLARED)
def test_range_refuses_a_look_alike(requirement: str) -> None:
    # Squatted names carry versions such as 999.9.9, which an open range would take.
    assert not Requirement(requirement).specifier.contains("999.9.9")


def test_no_installed_package_is_a_look_alike() -> None:
    fakes = [d.name for d in metadata.distributions() if d.version.startswith("999.")]
    assert fakes == []


@pytest.mark.parametrize(
    "heavy", ["torch", "spacy", "pandas", "transformers", "tensorflow", "scikit-learn"]
)
def test_base_install_stays_light(heavy: str) -> None:
    assert heavy not in RUN_TIME
