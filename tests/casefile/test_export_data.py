"""Parquet and FollowTheMoney: read by others, and true to what is claimed."""

from __future__ import annotations

import builtins
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from export_cases import EVIL_TEXT, HIDDEN_TEXT, opened, write
from sample_records import TEXT

from temoin.casefile import Case
from temoin.casefile.exporting import FORMATS, ExportError
from temoin.rows import COLUMNS

RULES = json.loads((Path(__file__).parent / "data" / "ftm.json").read_text("utf-8"))


@pytest.fixture
def exported(tmp_path: Path) -> Iterator[Case]:
    with opened(tmp_path) as case:
        yield case


def entities(case: Case, folder: Path, profile: str = "internal") -> list[dict[str, Any]]:
    """The entities of an export, each checked against the rules of its schema."""
    out = folder / "claims.ftm.json"
    write(case, "ftm", out, profile)
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    schemata = {each["id"]: each["schema"] for each in told}
    assert len(schemata) == len(told), "each entity stands there once"
    for each in told:
        rules = RULES["schemata"][each["schema"]]
        assert set(rules["required"]) <= each["properties"].keys()
        for name, values in each["properties"].items():
            kind = rules["properties"][name]
            for value in values:
                assert re.search(RULES["types"].get(kind, "."), value), (name, value)
                if kind == "entity":
                    assert schemata[value] in RULES["ranges"][name]
    return told


def test_parquet_is_read_by_arrow_and_pandas_with_types(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.parquet"
    write(exported, "parquet", out)
    table = pq.read_table(out)
    assert table.column_names == [*COLUMNS, "claim", "review", "status"]
    assert b"not a fact" in table.schema.metadata[b"statement"]
    rows = table.to_pylist()
    assert [row["claim"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["status"] for row in rows][:3] == ["affirmed", "denied", "planned"]
    assert rows[0]["earliest"] == dt.date(2019, 11, 12)
    assert rows[0]["latitude"] == 31.44
    assert rows[0]["start"] == 17
    assert rows[1]["latitude"] is None
    frame = pd.read_parquet(out)
    assert frame["radius_km"].dtype == "float64"
    assert len(frame) == 6
    first = out.read_bytes()
    write(exported, "parquet", out)
    assert out.read_bytes() == first


def test_parquet_has_the_columns_that_were_chosen(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.parquet"
    write(exported, "parquet", out, columns=["earliest", "relations", "claim"])
    table = pq.read_table(out)
    assert table.column_names == ["earliest", "relations", "claim"]
    assert table.to_pylist()[0] == {
        "earliest": dt.date(2019, 11, 12), "relations": "before 2", "claim": 1,
    }  # fmt: skip


def test_parquet_of_nothing_and_without_words(exported: Case, tmp_path: Path) -> None:
    out = tmp_path / "claims.parquet"
    write(exported, "parquet", out, where="type:siege")
    assert pq.read_table(out).num_rows == 0
    write(exported, "parquet", out, "public")
    (row,) = pq.read_table(out).to_pylist()
    assert (row["trigger"], row["start"], row["sentence"]) == (None, None, None)


def test_parquet_says_what_it_needs(
    exported: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **given: Any) -> object:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **given)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExportError, match=r"temoin\[parquet\]"):
        write(exported, "parquet", tmp_path / "claims.parquet")
    assert not (tmp_path / "claims.parquet").exists()


def test_entities_keep_the_rules_of_their_schemata(exported: Case, tmp_path: Path) -> None:
    told = entities(exported, tmp_path)
    events = [each["properties"] for each in told if each["schema"] == "Event"]
    assert [each["recordId"] for each in events] == [[str(n)] for n in range(1, 7)]
    assert events[0]["date"] == ["2019-11-12"]
    assert events[0]["summary"] == ["claimed, not reviewed, according to un porte-parole"]
    assert events[1]["summary"] == ["denied, not reviewed"]
    assert "negated" in events[1]["keywords"]
    assert events[3]["startDate"] == ["2024-03-01"]
    assert events[3]["endDate"] == ["2024-03-09"]
    assert events[3]["country"] == ["ml"]
    assert all("not a fact" in each["notes"][0] for each in events)
    known = [each for each in told if each["schema"] == "Organization"]
    assert [each["properties"]["name"] for each in known] == [["Army of Mali"]]
    assert events[4]["involved"] == [known[0]["id"]]
    documents = [each for each in told if each["schema"] == "Document"]
    assert {each["proof"][0] for each in events} == {each["id"] for each in documents}
    assert "sourceUrl" not in documents[1]["properties"], "javascript: is no address"


def test_entities_without_quotes_have_no_words(exported: Case, tmp_path: Path) -> None:
    told = json.dumps(entities(exported, tmp_path, "public"))
    assert "shelled" not in told
    assert "iallo" not in told


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_keeps_a_secret_and_is_the_same_twice(
    exported: Case, tmp_path: Path, form: str
) -> None:
    from temoin.casefile.privacy.levels import set_field_level

    set_field_level(exported, 6, "*", "secret", actor="bea")
    out = tmp_path / "out"
    counts = write(exported, form, out)
    assert counts.claims == 5
    told = out.read_bytes()
    assert b"Diallo" not in told
    assert b"+223" not in told
    write(exported, form, out)
    assert out.read_bytes() == told
    assert json.loads((tmp_path / "out.manifest.json").read_text("utf-8"))["claims"] == 5


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_gives_three_words_of_a_report_without_quotes(
    exported: Case, tmp_path: Path, form: str
) -> None:
    from temoin.casefile.privacy.levels import set_document_level

    set_document_level(exported, [1, 2, 3], "public", actor="bea")
    out = tmp_path / "out"
    assert write(exported, form, out, "public").claims == 6
    told = str(pq.read_table(out).to_pylist()) if form == "parquet" else ""
    told = told or re.sub(r"<[^>]+>", " ", out.read_bytes().decode("utf-8", "replace"))
    words = re.findall(r"\w+", told)
    given = {*zip(words, words[1:], words[2:], strict=False)}
    for text in (TEXT, EVIL_TEXT, HIDDEN_TEXT):
        said = re.findall(r"\w+", text)
        assert not given & {*zip(said, said[1:], said[2:], strict=False)}
