"""The model's files are checked against the hashes of its card when it is loaded."""

from __future__ import annotations

import json
import shutil
from importlib import resources
from pathlib import Path

import pytest

from temoin.errors import ModelError
from temoin.extraction import Extractor


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the model that ships."""
    shipped = Path(str(resources.files("temoin.extraction"))) / "model"
    return Path(shutil.copytree(shipped, tmp_path / "model"))


def test_an_altered_file_is_refused(model: Path) -> None:
    tokenizer = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
    (model / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer.json was altered or damaged"):
        Extractor.load(model)


def test_a_cut_file_is_refused(model: Path) -> None:
    path = model / "relations.onnx"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"relations.onnx was altered or damaged"):
        Extractor.load(model)


def test_a_missing_file_is_named(model: Path) -> None:
    (model / "events.onnx").unlink()
    with pytest.raises(ModelError, match=r"lacks events.onnx"):
        Extractor.load(model)


def test_other_settings_are_another_model(model: Path) -> None:
    before = Extractor.load(model).info.sha256
    card = json.loads((model / "card.json").read_text(encoding="utf-8"))
    card["settings"]["event"] = 0.99
    (model / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert Extractor.load(model).info.sha256 != before
