"""Files and texts that are dropped on the page become documents of the case."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from served import Client

from temoin.workbench.jobs.uploading import safe_name
from temoin.workbench.settings import Limits

TEXT = b"The army shelled Mizda yesterday. The rebels captured Kidal."
File = tuple[str, tuple[str, bytes, str]]


def file(name: str, data: bytes = TEXT, media_type: str = "text/plain") -> File:
    return ("files", (name, data, media_type))


def uploaded(client: Client, *files: File, **fields: str) -> dict[str, Any]:
    answer = client.post("/api/v1/uploads", files=list(files), data=fields)
    assert answer.status_code == 202, answer.text
    done = client.finished(answer.json()["id"])
    assert done["state"] == "done", done["error"]
    result: dict[str, Any] = done["result"]
    return result


def rows(case_file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(case_file)) as connection:
        return connection.execute(query).fetchall()


def test_file_becomes_a_document(client: Client, case_file: Path) -> None:
    result = uploaded(client, file("report.txt"), published="2024-03-02")
    assert result["documents"] == [{"document": 4, "name": "report", "claims": 2, "known": False}]
    assert rows(case_file, "SELECT name, published, text FROM documents WHERE id = 4") == [
        ("report", "2024-03-02", TEXT.decode())
    ]


def test_user_is_in_the_audit_log(client: Client, case_file: Path) -> None:
    uploaded(client, file("report.txt"))
    assert rows(case_file, "SELECT actor FROM audit ORDER BY seq DESC LIMIT 1") == [("rosa",)]


def test_name_of_the_file_is_kept_as_place_of_finding(client: Client, case_file: Path) -> None:
    uploaded(client, file("report.txt"))
    ((location, note),) = rows(
        case_file, "SELECT location, note FROM acquisitions ORDER BY id DESC LIMIT 1"
    )
    assert location.endswith("upload:report.txt")
    assert note == "uploaded in the workbench"


def test_rows_become_documents(client: Client) -> None:
    data = b"id,text\na,The army shelled Mizda\nb,The rebels captured Kidal\n"
    result = uploaded(client, file("rows.csv", data, "text/csv"))
    assert [each["name"] for each in result["documents"]] == ["a", "b"]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(client: Client) -> None:
    result = uploaded(
        client,
        file("a.exe", b"MZ"),
        file("b.txt", b""),
        file("c.txt"),
        file("d.docx", b"PK\x03\x04rubbish"),
        file("e.txt", b"The army\x00 shelled Mizda"),
    )
    assert [each["name"] for each in result["documents"]] == ["c"]
    assert [each["name"] for each in result["failures"]][:2] == ["a.exe", "b.txt"]
    assert result["failed"] == len(result["failures"]) >= 3


def test_same_file_is_known(client: Client) -> None:
    first = uploaded(client, file("a.txt"))["documents"][0]
    again = uploaded(client, file("b.txt"))["documents"][0]
    assert again == {"document": first["document"], "name": "b.txt", "claims": 0, "known": True}


def test_pasted_text_becomes_a_document(client: Client, case_file: Path) -> None:
    body = {
        "text": TEXT.decode(),
        "title": "From the radio",
        "published": "2024-03-02",
        "source": "Radio Mizda",
        "url": "https://example.org/1",
        "sensitivity": "confidential",
    }
    answer = client.post("/api/v1/uploads", json=body)
    done = client.finished(answer.json()["id"])
    assert done["result"]["documents"][0]["claims"] == 2
    query = "SELECT title, published, publisher, url, sensitivity, text FROM documents WHERE id = 4"
    assert rows(case_file, query) == [
        (
            "From the radio",
            "2024-03-02",
            "Radio Mizda",
            "https://example.org/1",
            "confidential",
            TEXT.decode(),
        )
    ]


def test_case_stays_sound(client: Client) -> None:
    uploaded(client, file("a.txt"), file("b.csv", b"text\nThe army shelled Mizda\n"))
    done = client.finished(client.post("/api/v1/audit/verify").json()["id"])
    assert done["result"]["faults"] == []


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"published": "yesterday"}, 422),
        ({"language": "xx"}, 422),
        ({"sensitivity": "none"}, 422),
        ({"unknown": "1"}, 422),
        ({"source": "x" * 501}, 422),
    ],
    ids=lambda each: str(each)[:20],
)
def test_field_that_is_wrong_is_refused(
    client: Client, fields: dict[str, str], status: int
) -> None:
    answer = client.post("/api/v1/uploads", files=[file("a.txt")], data=fields)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": 1}, {"text": "a", "more": 1}, {"text": "a", "url": "file:///etc"}],
    ids=str,
)
def test_text_that_is_wrong_is_refused(client: Client, body: dict[str, Any]) -> None:
    assert client.post("/api/v1/uploads", json=body).status_code == 422


def test_text_of_white_space_fails_in_its_job(client: Client) -> None:
    done = client.finished(client.post("/api/v1/uploads", json={"text": " \n "}).json()["id"])
    assert done["result"]["failed"] == 1


def test_reader_may_not_upload(client_as: Callable[..., Client]) -> None:
    reader = client_as("read")
    assert reader.post("/api/v1/uploads", files=[file("a.txt")]).status_code == 403


def test_full_queue_pushes_back(serving: Callable[..., Client]) -> None:
    client = serving(limits=Limits(jobs_each=0))
    answer = client.post("/api/v1/uploads", files=[file("a.txt")])
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_nothing_is_left_behind(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    uploaded(client, file("a.txt"))
    client.post("/api/v1/uploads", files=[file("a.txt")], data={"language": "xx"})
    assert [path.name for path in folder.glob("temoin-upload-*/*")] == []


def test_document_that_is_too_large_is_refused(serving: Callable[..., Client]) -> None:
    client = serving(limits=Limits(document=100))
    assert client.post("/api/v1/uploads", files=[file("a.txt", b"a" * 101)]).status_code == 413


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\report.txt", "report.txt"),
        ("/etc/shadow", "shadow"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie x=1.txt"),
        ("<img src=x>.txt", "img src=x.txt"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        (".htaccess", "htaccess"),
        ("..", "unnamed"),
        ("", "unnamed"),
        (None, "unnamed"),
        ("تقرير.txt", "تقرير.txt"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
    ],
)
def test_name_is_made_safe(given: str | None, kept: str) -> None:
    assert safe_name(given) == kept
