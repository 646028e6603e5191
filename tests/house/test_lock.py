"""The lock has all that is needed at run time, with hashes; the SBOM has what is released."""

from __future__ import annotations

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements" / "runtime.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = [Requirement(each) for each in PROJECT["project"]["dependencies"]]
ENTRIES = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
#: The machines that Témoin promises to run on.
PLATFORMS = [
    {**default_environment(), "sys_platform": system, "platform_system": name, "os_name": "posix"}
    | {"python_version": python, "python_full_version": f"{python}.4"}
    for system, name in [("linux", "Linux"), ("darwin", "Darwin")]
    for python in ["3.11", "3.12", "3.13"]
]


def locked(platform: dict[str, str]) -> dict[str, str]:
    """Package to version, as the lock has it on a machine."""
    found: dict[str, str] = {}
    for entry in ENTRIES:
        requirement = Requirement(entry.partition(" \\")[0])
        if requirement.marker is None or requirement.marker.evaluate(platform):
            (pin,) = requirement.specifier
            found[canonicalize_name(requirement.name)] = pin.version
    return found


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
@pytest.mark.parametrize(
    "platform", PLATFORMS, ids=lambda each: f"{each['sys_platform']}-{each['python_version']}"
)
def test_the_lock_satisfies_the_project(platform: dict[str, str], needed: Requirement) -> None:
    version = locked(platform).get(canonicalize_name(needed.name))
    assert version is not None, "run `make lock`"
    assert needed.specifier.contains(version), "run `make lock`"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.split("==")[0])
def test_everything_locked_has_hashes(entry: str) -> None:
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", entry)) >= 1


def test_nothing_locked_is_a_look_alike() -> None:
    assert not re.search(r"==999\.", LOCK)


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = loaded("release_files")
    monkeypatch.setattr(module, "DIST", tmp_path)
    return module


def test_the_sbom_has_the_model_with_the_hashes_of_its_card(tool: ModuleType) -> None:
    card = json.loads((tool.MODEL / "card.json").read_text(encoding="utf-8"))
    component = tool.model()
    hashes = {file["name"]: file["hashes"][0]["content"] for file in component["components"]}
    assert card["files"].items() <= hashes.items()
    assert component["name"] == card["name"]


def test_hashes_are_those_of_sha256sum(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "temoin-1.whl").write_bytes(b"a")
    (tmp_path / "note.txt").write_bytes(b"b")
    expected = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  temoin-1.whl\n"
    assert tool.hashes().read_text() == expected


@pytest.mark.parametrize("folder", ["src", "corpus", "examples", "docs", "tests", "tools"])
def test_the_sdist_has_what_the_tests_and_the_site_need(folder: str) -> None:
    targets = PROJECT["tool"]["hatch"]["build"]["targets"]
    assert f"/{folder}" in targets["sdist"]["include"]


def test_what_is_built_has_the_front_end() -> None:
    assert PROJECT["tool"]["hatch"]["build"]["artifacts"] == ["/src/temoin/workbench/static/**"]


SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("dependencies", "code"),
    [
        ([SOUND], 0),
        ([SOUND, FAULTY], 1),
        ([SOUND, SKIPPED], 3),
        ([FAULTY, SKIPPED], 1),
        ([], 3),
    ],
)
def test_an_audit_that_looked_nothing_up_is_no_clean_one(
    dependencies: list[dict[str, object]], code: int
) -> None:
    assert loaded("audit").verdict(dependencies)[0] == code
