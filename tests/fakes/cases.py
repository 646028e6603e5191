"""Cases for tests, on SQLite and on a real PostgreSQL: the same tests run on both."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fake_extractor import FakeExtractor
from postgres_server import SKIP, NoServer, address_of, server

if TYPE_CHECKING:
    from temoin.casefile import Case
    from temoin.casefile.adding import Outcome

_numbers = itertools.count(1)

REPORTS = {
    "mizda.txt": "Mardi, l'armée a bombardé Mizda, selon un porte-parole. Kidal est calme.",
    "kidal.txt": "Les rebelles n'ont pas pris Kidal hier.",
    "both.txt": "The army shelled Mizda yesterday. The rebels captured Kidal, according to X.",
}


class Databases:
    """Makes addresses on one kind of database, and quick copies of cases.

    Args:
        folder: Where files go.
        served: The PostgreSQL server; None for SQLite.
    """

    def __init__(self, folder: Path, served: str | None) -> None:
        self._folder = folder
        self._served = served
        self._made: list[str] = []

    def new(self) -> str:
        """An address where no case is yet."""
        name = self._name()
        if self._served is None:
            return str(self._folder / f"{name}.temoin")
        _execute(self._served, f"CREATE DATABASE {name}")
        return address_of(self._served, name)

    def copy(self, address: str) -> str:
        """A copy of a case that nobody has open."""
        name = self._name()
        if self._served is None:
            return str(shutil.copy(address, self._folder / f"{name}.temoin"))
        (template,) = [made for made in self._made if address_of(self._served, made) == address]
        _execute(self._served, f"CREATE DATABASE {name} TEMPLATE {template}")
        return address_of(self._served, name)

    def drop(self) -> None:
        """Forget all that was made."""
        for name in self._made if self._served else ():
            _execute(str(self._served), f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _name(self) -> str:
        name = f"case_{os.getpid()}_{next(_numbers)}"
        self._made.append(name)
        return name


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A real PostgreSQL server."""
    if os.environ.get(SKIP) and not os.environ.get("CI"):
        pytest.skip(f"{SKIP} is set")
    try:
        with server() as served:
            yield served
    except NoServer as error:
        pytest.fail(str(error))


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """Which kind of database a test runs on: each in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def databases(
    backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """Makes cases of one kind."""
    served = request.getfixturevalue("postgres") if backend == "postgresql" else None
    made = Databases(tmp_path_factory.mktemp("cases"), served)
    yield made
    made.drop()


@pytest.fixture(scope="session")
def empty_case(databases: Databases) -> str:
    """The address of an empty case, to be copied."""
    from temoin.casefile import Case

    address = databases.new()
    Case.create(address, actor="test").close()
    return address


@pytest.fixture(scope="session")
def full_case(
    databases: Databases, empty_case: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """The address of a case with three reports, to be copied."""
    from temoin.casefile import Case

    address = databases.copy(empty_case)
    with Case.open(address) as opened:
        add_reports(opened, write_reports(tmp_path_factory.mktemp("reports")))
    return address


@pytest.fixture
def address(databases: Databases, empty_case: str) -> str:
    """The address of an empty case."""
    return databases.copy(empty_case)


@pytest.fixture
def case(address: str) -> Iterator[Case]:
    """An empty case, opened."""
    from temoin.casefile import Case

    with Case.open(address) as opened:
        yield opened


@pytest.fixture
def filled(databases: Databases, full_case: str) -> Iterator[Case]:
    """A case with three reports, opened."""
    from temoin.casefile import Case

    with Case.open(databases.copy(full_case)) as opened:
        yield opened


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with three reports."""
    folder = tmp_path / "reports"
    folder.mkdir()
    return write_reports(folder)


@pytest.fixture(autouse=True)
def _quick_commits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk, where the test is about a case at all."""
    if "databases" in request.fixturenames:
        monkeypatch.setattr("temoin.casefile.engine.SYNCHRONOUS", "OFF")


def write_reports(folder: Path) -> Path:
    """Write three reports into a folder."""
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def add_reports(
    case: Case,
    *paths: Path | str,
    actor: str = "ana",
    workers: int = 1,
    tell: Callable[[Outcome], object] | None = None,
    **custody: Any,
) -> list[Outcome]:
    """Add paths to a case with the fake extractor: what became of each.

    Args:
        case: The case.
        paths: What to add.
        actor: Who adds.
        workers: Processes.
        tell: Called with each outcome as it comes.
        custody: What is told of all, as in `temoin.casefile.Custody`.
    """
    from temoin import casefile
    from temoin.pipeline import Reader
    from temoin.reading import iterate_sources

    told: list[Outcome] = []

    def hear(outcome: Outcome) -> None:
        told.append(outcome)
        if tell:
            tell(outcome)

    casefile.add(
        case,
        iterate_sources(paths),
        reader=Reader(FakeExtractor()),
        actor=actor,
        tell=hear,
        custody=casefile.Custody(**custody),
        workers=workers,
    )
    return told


def decide(case: Case, claim: int, verdict: str, **columns: Any) -> int:
    """Store one decision; its number.

    Args:
        case: The case.
        claim: The claim.
        verdict: accept, edit, ...
        columns: More columns of the decision.
    """
    from temoin.casefile.canonical import now
    from temoin.casefile.claims import machine_event, refresh_claim
    from temoin.casefile.schema import Claim, Decision
    from temoin.casefile.states import state

    with case.writing(actor="bea") as work:
        row = work.session.get_one(Claim, claim)
        row.version += 1
        decision = Decision(
            claim_id=claim,
            verdict=verdict,
            reviewer="bea",
            at=now(),
            claim_version=row.version,
            active=True,
            **columns,
        )
        work.session.add(decision)
        work.session.flush()
        work.log.append(verdict, "decision", decision.id, new=state(decision))
        refresh_claim(work.session, claim, machine=machine_event(work.session, claim))
    return decision.id


def _execute(served: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(address_of(served, "postgres"), autocommit=True) as connection:
        connection.execute(statement)
