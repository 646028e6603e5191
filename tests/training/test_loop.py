"""The whole of training on a network small enough for a test; needs torch (CI installs it)."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny import tokenizer

torch = pytest.importorskip("torch", reason="training needs `pip install -e .[train]`")
pytest.importorskip("onnx", reason="training needs `pip install -e .[train]`")

from temoin.corpus import compile_gold  # noqa: E402
from temoin.extraction import Extractor  # noqa: E402
from temoin.extraction.labels import TYPES  # noqa: E402
from temoin.extraction.reader import Settings  # noqa: E402
from temoin.record import Document  # noqa: E402
from temoin.training import loop  # noqa: E402
from temoin.training.encoder import Encoder  # noqa: E402
from temoin.training.export import export  # noqa: E402
from temoin.training.network import Network, Shape, shrunk  # noqa: E402
from temoin.training.torch_backend import TorchBackend  # noqa: E402
from temoin.training.weights import EncoderWeights  # noqa: E402

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", autouse=True)
def _small_numbers_again() -> Iterator[None]:
    """Training rounds the smallest numbers to zero in this thread: not in the tests that follow."""
    yield
    torch.set_flush_denormal(False)


GOLD = """doc: tiny
lang: fr
published: 2024-03-12
---
S L'armée a bombardé la ville.
E e1 shelling "bombardé" actor="L'armée" target="la ville"
S Les rebelles n'ont pas pris la ville, selon un témoin.
E e2 capture "pris" actor="Les rebelles" target="la ville" polarity=negated attribution="un témoin"
R e1 before e2
"""
RECIPE = loop.Recipe(epochs=60, encoder_rate=3e-3, head_rate=1e-2, event_layers=1, frozen_layers=0,
                     threads=1, mask_share=0.0)  # fmt: skip
TOKENIZER = tokenizer()


def reports() -> list[dict[str, Any]]:
    return [compile_gold(GOLD, name="tiny.gold").to_dict()]


def network(seed: int = 0) -> Network:
    torch.manual_seed(seed)
    sizes = EncoderWeights(24, 2, 2, 48, TOKENIZER.get_vocab_size(), 256, 2, 1e-12, {})
    return Network(Encoder(sizes, sizes.vocabulary), Shape(24, 1))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder = tmp_path_factory.mktemp("run")
    return loop.train(network(), reports(), TOKENIZER, RECIPE, folder=folder)


@pytest.fixture(scope="module")
def model(trained: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    settings = {name: getattr(Settings(), name) for name in Settings.__dataclass_fields__}
    card = {"name": "tiny", "languages": ["fr"], "settings": settings}
    export(trained, TOKENIZER.to_str(), card, folder)
    return folder


def found(network: Network, model: Path) -> list[tuple[str, str]]:
    """The events of the gold's text, as a network has them."""
    extractor = Extractor.load(model)
    extractor._backend = TorchBackend(network)
    text = "L'armée a bombardé la ville. Les rebelles n'ont pas pris la ville, selon un témoin."
    record = extractor.extract(Document(id="x", text=text, sentences=((0, 28), (29, len(text)))))
    return [(event.type.value, event.trigger.text) for event in record.events]


def test_learns_by_heart(trained: Network, model: Path) -> None:
    assert found(trained, model) == [("shelling", "bombardé"), ("capture", "pris")]


def test_exported_files_answer_like_the_network(trained: Network, model: Path) -> None:
    onnx, torch_ = Extractor.load(model)._backend, TorchBackend(trained)
    rng = np.random.default_rng(0)
    ids = rng.integers(4, TOKENIZER.get_vocab_size(), (2, 13))
    mask = np.ones((2, 13), np.int64)
    pool = rng.random((2, 7, 13), np.float32)
    pool /= pool.sum(2, keepdims=True)
    states, logits = onnx.windows(ids, mask, pool)
    expected, expected_logits = torch_.windows(ids, mask, pool)
    assert logits.shape == (2, 7, len(TYPES), 2)
    assert np.corrcoef(states.ravel(), expected.ravel())[0, 1] > 0.98
    assert np.corrcoef(logits.ravel(), expected_logits.ravel())[0, 1] > 0.98


def test_resumes_where_it_stopped(tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=4)
    whole = loop.train(network(), reports(), TOKENIZER, recipe, folder=_made(tmp_path / "a"))
    folder = _made(tmp_path / "b")

    class StopError(Exception):
        pass

    def stop(epoch: int, _: Network) -> None:
        if epoch == 1:
            raise StopError

    with pytest.raises(StopError):
        loop.train(network(), reports(), TOKENIZER, recipe, folder=folder, after_epoch=stop)
    resumed = loop.train(network(7), reports(), TOKENIZER, recipe, folder=folder)
    for name, value in whole.state_dict().items():
        assert torch.allclose(value, resumed.state_dict()[name], atol=1e-6), name


def test_a_later_round_starts_from_the_earlier_one(trained: Network, tmp_path: Path) -> None:
    start = network(7)
    start.load_state_dict(trained.state_dict())
    recipe = loop.later_round(RECIPE)
    assert (recipe.epochs, recipe.encoder_rate) == (4, RECIPE.encoder_rate / 3)
    after = loop.train(start, reports(), TOKENIZER, recipe, folder=tmp_path, trained=True)
    before, now = trained.state_dict(), after.state_dict()
    assert torch.equal(before["windows.norm.mean"], now["windows.norm.mean"])
    moved = (before["windows.outer.weight"] - now["windows.outer.weight"]).abs().max()
    assert 0 < float(moved) < 0.1


def apart(network: Network, other: Network) -> float:
    """How far two networks' states of some subwords are from each other."""
    ids = torch.arange(4, 24)[None]
    mask, pool = torch.ones_like(ids), torch.eye(20)[None]
    with torch.no_grad():
        mine, _ = network.eval().windows(ids, mask, pool)
        theirs, _ = other.eval().windows(ids, mask, pool)
    return float((mine - theirs).square().mean())


def test_a_student_of_fewer_layers_learns_from_its_teacher(
    trained: Network, model: Path, tmp_path: Path
) -> None:
    small = shrunk(trained, layers=1, event_layers=1)
    assert len(small.windows.encoder.layers) == 1
    assert len(trained.windows.encoder.layers) == 2
    recipe = replace(loop.student(RECIPE), epochs=60, layer_decay=1.0)
    taught = loop.train(
        copy.deepcopy(small),
        reports(),
        TOKENIZER,
        recipe,
        folder=tmp_path,
        trained=True,
        teacher=trained,
    )
    assert apart(taught, trained) < 0.75 * apart(small, trained)
    assert found(taught, model) == found(trained, model)


def test_log_has_a_line_an_epoch(tmp_path: Path) -> None:
    loop.train(network(), reports(), TOKENIZER, replace(RECIPE, epochs=3), folder=tmp_path)
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [0, 1, 2]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
