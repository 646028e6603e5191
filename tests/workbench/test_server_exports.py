"""Exports of what is filtered: jobs that make files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response
from served import Client

from temoin.casefile.exporting import FORMATS
from temoin.workbench.jobs.exporting import ENDINGS, file_name
from temoin.workbench.server.models import ExportWanted


def made(client: Client, **wanted: Any) -> tuple[dict[str, Any], Response]:
    job = client.post("/api/v1/exports", json=wanted)
    assert job.status_code == 202, job.text
    done = client.finished(job.json()["id"])
    assert done["state"] == "done", done["error"]
    return done["result"], client.get(f"/api/v1/exports/{done['id']}/file")


#: Needs libraries of the system; `tests/casefile` tests the format itself.
DOWNLOADED = [form for form in FORMATS if form != "pdf"]


@pytest.mark.parametrize("form", DOWNLOADED)
def test_every_format_can_be_downloaded(client: Client, form: str) -> None:
    result, answer = made(client, format=form)
    assert answer.status_code == 200
    assert len(answer.content) == result["bytes"] > 0
    assert answer.headers["content-type"] == ENDINGS[form][1]
    assert re.fullmatch(
        rf'attachment; filename="temoin-[a-z0-9-]+\.{re.escape(ENDINGS[form][0])}"',
        answer.headers["content-disposition"],
    )


def test_every_format_is_offered() -> None:
    assert set(ENDINGS) == set(FORMATS)
    offered = ExportWanted.model_json_schema()["properties"]["format"]["enum"]
    assert set(offered) == set(FORMATS)


def test_formats_are_told(client: Client) -> None:
    told = client.get("/api/v1/exports/formats").json()
    assert {each["id"] for each in told["formats"]} == set(FORMATS)
    assert told["profiles"] == ["public", "partner", "internal"]
    assert told["default_profile"] == "internal"


def test_only_what_the_query_finds_goes_out(client: Client) -> None:
    result, answer = made(client, format="csv", q="type:killing")
    found = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["type"] for row in found} == {"killing"}
    assert result["claims"] == len(found)


def test_columns_can_be_chosen(client: Client) -> None:
    told = {each["id"]: each for each in client.get("/api/v1/exports/formats").json()["formats"]}
    assert {"claim", "relations", "status"} <= set(told["csv"]["columns"])
    assert set(told["csv"]["default_columns"]) < set(told["csv"]["columns"])
    assert told["csv-acled"]["columns"] == told["geojson"]["columns"] == []
    _, answer = made(client, format="csv", columns=["claim", "relations"])
    assert answer.text.lstrip("\ufeff").splitlines()[:2] == ["claim,relations", "1,before 2"]


@pytest.mark.parametrize(
    ("form", "columns"),
    [("csv", ["nonsense"]), ("csv", []), ("csv", ["claim", "claim"]), ("kml", ["claim"])],
)
def test_columns_that_there_are_not_are_told_at_once(
    client: Client, form: str, columns: list[str]
) -> None:
    answer = client.post("/api/v1/exports", json={"format": form, "columns": columns})
    assert answer.status_code == 422, answer.text


def test_manifest_goes_with_it(client: Client) -> None:
    job = client.finished(client.post("/api/v1/exports", json={"format": "csv"}).json()["id"])
    answer = client.get(f"/api/v1/exports/{job['id']}/manifest")
    assert answer.json()["file"] == job["result"]["file"]
    assert answer.json()["profile"]["name"] == "internal"


def test_profile_leaves_out(client: Client) -> None:
    _, internal = made(client, format="jsonl")
    _, public = made(client, format="jsonl", profile="public")
    assert "Amina Diallo" in internal.text
    assert "Amina Diallo" not in public.text
    assert all(json.loads(line) for line in public.text.splitlines())


def test_query_that_cannot_be_read_is_told_at_once(client: Client) -> None:
    answer = client.post("/api/v1/exports", json={"format": "csv", "q": "from:never"})
    assert answer.status_code == 422
    assert answer.json()["mark"].endswith("^")


@pytest.mark.parametrize("what", ["file", "manifest"])
def test_there_is_no_file_of_another_job(client: Client, what: str) -> None:
    job = client.finished(client.post("/api/v1/audit/verify").json()["id"])
    assert client.get(f"/api/v1/exports/{job['id']}/{what}").status_code == 404


def test_readers_may_export(client_as: Callable[..., Client]) -> None:
    result, _ = made(client_as("read"), format="csv", profile="public")
    assert result["profile"] == "public"


@pytest.mark.parametrize(
    ("title", "middle"),
    [
        (None, ""),
        ("Mizda, été 2019", "mizda-ete-2019-"),
        ('x"; filename="evil.exe', "x-filename-evil-exe-"),
        ("a\r\nX: y", "a-x-y-"),
        ("../../../etc", "etc-"),
        ("Київ", ""),
        ("x" * 99, "x" * 40 + "-"),
    ],
)
def test_name_of_the_file_is_plain(title: str | None, middle: str) -> None:
    day = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d")
    assert file_name(title, "csv") == f"temoin-{middle}{day}.csv"
