"""A small case and a workbench on it, for the tests of the server and of its API."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from api_cases import made_of_examples
from cases import Databases
from export_cases import opened
from served import Client, served

from temoin.workbench.users import Role


@pytest.fixture(autouse=True)
def _quick_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk."""
    monkeypatch.setattr("temoin.casefile.engine.SYNCHRONOUS", "OFF")


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """A case with three reports and six claims; words in it mean harm."""
    with opened(tmp_path):
        pass
    return tmp_path / "case.temoin"


@pytest.fixture
def serving(case_file: Path) -> Iterator[Callable[..., Client]]:
    """Makes workbenches on the case; they end with the test."""
    with ExitStack() as stack:

        def make(role: Role | None = "admin", **settings: Any) -> Client:
            return stack.enter_context(served(case_file, role=role, **settings))

        yield make


@pytest.fixture
def client(serving: Callable[..., Client]) -> Client:
    """A client that has entered and may do everything."""
    return serving()


@pytest.fixture
def client_as(serving: Callable[..., Client]) -> Callable[[Role], Client]:
    """Clients that have entered with a role."""
    return serving


@pytest.fixture(scope="session")
def examples_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the reports of `examples/`, read by the shipped model, with incidents."""
    return made_of_examples(tmp_path_factory.mktemp("examples") / "examples.temoin")


@pytest.fixture(scope="session")
def examples(examples_file: Path) -> Iterator[Client]:
    """A client on the case of examples, for what only reads."""
    with served(examples_file) as made:
        yield made


@pytest.fixture
def fresh(examples_file: Path, tmp_path: Path) -> Iterator[Client]:
    """A client on a copy of the case of examples, for what writes."""
    copy = shutil.copy(examples_file, tmp_path / "copy.temoin")
    with served(copy) as made:
        yield made


@pytest.fixture
def both(databases: Databases, full_case: str) -> Iterator[Client]:
    """A client on a small case, on SQLite and on PostgreSQL in turn."""
    with served(databases.copy(full_case)) as made:
        yield made
