"""The tables: what migrations make is what the models say and what the page describes."""

from __future__ import annotations

import ast
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from temoin.casefile import Case, versions
from temoin.casefile.canonical import canonical, pack, unpack
from temoin.casefile.schema import Base, describe

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")


def test_migrations_make_what_the_models_say(case: Case) -> None:
    with case._reader.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _object, name, *_: "_search" not in str(name),
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_known_versions_are_those_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(files("temoin.casefile") / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(
        versions.REVISIONS
    )


def test_the_page_describes_all_tables_as_they_are() -> None:
    assert describe.rewritten(PAGE) == PAGE, "run: python -m temoin.casefile.schema.describe"


@pytest.mark.parametrize(
    "column",
    [column for table in Base.metadata.sorted_tables for column in table.columns],
    ids=str,
)
def test_each_column_says_what_it_holds(column: object) -> None:
    doc = getattr(column, "doc", None)
    assert doc
    assert doc.endswith((".", "..."))


def test_each_view_is_described(case: Case) -> None:
    with case.reading() as session:
        if session.get_bind().dialect.name == "sqlite":
            found = "SELECT name FROM sqlite_master WHERE type = 'view'"
        else:
            found = "SELECT viewname FROM pg_views WHERE schemaname = 'public'"
        views = session.scalars(text(found)).all()
    assert sorted(views) == ["claim_list", "map_claims", "map_places"]
    assert all(f"| `{view}` |" in PAGE for view in views)


def test_both_databases_have_the_same_views_and_triggers() -> None:
    folder = files("temoin.casefile.migrations") / "sql"
    views = [
        [
            part
            for part in (folder / f"0001_{kind}.sql").read_text("utf-8").split("\n\n")
            if "CREATE VIEW" in part
        ]
        for kind in ("sqlite", "postgresql")
    ]
    # The first of each comes with a comment.
    assert [view.partition("CREATE VIEW")[2] for view in views[0]] == [
        view.partition("CREATE VIEW")[2] for view in views[1]
    ]


def test_a_page_without_a_place_for_tables_is_refused() -> None:
    with pytest.raises(ValueError, match="has no"):
        describe.rewritten("# Nothing")


def test_no_module_of_the_casefile_imports_alembic_to_open_a_case() -> None:
    """Opening must be quick; only making and migrating a case need it."""
    for path in (ROOT / "src" / "temoin" / "casefile").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        assert not any("alembic" in ast.unparse(node) for node in top), path.name


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_case_can_be_read_by_any_program(filled: Case) -> None:
    with closing(sqlite3.connect(f"file:{filled.target.path}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT document, type, state FROM claim_list").fetchall()
    assert ("both", "shelling", "pending") in rows


@pytest.mark.parametrize("data", [b"", b"a", b"abc" * 1000])
def test_bytes_come_back_as_they_were(data: bytes) -> None:
    codec, stored = pack(data)
    assert unpack(codec, stored) == data
    assert len(stored) <= len(data)


@pytest.mark.parametrize(
    ("codec", "change", "match"),
    [
        ("zlib", lambda data: data[:-1], "cut off"),
        ("zlib", lambda data: data + b"x", "followed by others"),
        ("zlib", lambda data: b"x" + data, "damaged"),
        ("brotli", lambda data: data, "does not know"),
    ],
)
def test_damaged_bytes_are_told(codec: str, change: object, match: str) -> None:
    assert callable(change)
    with pytest.raises(ValueError, match=match):
        unpack(codec, change(pack(b"abc" * 1000)[1]))


def test_canonical_json_is_one_text_for_one_value() -> None:
    assert canonical({"b": [1, 2.5, None], "a": "é"}) == '{"a":"é","b":[1,2.5,null]}'
    with pytest.raises(ValueError, match="JSON"):
        canonical(float("nan"))
