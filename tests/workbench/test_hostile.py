"""Hostile input, each a case of its own: refused, or rendered inert."""

from __future__ import annotations

import csv
import http.client
import io
import json
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from export_cases import EVIL, opened
from fastapi.testclient import TestClient
from httpx2 import Response
from real_server import Real, listening
from served import HERE, HOST, ORIGIN, Client, served

from temoin.workbench.settings import Limits
from temoin.workbench.users import Role, UserTable

Serving = Callable[..., Client]

SCRIPT = "<script>alert(1)</script>"
TEXT = "The army shelled Mizda."
PASSWORD = "correct horse battery"  # noqa: S105 - of a test


def file(name: str, data: bytes) -> tuple[str, tuple[str, bytes, str]]:
    return ("files", (name, data, "application/octet-stream"))


def finished(client: Client, answer: Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    done = client.finished(answer.json()["id"])
    assert done["state"] == "done", done["error"]
    result: dict[str, Any] = done["result"]
    return result


def upload(client: Client, *files: Any) -> dict[str, Any]:
    return finished(client, client.post("/api/v1/uploads", files=list(files)))


def paste(client: Client, **body: Any) -> dict[str, Any]:
    return finished(client, client.post("/api/v1/uploads", json={"text": TEXT, **body}))


def exported(client: Client, **wanted: Any) -> Response:
    job = client.post("/api/v1/exports", json=wanted)
    finished(client, job)
    return client.get(f"/api/v1/exports/{job.json()['id']}/file")


def is_refused(answer: Response, *statuses: int) -> None:
    """The answer is one of these, in JSON, and tells nothing of the inside."""
    assert answer.status_code in statuses, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/json"
    assert "Traceback" not in answer.text
    assert set(answer.json()) >= {"detail"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case that all these tests share: what they send leaves no trace."""
    made = tmp_path_factory.mktemp("case")
    with opened(made):
        pass
    return made


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[Client]:
    """A workbench that all these tests share."""
    with served(folder / "case.temoin") as client:
        yield client


@pytest.fixture
def client(shared: Client) -> Client:
    """Another browser that has entered there."""
    made = Client(shared.app)  # type: ignore[arg-type]
    made.enter()
    return made


@pytest.fixture(scope="module")
def real(folder: Path) -> Iterator[Real]:
    """A server that really listens."""
    with listening(folder / "case.temoin", limits=Limits(between=0.3)) as server:
        yield server


def status(answer: bytes) -> int:
    """Status of a raw answer; 0 where the connection was just closed."""
    return int(answer.split(b" ", 2)[1]) if answer else 0


class TestMarkupIsInert:
    """What is in reports comes out as data: JSON, never HTML."""

    def is_data(self, answer: Response) -> None:
        assert answer.headers["content-type"].partition(";")[0] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"

    def test_script_in_a_text(self, client: Client) -> None:
        number = paste(client, text=f"{SCRIPT} {TEXT}")["documents"][0]["document"]
        answer = client.get(f"/api/v1/documents/{number}")
        self.is_data(answer)
        assert answer.json()["text"] == f"{SCRIPT} {TEXT}"

    def test_script_in_a_title(self, client: Client) -> None:
        number = paste(client, title=SCRIPT)["documents"][0]["document"]
        answer = client.get(f"/api/v1/documents/{number}")
        self.is_data(answer)
        assert answer.json()["title"] == SCRIPT

    def test_script_in_a_file_name(self, client: Client) -> None:
        result = upload(client, file(f"{SCRIPT}.txt", TEXT.encode()))
        assert "<" not in json.dumps(result)

    def test_script_in_the_name_of_a_file_that_fails(self, client: Client) -> None:
        result = upload(client, file("<img src=x onerror=alert(1)>.exe", b"MZ"))
        assert "<" not in result["failures"][0]["name"]

    def test_script_in_a_csv_cell(self, client: Client) -> None:
        rows = f'id,text,title\n"{SCRIPT}","{TEXT}","{SCRIPT}"\n'.encode()
        number = upload(client, file("rows.csv", rows))["documents"][0]["document"]
        self.is_data(client.get(f"/api/v1/documents/{number}"))

    def test_script_in_an_exported_page(self, client: Client) -> None:
        paste(client, text=f"{SCRIPT} {TEXT}", title=SCRIPT)
        answer = exported(client, format="html")
        assert SCRIPT not in answer.text
        assert "&lt;script&gt;" in answer.text
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert "sandbox" in answer.headers["content-security-policy"]

    def test_script_in_a_url(self, client: Client) -> None:
        body = {"text": TEXT, "url": "javascript:alert(1)"}
        is_refused(client.post("/api/v1/uploads", json=body), 422)

    def test_script_in_the_address(self, client: Client) -> None:
        answer = client.get(f"/api/v1/{SCRIPT}")
        is_refused(answer, 404)
        assert SCRIPT not in answer.text

    def test_script_in_a_query(self, client: Client) -> None:
        answer = client.get("/api/v1/claims", params={"q": f"type:{SCRIPT}"})
        is_refused(answer, 422)

    def test_script_in_a_name_at_log_in(self, serving: Serving) -> None:
        answer = serving(role=None).post("/api/v1/login", json={"name": SCRIPT, "password": "x"})
        assert SCRIPT not in answer.text

    def test_formula_in_an_exported_csv(self, client: Client) -> None:
        answer = exported(client, format="csv")
        cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
        assert any(cell.startswith("'=HYPERLINK") for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]
        assert EVIL not in cells

    def test_formula_in_a_pasted_text(self, client: Client) -> None:
        paste(client, text=f"=cmd|' /C calc'!A0 {TEXT}", title="+1+1", source="@SUM(1)")
        rows = csv.reader(io.StringIO(exported(client, format="csv").text))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+1"))]


class TestNamesAndPaths:
    @pytest.mark.parametrize(
        "name",
        [
            "../../../etc/passwd.txt",
            "..\\..\\windows\\system32\\a.txt",
            "/etc/cron.d/a.txt",
            "a/../../../b.txt",
            "~/.ssh/authorized_keys.txt",
            "file:///etc/passwd.txt",
            "con.txt",
            "\u202etxt.evil.txt",
            "a" * 1_000 + ".txt",
            "http://127.0.0.1:1/a.txt",
            "-.txt",
        ],
    )
    def test_name_of_a_file_leads_nowhere(self, client: Client, tmp_path: Path, name: str) -> None:
        before = sorted(tmp_path.rglob("*.txt"))
        result = upload(client, file(name, TEXT.encode()))
        assert len(result["documents"]) == 1
        shown = result["documents"][0]["name"]
        assert "/" not in shown
        assert len(shown) < 200
        assert sorted(tmp_path.rglob("*.txt")) == before

    @pytest.mark.parametrize(
        "path",
        [
            "/../../etc/passwd",
            "/assets/../../settings.py",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2fetc/passwd",
            "/%252e%252e/etc/passwd",
            "/assets/..%5c..%5csettings.py",
            "/a\\..\\b",
            "//etc/passwd",
            "/api/v1/../../health",
            "/index.html%00.js",
            "/./health",
        ],
    )
    def test_path_leads_nowhere(self, real: Real, path: str) -> None:
        # As bytes: clients tidy such paths up before they send them.
        answer = real.raw(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        assert status(answer) in {400, 404}
        assert b"root:" not in answer

    def test_path_that_is_not_utf8(self, real: Real) -> None:
        answer = real.raw(
            f"GET /%ff%fe HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        assert status(answer) == 400

    def test_query_with_a_nul(self, client: Client) -> None:
        is_refused(client.get("/api/v1/claims?q=a%00b"), 400)

    def test_query_that_is_not_utf8(self, client: Client) -> None:
        is_refused(client.get("/api/v1/claims?q=%ff"), 400)

    def test_very_long_query(self, client: Client) -> None:
        is_refused(client.get("/api/v1/claims", params={"q": "a" * 40_000}), 414)

    def test_query_nested_without_end(self, client: Client) -> None:
        answer = client.get("/api/v1/claims", params={"q": "(" * 1_500 + ")" * 1_500})
        is_refused(answer, 422)

    def test_header_in_the_name_of_an_export(self, serving: Serving, case_file: Path) -> None:
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(case_file)) as connection, connection:
            title = 'x"\r\nSet-Cookie: a=b\r\n; filename="evil.exe'
            connection.execute("UPDATE case_info SET title = ?", (title,))
        answer = exported(serving(), format="csv")
        assert "set-cookie" not in answer.headers
        assert answer.headers["content-disposition"].count("filename=") == 1
        assert "evil.exe" not in answer.headers["content-disposition"]


class TestOtherSites:
    """What a page of somebody else can make a browser send."""

    BODY = {"text": TEXT}  # noqa: RUF012 - read only

    def test_rebound_host(self, client: Client) -> None:
        answer = client.get("/api/v1/session", headers={"Host": "evil.example:8765"})
        is_refused(answer, 421)

    @pytest.mark.parametrize(
        "host",
        [
            "127.0.0.1",
            "127.0.0.1:9999",
            "localhost.evil.example:8765",
            "127.0.0.1:8765@evil.example",
            "evil.example#127.0.0.1:8765",
            "127.0.0.1.nip.io:8765",
            "2130706433:8765",
            "0.0.0.0:8765",
            "10.0.0.5:8765",
            "[::ffff:7f00:1]:8765",
            "",
        ],
    )
    def test_host_that_is_not_ours(self, client: Client, host: str) -> None:
        is_refused(client.get("/api/v1/session", headers={"Host": host}), 421)

    def test_rebound_host_does_not_use_up_the_start_token(self, serving: Serving) -> None:
        client = serving(role=None)
        from temoin.workbench.users import User

        token = client.workbench.tokens.give(User("rosa", "admin"))
        client.get("/enter", params={"token": token}, headers={"Host": "evil.example:8765"})
        assert client.get("/enter", params={"token": token}).status_code == 303

    def test_form_of_another_site(self, client: Client) -> None:
        headers = {
            "Origin": "http://evil.example",
            "Sec-Fetch-Site": "cross-site",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        answer = client.post("/api/v1/uploads", content=b"text=a", headers=headers)
        is_refused(answer, 403)

    def test_form_of_our_own_is_no_json(self, client: Client) -> None:
        answer = client.post("/api/v1/exports", data={"format": "csv"})
        is_refused(answer, 415)

    def test_json_as_plain_text(self, client: Client) -> None:
        answer = client.post(
            "/api/v1/exports", content=b'{"format":"csv"}', headers={"Content-Type": "text/plain"}
        )
        is_refused(answer, 415)

    def test_json_without_a_type(self, client: Client) -> None:
        is_refused(client.post("/api/v1/exports", content=b'{"format":"csv"}'), 415)

    @pytest.mark.parametrize(
        "origin",
        [
            "http://evil.example",
            "null",
            "https://127.0.0.1:8765",
            "http://127.0.0.1:8766",
            "http://localhost:8765",
            "http://127.0.0.1:8765.evil.example",
            "http://127.0.0.1:8765@evil.example",
            "file://",
            "http://[::1",
            "",
        ],
    )
    def test_forged_origin(self, client: Client, origin: str) -> None:
        answer = client.post("/api/v1/uploads", json=self.BODY, headers={"Origin": origin})
        is_refused(answer, 403)

    def test_missing_origin(self, client: Client) -> None:
        del client.headers["Origin"]
        is_refused(client.post("/api/v1/uploads", json=self.BODY), 403)

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "nonsense"])
    def test_write_from_elsewhere(self, client: Client, site: str) -> None:
        answer = client.post("/api/v1/uploads", json=self.BODY, headers={"Sec-Fetch-Site": site})
        is_refused(answer, 403)

    @pytest.mark.parametrize(
        "path", ["/api/v1/session", "/api/v1/events", "/api/v1/exports/formats"]
    )
    def test_read_from_elsewhere(self, client: Client, path: str) -> None:
        is_refused(client.get(path, headers={"Sec-Fetch-Site": "cross-site"}), 403)

    def test_feed_for_another_site(self, client: Client) -> None:
        headers = {"Origin": "http://evil.example", "Accept": "text/event-stream"}
        is_refused(client.get("/api/v1/events", headers=headers), 403)
        assert client.workbench.live.count == 0

    def test_picture_of_the_api_on_another_site(self, client: Client) -> None:
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"}
        is_refused(client.get("/health", headers=headers), 403)

    def test_frame_on_another_site(self, client: Client) -> None:
        headers = {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "iframe",
        }
        is_refused(client.get("/", headers=headers), 403)

    def test_link_to_an_export_on_another_site(self, client: Client) -> None:
        headers = {
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document",
        }
        is_refused(client.get("/api/v1/exports/formats", headers=headers), 403)

    def test_permission_asked_for_another_site(self, client: Client) -> None:
        headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
        answer = client.options("/api/v1/uploads", headers=headers)
        assert answer.status_code in {403, 405}
        assert "access-control-allow-origin" not in answer.headers


class TestMethods:
    @pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "DEBUG", "get", "OPTIONS"])
    def test_method_that_is_none_of_ours(self, real: Real, method: str) -> None:
        answer = real.raw(
            f"{method} /health HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            "X-Echo: secret\r\nConnection: close\r\n\r\n".encode()
        )
        assert status(answer) in {400, 405}
        assert b"secret" not in answer

    @pytest.mark.parametrize(
        "name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]
    )
    def test_method_override(self, client: Client, name: str) -> None:
        is_refused(client.get("/api/v1/jobs/1", headers={name: "DELETE"}), 400)

    def test_method_in_the_query(self, client: Client) -> None:
        job = client.post("/api/v1/audit/verify").json()["id"]
        client.get(f"/api/v1/jobs/{job}?_method=DELETE")
        assert client.finished(job)["state"] == "done"


class TestSessions:
    def test_start_token_that_was_used(self, serving: Serving) -> None:
        from temoin.workbench.users import User

        client = serving(role=None)
        token = client.workbench.tokens.give(User("rosa", "admin"))
        client.get("/enter", params={"token": token})
        thief = Client(client.app, address="127.0.0.1")  # type: ignore[arg-type]
        is_refused(thief.get("/enter", params={"token": token}), 403)

    @pytest.mark.parametrize("token", ["", "a", "a" * 43, "a" * 10_000, "%00", "é", "../x"])
    def test_start_token_that_was_guessed(self, serving: Serving, token: str) -> None:
        is_refused(serving(role=None).get("/enter", params={"token": token}), 403, 422)

    def thief(self, client: Client, *, address: str = HERE[0]) -> TestClient:
        """Somebody who has the cookie, and nothing else."""
        return TestClient(
            client.app,
            base_url=ORIGIN,
            client=(address, 1),
            cookies=dict(client.cookies),
            headers={"Origin": ORIGIN},
        )

    def test_stolen_cookie_from_another_address(self, client: Client) -> None:
        thief = self.thief(client, address="10.0.0.9")
        is_refused(thief.get("/api/v1/session"), 401)
        is_refused(client.get("/api/v1/session"), 401)  # the session is over for both

    def test_stolen_cookie_without_the_token(self, client: Client) -> None:
        answer = self.thief(client).post("/api/v1/uploads", json={"text": TEXT})
        is_refused(answer, 403)

    def test_stolen_cookie_with_the_token_of_another_session(self, client: Client) -> None:
        thief = self.thief(client)
        client.enter()
        headers = {"X-Temoin-Token": client.headers["X-Temoin-Token"]}
        is_refused(thief.post("/api/v1/uploads", json={"text": TEXT}, headers=headers), 403)

    def test_stolen_cookie_after_log_out(self, client: Client) -> None:
        thief = self.thief(client)
        assert thief.get("/api/v1/session").status_code == 200
        client.post("/api/v1/logout")
        is_refused(thief.get("/api/v1/session"), 401)

    @pytest.mark.parametrize(
        "cookie", ["", "a", "a" * 43, "a" * 5_000, "../../x", "true", "admin", "' OR 1=1 --"]
    )
    def test_forged_cookie(self, serving: Serving, cookie: str) -> None:
        client = serving(role=None)
        headers = {"Cookie": f"temoin-8765={cookie}"}
        is_refused(client.get("/api/v1/session", headers=headers), 401)

    def test_fixed_cookie_is_not_taken_over(self, serving: Serving) -> None:
        from temoin.workbench.users import User

        client = serving(role=None)
        token = client.workbench.tokens.give(User("rosa", "admin"))
        headers = {"Cookie": "temoin-8765=chosen-by-somebody-else"}
        cookie = client.get("/enter", params={"token": token}, headers=headers).headers[
            "set-cookie"
        ]
        assert "chosen-by-somebody-else" not in cookie

    def test_cookie_of_another_port(self, client: Client) -> None:
        value = client.cookies["temoin-8765"]
        other = TestClient(client.app, base_url=ORIGIN, client=HERE)
        is_refused(other.get("/api/v1/session", headers={"Cookie": f"temoin-1={value}"}), 401)


class TestRoles:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", "/api/v1/uploads", {"text": TEXT}),
            ("POST", "/api/v1/corroborate", {}),
            ("POST", "/api/v1/start-tokens", None),
            ("POST", "/api/v1/users", {"name": "eve", "role": "admin", "password": PASSWORD}),
            ("POST", "/api/v1/claims/1/decisions", {"action": "accept", "version": 1}),
        ],
    )
    def test_reader_changes_nothing(
        self, client_as: Callable[[Role], Client], method: str, path: str, body: object
    ) -> None:
        answer = client_as("read").request(method, path, json=body)
        is_refused(answer, 403)

    @pytest.mark.parametrize("extra", [{"role": "admin"}, {"user": "rosa"}, {"by": "rosa"}])
    def test_nobody_gives_himself_a_role(
        self, client_as: Callable[[Role], Client], extra: dict[str, str]
    ) -> None:
        client = client_as("review")
        is_refused(client.post("/api/v1/uploads", json={"text": TEXT, **extra}), 422)
        assert client.get("/api/v1/session", params=extra).json()["role"] == "review"

    def test_reviewer_makes_no_users(self, client_as: Callable[[Role], Client]) -> None:
        is_refused(client_as("review").get("/api/v1/users"), 403)

    def test_headers_make_no_admin(self, client_as: Callable[[Role], Client]) -> None:
        headers = {"X-Forwarded-User": "root", "X-Role": "admin", "X-Forwarded-For": "127.0.0.1"}
        is_refused(client_as("read").post("/api/v1/start-tokens", headers=headers), 403)

    def test_jobs_of_others_are_not_there(self, serving: Serving) -> None:
        from temoin.workbench.jobs import Run
        from temoin.workbench.users import User

        def nothing(_run: Run) -> None:
            return

        client = serving("review")
        job = client.workbench.jobs.submit("export", nothing, user=User("eve", "review"))
        for path in (f"/api/v1/jobs/{job.id}", f"/api/v1/exports/{job.id}/file"):
            is_refused(client.get(path), 404)
        is_refused(client.delete(f"/api/v1/jobs/{job.id}"), 404)

    @pytest.mark.parametrize("id_", ["0", "-1", "1e9", "a" * 24, "' OR 1=1", "None", "%2e%2e"])
    def test_job_that_is_none(self, client: Client, id_: str) -> None:
        is_refused(client.get(f"/api/v1/jobs/{id_}"), 404, 400)

    @pytest.mark.parametrize(
        "profile",
        [
            "none",
            "",
            None,
            "/etc/passwd",
            "../mine.toml",
            "PUBLIC",
            ["public"],
            {"level": "secret"},
        ],
    )
    def test_redaction_cannot_be_got_round(self, client: Client, profile: object) -> None:
        answer = client.post("/api/v1/exports", json={"format": "jsonl", "profile": profile})
        is_refused(answer, 422)

    def test_secret_documents_are_in_no_export(self, client: Client) -> None:
        paste(client, text=f"Top secret. {TEXT}", sensitivity="secret")
        for form in ("jsonl", "csv"):
            assert "Top secret" not in exported(client, format=form).text

    def test_formats_cannot_be_invented(self, client: Client) -> None:
        is_refused(client.post("/api/v1/exports", json={"format": "../../x"}), 422)


class TestGuessing:
    @pytest.fixture
    def users(self, tmp_path: Path) -> Path:
        path = tmp_path / "users.json"
        UserTable(path).add("ana", role="admin", password=PASSWORD)
        return path

    def test_passwords_are_guessed_slowly(self, serving: Serving, users: Path) -> None:
        client = serving(role=None, users=users)
        answers = [client.log_in("ana", f"guess number {n} of many") for n in range(7)]
        assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 2
        assert int(answers[-1].headers["retry-after"]) >= 1

    def test_right_password_must_wait_too(self, serving: Serving, users: Path) -> None:
        client = serving(role=None, users=users)
        for number in range(5):
            client.log_in("ana", f"guess number {number} of many")
        is_refused(client.log_in("ana", PASSWORD), 429)

    def test_other_spellings_do_not_help(self, serving: Serving, users: Path) -> None:
        client = serving(role=None, users=users, limits=Limits(attempts=2))
        codes = [client.log_in(name, "wrong" * 4).status_code for name in ("ana", "ANA", " ana ")]
        assert codes == [401, 401, 429]

    def test_password_of_a_megabyte(self, serving: Serving, users: Path) -> None:
        begun = time.monotonic()
        is_refused(serving(role=None, users=users).log_in("ana", "x" * 900_000), 422)
        assert time.monotonic() - begun < 5

    def test_password_is_not_shown_back(self, serving: Serving, users: Path) -> None:
        client = serving(role=None, users=users)
        body = {"name": "ana", "password": ["my secret"]}
        answer = client.post("/api/v1/login", json=body)
        assert "my secret" not in answer.text


class TestBodies:
    def post(self, client: Client, body: bytes, kind: str = "application/json") -> Response:
        return client.post("/api/v1/exports", content=body, headers={"Content-Type": kind})

    def test_oversized(self, client: Client) -> None:
        is_refused(self.post(client, b'"' + b"a" * 1_100_000 + b'"'), 413)

    def test_oversized_without_a_length(self, real: Real) -> None:
        piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        head = (
            f"POST /api/v1/exports HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            f"Origin: {real.origin}\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        )
        try:
            answer = real.raw(head.encode() + piece * 20)
        except ConnectionError:  # closed while we were still sending
            return
        assert status(answer) in {0, 413}

    def test_lie_about_the_length(self, real: Real) -> None:
        answer = real.raw(
            f"POST /api/v1/exports HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            f"Origin: {real.origin}\r\nContent-Type: application/json\r\n"
            "Content-Length: 99999999999999999999\r\n\r\n{}".encode()
        )
        assert status(answer) in {400, 413}

    @pytest.mark.parametrize("length", ["-1", "1e3", "abc", "+5", "٣"])
    def test_length_that_is_none(self, real: Real, length: str) -> None:
        answer = real.raw(
            f"POST /api/v1/exports HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            f"Content-Length: {length}\r\nConnection: close\r\n\r\n{{}}".encode()
        )
        assert status(answer) in {0, 400, 403}

    def test_two_lengths(self, real: Real) -> None:
        answer = real.raw(
            f"POST /api/v1/exports HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            "Content-Length: 2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            "0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        )
        assert b"temoin_requests_total" not in answer

    def test_two_hosts(self, real: Real) -> None:
        answer = real.raw(
            f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\nHost: evil\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        assert status(answer) in {0, 400}

    def test_body_that_never_comes(self, real: Real) -> None:
        begun = time.monotonic()
        answer = real.raw(
            f"POST /api/v1/exports HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\n"
            f"Origin: {real.origin}\r\nContent-Type: application/json\r\n"
            "Content-Length: 50\r\n\r\n{".encode(),
            patience=5,
        )
        assert status(answer) == 408
        assert time.monotonic() - begun < 6

    def test_header_without_end(self, real: Real) -> None:
        head = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{real.port}\r\nX: {'a' * 400_000}\r\n\r\n"
        try:
            answer = real.raw(head.encode(), patience=2)
        except ConnectionError:
            return
        assert status(answer) in {0, 400, 431}

    @pytest.mark.parametrize(
        "body",
        [
            b"[" * 100_000,
            b'{"a":' * 50_000,
            b'{"format":' + b"[" * 40 + b"]" * 40 + b"}",
        ],
        ids=["arrays", "objects", "forty"],
    )
    def test_deep_json(self, client: Client, body: bytes) -> None:
        is_refused(self.post(client, body), 400)

    @pytest.mark.parametrize(
        "number",
        [b"1" + b"0" * 400, b"1" * 10_000, b"1e999", b"NaN", b"-Infinity", b"9223372036854775808"],
        ids=lambda each: each[:8].decode(),
    )
    def test_number_that_is_none(self, client: Client, number: bytes) -> None:
        is_refused(self.post(client, b'{"format":' + number + b"}"), 400)

    @pytest.mark.parametrize(
        "body",
        [
            b'{"q":"a\\u0000b"}',
            b'{"q":"a\x00b"}',
            b'{"q":"\\ud800"}',
            b'{"\\u0000":1}',
            b'{"q":"\xff\xfe"}',
            b'{"q":"\xed\xa0\x80"}',
            '{"q":"é"}'.encode("utf-16"),
            '{"q":"é"}'.encode("latin-1"),
            b"\xef\xbb\xbf{}",
            b"{'q': 1}",
            b"",
            b"{}{}",
        ],
        ids=repr,
    )
    def test_json_that_is_none(self, client: Client, body: bytes) -> None:
        is_refused(self.post(client, body), 400, 422)

    @pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "x-user-defined", "IBM037"])
    def test_charset_trick(self, client: Client, charset: str) -> None:
        body = b"+AHsAIg-format+ACI:+ACI-csv+ACIAfQ-"
        is_refused(self.post(client, body, f"application/json; charset={charset}"), 415)

    def test_packed_body(self, client: Client) -> None:
        import gzip

        answer = client.post(
            "/api/v1/exports",
            content=gzip.compress(b'{"format":"csv"}' + b" " * 10_000_000),
            headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
        )
        is_refused(answer, 415)

    @pytest.mark.parametrize("body", [[], "csv", 1, None, True])
    def test_json_that_is_no_object(self, client: Client, body: object) -> None:
        is_refused(client.post("/api/v1/exports", json=body), 422)

    def test_prototype_is_not_polluted(self, client: Client) -> None:
        body = {"format": "csv", "__proto__": {"role": "admin"}}
        is_refused(client.post("/api/v1/exports", json=body), 422)


class TestUploads:
    def test_too_many_files(self, serving: Serving) -> None:
        client = serving(limits=Limits(files=5))
        files = [file(f"{number}.txt", TEXT.encode()) for number in range(6)]
        is_refused(client.post("/api/v1/uploads", files=files), 400)
        assert client.get("/api/v1/jobs").json()["items"] == []

    def test_too_many_fields(self, client: Client) -> None:
        fields = {f"field{number}": "x" for number in range(1_000)}
        answer = client.post("/api/v1/uploads", data=fields, files=[file("a.txt", b"a")])
        is_refused(answer, 400)

    def test_too_many_bytes(self, serving: Serving) -> None:
        client = serving(limits=Limits(upload=10_000))
        is_refused(client.post("/api/v1/uploads", files=[file("a.txt", b"a" * 20_000)]), 413)

    def test_field_without_end(self, client: Client) -> None:
        answer = client.post(
            "/api/v1/uploads", data={"source": "a" * 500_000}, files=[file("a.txt", b"a")]
        )
        is_refused(answer, 400)

    def test_text_without_end(self, serving: Serving) -> None:
        client = serving(limits=Limits(text=1_000))
        is_refused(client.post("/api/v1/uploads", json={"text": "a" * 2_000}), 413)

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"--x",
            b"--x\r\n\r\n",
            b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
            b'--x\r\nContent-Disposition: form-data; name="files"\r\n\r\na\r\n--x--\r\n',
            b"--y\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\na\r\n--y--\r\n",
        ],
    )
    def test_form_that_is_broken(self, client: Client, body: bytes) -> None:
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = client.post("/api/v1/uploads", content=body, headers=headers)
        is_refused(answer, 400, 422)

    def test_form_without_a_boundary(self, client: Client) -> None:
        headers = {"Content-Type": "multipart/form-data"}
        is_refused(client.post("/api/v1/uploads", content=b"x", headers=headers), 400, 422)

    def test_stranger_uploads_nothing(self, serving: Serving) -> None:
        client = serving(role=None)
        is_refused(client.post("/api/v1/uploads", files=[file("a.txt", b"a" * 100_000)]), 401)

    def fails(self, client: Client, name: str, data: bytes) -> str:
        result = upload(client, file(name, data))
        assert result["documents"] == []
        return str(result["failures"][0]["cause"])

    def test_zip_bomb(self, client: Client) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", b"<a>" + b" " * 60_000_000)
        assert "zip bomb" in self.fails(client, "bomb.docx", packed.getvalue())

    def document(self, xml: str) -> bytes:
        packed = io.BytesIO()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(
                "[Content_Types].xml",
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            )
            archive.writestr(
                "_rels/.rels",
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
                'relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            )
            archive.writestr("word/document.xml", xml)
        return packed.getvalue()

    WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

    def test_outer_entity_in_a_word_file(self, client: Client, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("the secret of this machine", encoding="utf-8")
        xml = (
            f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
            f'<w:document xmlns:w="{self.WORD}"><w:body><w:p><w:r>'
            "<w:t>The army shelled Mizda. &x;</w:t></w:r></w:p></w:body></w:document>"
        )
        result = upload(client, file("a.docx", self.document(xml)))
        for each in result["documents"]:
            text = client.get(f"/api/v1/documents/{each['document']}").text
            assert "the secret of this machine" not in text

    def test_entities_that_multiply(self, client: Client) -> None:
        entities = "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">'
            for n in range(12)
        )
        xml = (
            f'<!DOCTYPE d [{entities}]><w:document xmlns:w="{self.WORD}"><w:body><w:p><w:r>'
            "<w:t>&e11;</w:t></w:r></w:p></w:body></w:document>"
        )
        begun = time.monotonic()
        upload(client, file("a.docx", self.document(xml)))
        assert time.monotonic() - begun < 20

    def test_deeply_nested_page(self, client: Client) -> None:
        page = b"<!doctype html><html><body>" + b"<div>" * 100_000 + TEXT.encode()
        begun = time.monotonic()
        result = upload(client, file("a.html", page))
        assert len(result["documents"]) + result["failed"] == 1
        assert time.monotonic() - begun < 30

    def test_page_that_loads_things(self, client: Client) -> None:
        page = (
            "<!doctype html><html><head><script src='http://evil.example/x.js'></script>"
            "<link rel=stylesheet href='http://evil.example/x.css'></head><body><article>"
            f"<p>{TEXT} It was the third day of the fighting in the town.</p>"
            "<img src='http://evil.example/x.png'></article></body></html>"
        )
        result = upload(client, file("a.html", page.encode()))
        for each in result["documents"]:
            told = client.get(f"/api/v1/documents/{each['document']}").json()
            assert "evil.example" not in told["text"]

    def test_nul_in_a_file(self, client: Client) -> None:
        assert self.fails(client, "a.txt", b"The army\x00 shelled Mizda.")

    def test_file_that_is_not_utf8(self, client: Client) -> None:
        result = upload(client, file("a.txt", b"The army shelled \xff\xfe\xfa Mizda." * 20))
        for each in result["documents"]:
            answer = client.get(f"/api/v1/documents/{each['document']}")
            assert answer.status_code == 200

    def test_rows_nested_without_end(self, client: Client) -> None:
        assert self.fails(client, "a.jsonl", b'{"text": ' + b"[" * 100_000 + b"\n")

    def test_row_with_half_a_character(self, client: Client) -> None:
        assert self.fails(client, "a.jsonl", b'{"text": "\\ud800 The army shelled Mizda."}\n')

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("a.exe", b"MZ\x90\x00"),
            ("a.txt", b"\x7fELF\x02\x01\x01"),
            ("a.txt", b"SQLite format 3\x00"),
            ("a.pdf", b"%PDF-1.7\n%%EOF"),
            ("a.docx", b"PK\x03\x04" + b"\x00" * 100),
            ("a.zip", b"PK\x05\x06" + b"\x00" * 18),
            ("a.txt", b""),
        ],
    )
    def test_file_that_is_no_report(self, client: Client, name: str, data: bytes) -> None:
        assert self.fails(client, name, data)

    def test_address_is_not_fetched(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def fetch(*_: object, **__: object) -> None:
            pytest.fail("something was fetched")

        monkeypatch.setattr("temoin.reading.network.fetch", fetch)
        paste(client, text=f"http://evil.example/x {TEXT}", url="http://evil.example/x")
        upload(client, file("http://evil.example/x.txt", TEXT.encode()))


class TestNumbers:
    @pytest.mark.parametrize(
        "number", ["0", "-1", "9223372036854775808", "1" * 400, "1.5", "1e3", "٣", "0x10", "NaN"]
    )
    def test_number_of_a_document_that_is_none(self, client: Client, number: str) -> None:
        is_refused(client.get(f"/api/v1/documents/{number}"), 404, 422)

    @pytest.mark.parametrize("limit", ["0", "-1", "99999999999", "1" * 400, "x"])
    def test_limit_that_is_none(self, client: Client, limit: str) -> None:
        is_refused(client.get("/api/v1/claims", params={"limit": limit}), 422)

    @pytest.mark.parametrize("after", ["x", "-1", "1" * 400, "' OR 1=1", "eyJhIjoxfQ"])
    def test_cursor_that_is_none(self, client: Client, after: str) -> None:
        answer = client.get("/api/v1/claims", params={"after": after})
        assert answer.status_code in {200, 422}

    @pytest.mark.parametrize(
        "bbox", ["nan,nan,nan,nan", "1,2,3", "1e999,0,0,0", "a,b,c,d", "9" * 300]
    )
    def test_box_that_is_none(self, client: Client, bbox: str) -> None:
        answer = client.get("/api/v1/map/clusters", params={"bbox": bbox, "zoom": "3"})
        is_refused(answer, 422)


def test_server_still_answers_after_all_that(real: Real) -> None:
    for data in (b"\x00" * 1_000, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
        real.raw(data, patience=1)
    connection = http.client.HTTPConnection("127.0.0.1", real.port, timeout=10)
    connection.request("GET", "/health")
    assert connection.getresponse().status == 200
    connection.close()
    assert HOST
