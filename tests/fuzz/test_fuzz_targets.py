"""The kept corpus, finding by finding, and a little fresh fuzzing: what CI runs."""

from __future__ import annotations

import pytest
from fuzz_bounds import check
from fuzz_mutation import Edit, edited, edits
from fuzz_targets import CORPUS, TARGETS, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from temoin.errors import ReadingError

KEPT = [(path.parent.name, path.name) for path in sorted(CORPUS.glob("*/*"))]
#: What takes more than some milliseconds a call gets fewer.
SLOW = {"exchange", "case-pages", "case-sql", "import-rows", "import-mapping"}


@pytest.fixture(autouse=True)
def _quick_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.casefile.engine.SYNCHRONOUS", "OFF")


@pytest.mark.parametrize(("target", "name"), KEPT)
def test_kept_input(target: str, name: str) -> None:
    finding = check(TARGETS[target], (CORPUS / target / name).read_bytes())
    assert finding is None, finding.told


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_seeds(target: str) -> None:
    assert seeds(target)


@pytest.mark.parametrize("target", TARGETS)
def test_changed_input(target: str) -> None:
    kept = seeds(target)

    @settings(
        max_examples=3 if target in SLOW else 25,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(kept), st.sampled_from(kept), edits())
    def changed(data: bytes, other: bytes, changes: list[Edit]) -> None:
        finding = check(TARGETS[target], edited(data, other, changes))
        assert finding is None, finding.told

    changed()


def test_what_is_no_error_of_ours_is_a_finding() -> None:
    def call(data: bytes) -> None:
        if data == b"ours":
            raise ReadingError("a.txt", "is none")
        raise KeyError(data)

    target = type(TARGETS["text"])("own", call)
    assert check(target, b"ours") is None
    finding = check(target, b"theirs")
    assert finding is not None
    assert finding.what == "KeyError"


def test_a_hang_is_a_finding() -> None:
    def call(_: bytes) -> None:
        while True:
            pass

    finding = check(type(TARGETS["text"])("own", call), b"", seconds=0.2)
    assert finding is not None
    assert finding.what == "hang"
