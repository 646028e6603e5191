"""Every address asks who is there; whoever changes something needs a role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from fastapi.routing import APIRoute
from served import ORIGIN, Client, served

from temoin.workbench import api, server
from temoin.workbench.app import PREFIX
from temoin.workbench.dependencies import current_user
from temoin.workbench.security.headers import CONTENT_SECURITY_POLICY

#: Where one gets in.
OPEN = {("POST", "/login"), ("POST", "/logout")}

#: What changes nothing in the case, so that who only reads may ask for it.
FOR_READERS = {
    ("POST", "/audit/verify"),
    ("POST", "/exports"),
    ("DELETE", "/jobs/{id}"),
}


def routes() -> list[tuple[str, str, APIRoute]]:
    return [
        (method, route.path, route)
        for router in (*server.routers(), *api.routers())
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]


ROUTES = routes()
NAMES = [f"{method} {path}" for method, path, _ in ROUTES]


def calls(dependant: Dependant) -> Iterator[Any]:
    for each in dependant.dependencies:
        yield each.call
        yield from calls(each)


def asked(route: APIRoute) -> list[Any]:
    return list(calls(get_dependant(path=route.path, call=route.endpoint)))


def test_there_are_routes() -> None:
    assert len(ROUTES) > 30


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=NAMES)
def test_route_asks_for_a_user(method: str, path: str, route: APIRoute) -> None:
    if (method, path) in OPEN or path in {"/session", "/events"}:
        pytest.skip("asks for the session itself")
    assert current_user in asked(route)


@pytest.mark.parametrize(("method", "path", "route"), ROUTES, ids=NAMES)
def test_change_needs_a_role(method: str, path: str, route: APIRoute) -> None:
    if method in {"GET", "HEAD"} or (method, path) in OPEN | FOR_READERS:
        pytest.skip("changes nothing")
    roles = {getattr(call, "role", None) for call in asked(route)} - {None}
    assert roles & {"review", "admin"}


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    from export_cases import opened

    folder = tmp_path_factory.mktemp("case")
    with opened(folder):
        pass
    with served(folder / "case.temoin", role=None) as client:
        yield client


@pytest.mark.parametrize(("method", "path", "_route"), ROUTES, ids=NAMES)
def test_stranger_learns_nothing(
    stranger: Client, method: str, path: str, _route: APIRoute
) -> None:
    if path == "/login":
        pytest.skip("is for strangers")
    address = PREFIX + re.sub(r"\{[^}]*\}", "1", path)
    answer = stranger.request(method, address, json={} if method != "GET" else None)
    assert answer.status_code == 401, answer.text
    assert set(answer.json()) == {"detail", "login"}


def test_stranger_gets_the_headers_too(stranger: Client) -> None:
    answer = stranger.get("/api/v1/session")
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_api_that_is_not_there(stranger: Client) -> None:
    answer = stranger.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"


def test_description_is_complete(stranger: Client) -> None:
    app = stranger.app
    assert isinstance(app, FastAPI)
    described = {
        f"{method.upper()} {path.removeprefix(PREFIX)}"
        for path, item in app.openapi()["paths"].items()
        for method in item
    }
    hidden = [name.replace(":path", "") for name in NAMES]
    assert set(hidden) <= described


def test_description_needs_no_session(stranger: Client) -> None:
    assert stranger.get("/openapi.json").json()["info"]["title"] == "Témoin workbench"


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_no_page_that_loads_scripts_from_elsewhere(stranger: Client, path: str) -> None:
    assert "cdn" not in stranger.get(path).text


def test_origin_is_the_servers_own() -> None:
    assert ORIGIN == "http://127.0.0.1:8765"


def test_case_is_closed_in_the_end(tmp_path: Path) -> None:
    from export_cases import opened

    with opened(tmp_path):
        pass
    with served(tmp_path / "case.temoin") as client:
        engine = client.workbench.case._engine
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
