"""Serving: who may be let in, pages, headers, counters, log, the program itself."""

from __future__ import annotations

import json
import logging
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from command_line import Run, command, environment
from served import Client

from temoin.workbench.security.access import open_log
from temoin.workbench.serving import ServeError, _address, _listen, check
from temoin.workbench.settings import Settings, is_loopback

Serving = Callable[..., Client]
USERS = Path("users.json")


@pytest.mark.parametrize(
    "settings",
    [
        Settings(host="0.0.0.0"),  # noqa: S104 - refused
        Settings(host="192.168.1.5"),
        Settings(host="::"),
        Settings(host=""),
        Settings(host="temoin.example.org"),
        Settings(url="https://temoin.example.org"),
        Settings(names=("temoin.local",)),
        Settings(certificate=Path("c.pem")),
        Settings(key=Path("k.pem")),
        Settings(certificate=Path("no.pem"), key=Path("none.pem")),
        Settings(url="temoin.example.org", users=USERS),
        Settings(url="https://x.org/path", users=USERS),
        Settings(url="https://ana@x.org", users=USERS),
        Settings(url="https://x.org:nonsense", users=USERS),
    ],
    ids=repr,
)
def test_server_that_would_let_others_in_is_refused(settings: Settings) -> None:
    with pytest.raises(ServeError):
        check(settings)


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(host="localhost"),
        Settings(host="::1"),
        Settings(url="http://localhost:5173"),
        Settings(host="0.0.0.0", users=USERS),  # noqa: S104 - with users
        Settings(url="https://temoin.example.org", users=USERS),
    ],
    ids=repr,
)
def test_server_that_lets_in_who_may_is_allowed(settings: Settings) -> None:
    check(settings)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("[::1]", True),
        ("localhost", True), ("LOCALHOST", True), ("0.0.0.0", False),  # noqa: S104
        ("10.0.0.1", False), ("localhost.evil.org", False), ("", False),
    ],
)  # fmt: skip
def test_loopback(host: str, *, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (Settings(port=9), "http://127.0.0.1:9"),
        (Settings(host="::1", port=9), "http://[::1]:9"),
        (Settings(host="0.0.0.0", port=9), "http://localhost:9"),  # noqa: S104
        (Settings(host="0.0.0.0", port=9, names=("a.local",)), "http://a.local:9"),  # noqa: S104
        (Settings(certificate=Path("c"), port=9), "https://127.0.0.1:9"),
        (Settings(url="https://a.org/"), "https://a.org"),
    ],
    ids=repr,
)
def test_address_to_open(settings: Settings, address: str) -> None:
    assert _address(settings) == address


def test_port_in_use_is_told() -> None:
    with closing(_listen("127.0.0.1", 0)) as first:
        first.listen()
        with pytest.raises(ServeError, match="--port"):
            _listen("127.0.0.1", first.getsockname()[1])


def test_address_that_is_not_ours_is_told() -> None:
    with pytest.raises(ServeError, match="cannot listen"):
        _listen("192.0.2.1", 0)


class TestPages:
    @pytest.fixture
    def built(self, tmp_path: Path) -> Path:
        folder = tmp_path / "static"
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text("<!doctype html><title>Témoin</title>", "utf-8")
        (folder / "assets" / "app-1a2b.js").write_text("export {}", "utf-8")
        (folder / "secret.py").write_text("key", "utf-8")
        (folder / "link.txt").symlink_to("/etc/passwd")
        return folder

    @pytest.fixture
    def pages(self, serving: Serving, built: Path) -> Client:
        return serving(role=None, static=built)

    def test_first_page_needs_no_session(self, pages: Client) -> None:
        answer = pages.get("/")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"

    @pytest.mark.parametrize("path", ["/map", "/documents/12", "/login"])
    def test_addresses_within_the_pages_give_the_first_one(self, pages: Client, path: str) -> None:
        assert "Témoin" in pages.get(path).text

    def test_assets_never_change(self, pages: Client) -> None:
        answer = pages.get("/assets/app-1a2b.js")
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "immutable" in answer.headers["cache-control"]

    def test_page_that_is_known_is_not_sent_again(self, pages: Client) -> None:
        tag = pages.get("/").headers["etag"]
        answer = pages.get("/", headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b"")

    def test_head(self, pages: Client) -> None:
        answer = pages.head("/")
        assert (answer.status_code, answer.content) == (200, b"")

    @pytest.mark.parametrize("path", ["/secret.py", "/link.txt", "/assets/none.js", "/assets/"])
    def test_nothing_else_is_served(self, pages: Client, path: str) -> None:
        answer = pages.get(path)
        assert answer.status_code == 404 or "Témoin" in answer.text

    def test_page_when_it_was_not_built(self, serving: Serving, tmp_path: Path) -> None:
        answer = serving(role=None, static=tmp_path / "none").get("/")
        assert answer.status_code == 503
        assert "make setup" in answer.text
        assert not re.search(r"<script|<style|style=|https?://", answer.text)


def test_headers_of_every_answer(client: Client) -> None:
    for path in ("/", "/api/v1/session", "/api/v1/nothing", "/health", "/../etc"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "geolocation=()" in headers["permissions-policy"]


def test_answers_of_the_api_are_not_kept(client: Client) -> None:
    assert client.get("/api/v1/session").headers["cache-control"] == "no-store"


def test_nothing_allows_other_sites(client: Client) -> None:
    answer = client.get("/api/v1/session")
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_https_is_remembered(serving: Serving) -> None:
    client = serving(role=None, url="https://temoin.example.org")
    answer = client.get("/health", headers={"Host": "temoin.example.org", "Origin": ""})
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_defect_is_told_without_what_it_was(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        message = "secret"
        raise RuntimeError(message)

    monkeypatch.setattr("temoin.workbench.server.session._told", broken)
    answer = client.get("/api/v1/session")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "defect in GET" in caplog.text


def test_health(serving: Serving) -> None:
    client = serving(role=None)
    assert client.get("/health").json()["status"] == "ok"


def test_health_of_a_case_that_is_gone(serving: Serving, case_file: Path) -> None:
    client = serving(role=None, poll=60)
    client.workbench.case.close()
    case_file.write_bytes(b"rubbish" * 1000)
    case_file.with_name(case_file.name + "-wal").unlink(missing_ok=True)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


class TestMetrics:
    def lines(self, client: Client) -> dict[str, float]:
        answer = client.get("/metrics")
        assert answer.status_code == 200
        rows = [line for line in answer.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in (row.rpartition(" ") for row in rows)}

    def test_format_is_that_of_prometheus(self, client: Client) -> None:
        answer = client.get("/metrics")
        assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
        label = r"[a-z]+=\"[^\"\n]*\""
        line = rf"(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{{{label}(,{label})*\}})? \S+)"
        assert all(re.fullmatch(line, each) for each in answer.text.splitlines())

    def test_requests_are_counted_by_route(self, client: Client) -> None:
        client.get("/api/v1/jobs/abcdef")
        told = self.lines(client)
        name = 'temoin_requests_total{method="GET",route="/api/v1/jobs/{id}",status="404"}'
        assert told[name] == 1

    def test_histogram_grows(self, client: Client) -> None:
        told = self.lines(client)
        buckets = [value for name, value in told.items() if "_bucket" in name]
        assert buckets == sorted(buckets)
        assert buckets[-1] == told["temoin_request_seconds_count"] > 0

    def test_jobs_sessions_and_bytes(self, client: Client) -> None:
        job = client.post("/api/v1/uploads", json={"text": "The army shelled Mizda."}).json()
        client.finished(job["id"])
        told = self.lines(client)
        assert told["temoin_jobs_done_total"] == 1
        assert told["temoin_sessions"] == 1
        assert told["temoin_uploaded_bytes_total"] > 20

    def test_names_do_not_multiply(self, client: Client) -> None:
        for number in range(20):
            client.get(f"/api/v1/secret-{number}")
            client.request(f"M{number}", "/")
        assert len(self.lines(client)) < 60
        assert "secret" not in client.get("/metrics").text

    def test_others_need_to_be_admins(self, serving: Serving) -> None:
        client = serving(role=None, url="http://temoin.example.org")
        host = {"Host": "temoin.example.org", "Origin": "http://temoin.example.org"}
        assert client.get("/metrics", headers=host).status_code == 401
        assert client.get("/health", headers=host).status_code == 200


class TestAccessLog:
    @pytest.fixture
    def lines(self, tmp_path: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
        path = tmp_path / "access.jsonl"
        handler = logging.FileHandler(path, encoding="utf-8")
        open_log(handler)
        yield lambda: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        open_log(None)
        handler.close()

    def test_line_has_what_helps(
        self, client: Client, lines: Callable[[], list[dict[str, Any]]]
    ) -> None:
        client.get("/api/v1/jobs")
        last = lines()[-1]
        assert set(last) == {
            "at", "method", "route", "status", "ms", "bytes", "user", "address",
        }  # fmt: skip
        told = (last["method"], last["route"], last["status"], last["user"], last["address"])
        assert told == ("GET", "/api/v1/jobs", 200, "rosa", "127.0.0.1")

    @pytest.mark.parametrize(
        "path", ["/api/v1/claims?q=amina", "/api/v1/entities/amina", "/amina", "/enter?token=amina"]
    )
    def test_line_has_nothing_of_what_was_asked(
        self, client: Client, lines: Callable[[], list[dict[str, Any]]], path: str
    ) -> None:
        client.get(path, headers={"User-Agent": "amina", "Referer": "amina"})
        client.post("/api/v1/uploads", json={"text": "amina"})
        assert len(lines()) >= 2
        assert "amina" not in json.dumps(lines())


@pytest.mark.slow
def test_program_serves_and_ends(tmp_path: Path, case_file: Path) -> None:
    log = tmp_path / "access.jsonl"
    arguments = command("serve", case_file, "--port", "0", "--no-browser", "--by", "ana")
    arguments += ["--log", str(log)]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, env=environment(), text=True, cwd=tmp_path
    ) as process:
        assert process.stdout is not None
        found = re.search(
            r"Open (http://127\.0\.0\.1:\d+)/enter\?token=\S+", process.stdout.readline()
        )
        assert found
        for _ in range(100):
            try:
                with urlopen(found[1] + "/health", timeout=5) as answer:  # noqa: S310 - our own
                    assert json.load(answer)["status"] == "ok"
                break
            except OSError:
                time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.wait(20)
    assert process.returncode == 0
    assert "token" not in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_serving_needs_users_for_others(run: Run, case_file: Path) -> None:
    done = run("serve", case_file, "--host", "0.0.0.0", "--no-browser")  # noqa: S104 - refused
    assert done.exit_code == 2
    assert "temoin users add" in done.output


def test_serving_no_case_is_told(run: Run, tmp_path: Path) -> None:
    done = run("serve", tmp_path / "none.temoin", "--no-browser", "--port", "0")
    assert done.exit_code == 2
    assert "there is no such case" in done.output


def test_help_needs_no_server() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from temoin.cli import main; "
        "CliRunner().invoke(main, ['serve', '--help']); "
        "print([m for m in ('fastapi', 'uvicorn', 'argon2', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env=environment())  # fmt: skip
    assert done.stdout == "[]\n"
