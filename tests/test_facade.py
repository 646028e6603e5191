from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from fake_extractor import FakeExtractor
from sample_records import record

import temoin
from temoin.errors import ReadingError
from temoin.rows import COLUMNS


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The fake extractor instead of the model; grows by one each time it is loaded."""
    loaded: list[int] = []

    def load() -> FakeExtractor:
        loaded.append(1)
        return FakeExtractor()

    monkeypatch.setattr("temoin.pipeline.reader._load_extractor", load)
    monkeypatch.setattr(temoin, "_readers", [])
    return loaded


def test_public_names_are_sorted() -> None:
    assert temoin.__all__ == sorted(temoin.__all__)


@pytest.mark.parametrize("name", temoin.__all__)
def test_public_name_is_there(name: str) -> None:
    assert getattr(temoin, name)
    assert name in dir(temoin)


@pytest.mark.parametrize(("name", "module"), temoin._LAZY.items())
def test_lazy_name_is_that_of_its_module(name: str, module: str) -> None:
    assert getattr(temoin, name) is getattr(import_module(module), name)


def test_everything_public_is_declared() -> None:
    code = "import json, temoin; print(json.dumps([n for n in vars(temoin) if n[0] != '_']))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    visible = set(json.loads(shown))
    # What the module itself is made with.
    assert visible - {"annotations", "TYPE_CHECKING", "import_module"} <= set(temoin.__all__)


def test_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        temoin.nothing  # type: ignore[attr-defined]  # noqa: B018 - it is the access that fails


def test_text_is_read_and_the_model_kept(fake: list[int]) -> None:
    first = temoin.read("Kidal a été pris.", published="2019-11-14", id="a")
    temoin.read("Kidal a été pris.")
    assert (first.document.id, len(first.events), len(fake)) == ("a", 1, 1)


@pytest.mark.usefixtures("fake")
def test_paths_are_read_with_failures_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kidal a été pris.", encoding="utf-8")
    first, second = temoin.read_paths([tmp_path, tmp_path / "none.txt"], published="2019-11-14")
    assert isinstance(first, temoin.Record)
    assert str(first.document.published) == "2019-11-14"
    assert isinstance(second, ReadingError)


def test_frame_has_a_row_an_event_of_all_records() -> None:
    frame = temoin.to_dataframe([record(), record()])
    assert (list(frame.columns), len(frame)) == (list(COLUMNS), 6)


def test_frame_of_one_record() -> None:
    assert temoin.to_dataframe(record()).equals(record().to_dataframe())


def test_frame_of_nothing_has_its_columns() -> None:
    assert list(temoin.to_dataframe([]).columns) == list(COLUMNS)
