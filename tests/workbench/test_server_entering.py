"""Getting in: the start token, the cookie, the session's end, the token of writes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from served import HERE, ORIGIN, Client, served

from temoin.workbench.security.sessions import Sessions
from temoin.workbench.security.tokens import StartTokens
from temoin.workbench.settings import Settings
from temoin.workbench.users import User

ROSA = User("rosa", "admin")
Serving = Callable[..., Client]


def token_of(client: Client) -> str:
    return client.workbench.tokens.give(ROSA)


def test_token_opens_a_session(serving: Serving) -> None:
    client = serving(role=None)
    answer = client.get("/enter", params={"token": token_of(client)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/api/v1/session").json()["user"] == "rosa"


def test_cookie_is_for_the_server_alone(serving: Serving) -> None:
    client = serving(role=None)
    cookie = client.get("/enter", params={"token": token_of(client)}).headers["set-cookie"]
    assert re.fullmatch(
        r"temoin-8765=[\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200", cookie
    )


def test_cookie_of_https_is_sent_by_https_alone(case_file: Path) -> None:
    settings = {"url": "https://temoin.example.org", "role": None}
    with served(case_file, **settings) as client:  # type: ignore[arg-type]
        host = {"Host": "temoin.example.org"}
        cookie = client.get(
            "/enter",
            params={"token": token_of(client)},
            headers={**host, "Origin": "https://temoin.example.org"},
        ).headers["set-cookie"]
    assert cookie.startswith("__Host-temoin=")
    assert cookie.endswith("; Secure")


def test_token_works_once(serving: Serving) -> None:
    client = serving(role=None)
    token = token_of(client)
    first, second = (client.get("/enter", params={"token": token}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 403)
    assert "set-cookie" not in second.headers


def test_head_does_not_use_the_token_up(serving: Serving) -> None:
    client = serving(role=None)
    token = token_of(client)
    client.head("/enter", params={"token": token})
    assert client.get("/enter", params={"token": token}).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Mode": "no-cors"}, {"Sec-Purpose": "prefetch"}], ids=["image", "ahead"]
)
def test_token_is_not_used_up_by_who_only_looks(serving: Serving, headers: dict[str, str]) -> None:
    client = serving(role=None)
    token = token_of(client)
    assert client.get("/enter", params={"token": token}, headers=headers).status_code == 403
    assert client.get("/enter", params={"token": token}).status_code == 303


def test_nobody_gets_in_without(serving: Serving) -> None:
    client = serving(role=None)
    answer = client.get("/api/v1/session")
    assert answer.status_code == 401
    assert answer.json()["login"] == "token"


def test_session_tells_of_the_case(client: Client) -> None:
    told = client.get("/api/v1/session").json()
    assert told["case"]["documents"] == 3
    assert told["case"]["claims"] == 6
    assert told["case"]["backend"] == "sqlite"
    assert (told["role"], told["local"], told["login"]) == ("admin", True, "token")


def test_path_of_the_case_is_not_told(client: Client, tmp_path: Path) -> None:
    assert str(tmp_path) not in client.get("/api/v1/session").text


def test_writes_need_the_token_of_the_session(client: Client) -> None:
    body = {"text": "The army shelled Mizda."}
    without = client.post("/api/v1/uploads", json=body, headers={"X-Temoin-Token": ""})
    assert without.status_code == 403
    assert client.post("/api/v1/uploads", json=body).status_code == 202


def test_tokens_of_two_sessions_differ(client: Client) -> None:
    first = client.headers["X-Temoin-Token"]
    client.enter()
    assert client.headers["X-Temoin-Token"] != first


def test_log_out_ends_the_session(client: Client) -> None:
    cookies = dict(client.cookies)
    answer = client.post("/api/v1/logout")
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    again = TestClient(client.app, base_url=ORIGIN, client=HERE, cookies=cookies)
    assert again.get("/api/v1/session").status_code == 401


def test_second_browser_gets_an_address_of_its_own(client: Client) -> None:
    told = client.post("/api/v1/start-tokens").json()
    assert told["url"].startswith(f"{ORIGIN}/enter?token=")
    other = Client(client.app)  # type: ignore[arg-type]
    assert other.get(told["url"].removeprefix(ORIGIN)).status_code == 303
    assert other.get("/api/v1/session").status_code == 200


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    settings = Settings(session_hours=2, idle_hours=1)
    return Sessions(settings, {"rosa": ROSA}.get, clock=clock)


def test_session_that_nobody_uses_ends(sessions: Sessions, clock: Clock) -> None:
    cookie = sessions.begin(ROSA, address="a")
    clock.at = 3_601
    assert sessions.of(cookie, address="a") is None


def test_session_ends_even_if_it_is_used(sessions: Sessions, clock: Clock) -> None:
    cookie = sessions.begin(ROSA, address="a")
    for clock.at in (3_000, 6_000, 7_199):
        assert sessions.of(cookie, address="a") is not None
    clock.at = 7_201
    assert sessions.of(cookie, address="a") is None


def test_open_feed_does_not_prolong_a_session(sessions: Sessions, clock: Clock) -> None:
    session = sessions.of(sessions.begin(ROSA, address="a"), address="a")
    assert session is not None
    clock.at = 3_000
    assert sessions.still(session.key) is not None
    clock.at = 3_601
    assert sessions.still(session.key) is None


def test_session_of_who_was_removed_ends(clock: Clock) -> None:
    users = {"rosa": ROSA}
    sessions = Sessions(Settings(), users.get, clock=clock)
    cookie = sessions.begin(ROSA, address="a")
    users.clear()
    assert sessions.of(cookie, address="a") is None


def test_role_is_the_one_that_holds_now(clock: Clock) -> None:
    users = {"rosa": ROSA}
    sessions = Sessions(Settings(), users.get, clock=clock)
    cookie = sessions.begin(ROSA, address="a")
    users["rosa"] = User("rosa", "read")
    found = sessions.of(cookie, address="a")
    assert found is not None
    assert found.user.role == "read"


def test_sessions_of_one_user_are_bounded(sessions: Sessions) -> None:
    cookies = [sessions.begin(ROSA, address="a") for _ in range(25)]
    assert sessions.count == 20
    assert sessions.of(cookies[0], address="a") is None
    assert sessions.of(cookies[-1], address="a") is not None


def test_cookie_is_not_kept(sessions: Sessions) -> None:
    cookie = sessions.begin(ROSA, address="a")
    assert cookie not in repr(sessions.__dict__)


def test_token_has_an_end() -> None:
    tokens = StartTokens()
    assert tokens.take(tokens.give(ROSA, seconds=-1)) is None
    assert tokens.take(tokens.give(ROSA, seconds=60)) == ROSA


def test_tokens_that_wait_are_bounded() -> None:
    tokens = StartTokens()
    given = [tokens.give(ROSA) for _ in range(20)]
    assert tokens.take(given[0]) is None
    assert tokens.take(given[-1]) == ROSA
