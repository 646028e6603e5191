"""Users, passwords and roles: the file, the log-in, the commands."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Run
from served import Client

from temoin.workbench.security.throttle import Throttle
from temoin.workbench.users import Role, User, UserError, UserTable
from temoin.workbench.users.passwords import problem_with

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
Serving = Callable[..., Client]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file of three users; hashing takes its time."""
    path = tmp_path_factory.mktemp("users") / "users.json"
    table = UserTable(path)
    roles: tuple[tuple[str, Role], ...] = (("ana", "admin"), ("bea", "review"), ("cyd", "read"))
    for name, role in roles:
        table.add(name, role=role, password=PASSWORD)
    return path.read_bytes()


@pytest.fixture
def users(made_once: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "users.json"
    path.write_bytes(made_once)
    path.chmod(0o600)
    return path


def test_log_in(serving: Serving, users: Path) -> None:
    client = serving(role=None, users=users)
    assert client.get("/api/v1/session").json()["login"] == "password"
    told = client.log_in("bea", PASSWORD).json()
    assert (told["user"], told["role"], told["login"]) == ("bea", "review", "password")
    assert client.get("/api/v1/session").json()["user"] == "bea"


@pytest.mark.parametrize(("name", "password"), [("bea", "wrong horse battery"), ("eve", PASSWORD)])
def test_wrong_name_and_wrong_password_look_alike(
    serving: Serving, users: Path, name: str, password: str
) -> None:
    answer = serving(role=None, users=users).log_in(name, password)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "name or password are wrong", "login": "password"}
    assert "set-cookie" not in answer.headers


def test_there_is_no_log_in_without_users(serving: Serving) -> None:
    assert serving(role=None).log_in("rosa", PASSWORD).status_code == 404


def test_there_is_no_start_token_with_users(serving: Serving, users: Path) -> None:
    client = serving(role=None, users=users)
    client.log_in("ana", PASSWORD)
    assert client.post("/api/v1/start-tokens").status_code == 409


def test_admin_adds_changes_and_removes(serving: Serving, users: Path) -> None:
    client = serving(role=None, users=users)
    client.log_in("ana", PASSWORD)
    new = {"name": "dan", "role": "read", "password": "another long secret"}
    assert client.post("/api/v1/users", json=new).status_code == 201
    assert client.patch("/api/v1/users/dan", json={"role": "review"}).json()["role"] == "review"
    names = [user["name"] for user in client.get("/api/v1/users").json()["items"]]
    assert names == ["ana", "bea", "cyd", "dan"]
    assert client.delete("/api/v1/users/dan").status_code == 204
    assert client.delete("/api/v1/users/dan").status_code == 404


def test_answers_have_no_hash(serving: Serving, users: Path) -> None:
    client = serving(role=None, users=users)
    client.log_in("ana", PASSWORD)
    assert "argon2" not in client.get("/api/v1/users").text


def test_last_admin_stays(serving: Serving, users: Path) -> None:
    client = serving(role=None, users=users)
    client.log_in("ana", PASSWORD)
    assert client.delete("/api/v1/users/ana").status_code == 422
    assert client.patch("/api/v1/users/ana", json={"role": "read"}).status_code == 422


def test_new_password_ends_sessions(serving: Serving, users: Path) -> None:
    admin = serving(role=None, users=users)
    admin.log_in("ana", PASSWORD)
    other = Client(admin.app)  # type: ignore[arg-type]
    other.log_in("bea", PASSWORD)
    assert admin.patch("/api/v1/users/bea", json={"password": "x9 long enough"}).status_code == 200
    assert other.get("/api/v1/session").status_code == 401


def test_change_of_the_file_holds_at_once(serving: Serving, users: Path) -> None:
    client = serving(role=None, users=users)
    client.log_in("bea", PASSWORD)
    UserTable(users).change("bea", role="read")
    assert client.get("/api/v1/session").json()["role"] == "read"
    UserTable(users).remove("bea")
    assert client.get("/api/v1/session").status_code == 401


def test_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "users.json"
    UserTable(path).add("ana", role="admin", password=PASSWORD)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_file_that_others_read_is_refused(users: Path) -> None:
    users.chmod(0o644)
    with pytest.raises(UserError, match="chmod 600"):
        UserTable.open(users)


def test_password_is_kept_as_argon2id(users: Path) -> None:
    told = json.loads(users.read_text(encoding="utf-8"))["users"]
    assert all(user["password"].startswith("$argon2id$") for user in told.values())
    assert len({user["password"] for user in told.values()}) == 3


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": "temoin-users/2", "users": {}}'])
def test_other_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "users.json"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(UserError):
        UserTable.open(path)


def test_role_that_is_none_is_refused(users: Path) -> None:
    text = users.read_text(encoding="utf-8").replace('"review"', '"root"')
    users.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="root"):
        UserTable.open(users)


@pytest.mark.parametrize(
    "name", ["", " ", "a" * 65, "a\nb\x00", "a/b", "<b>", "\u202eana", "-ana", "a=b", "../etc"]
)
def test_name_that_cannot_be_taken(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="name"):
        UserTable(tmp_path / "u.json").add(name, role="read", password=PASSWORD)


@pytest.mark.parametrize(
    "name", ["ana", "Ana Diallo", "zoé.b", "Олена", "عمر", "a@b.org", "O'Neil"]
)
def test_name_that_can_be_taken(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("temoin.workbench.users.table.hashed", lambda _: "hash")
    table = UserTable(tmp_path / "u.json")
    table.add(name, role="admin", password=PASSWORD)
    assert table.all() == [User(name, "admin")]


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "ana's password 1", "x" * 1_001])
def test_password_that_cannot_be_taken(password: str) -> None:
    assert problem_with(password, name="ana")


@pytest.mark.parametrize(
    ("role", "may"),
    [("read", ["read"]), ("review", ["read", "review"]), ("admin", ["read", "review", "admin"])],
)
def test_role_may_what_the_lesser_ones_may(role: Role, may: list[Role]) -> None:
    roles: list[Role] = ["read", "review", "admin"]
    assert [each for each in roles if User("x", role).may(each)] == may


class TestThrottle:
    def test_first_attempts_are_free(self) -> None:
        throttle = Throttle(3)
        for _ in range(2):
            throttle.failed("1.2.3.4", "ana")
        assert throttle.wait("1.2.3.4", "ana") == 0

    def test_pauses_double(self) -> None:
        at = [0.0]
        throttle = Throttle(3, clock=lambda: at[0])
        waits = []
        for _ in range(6):
            throttle.failed("1.2.3.4", "ana")
            waits.append(throttle.wait("1.2.3.4", "ana"))
        assert waits == [0, 0, 2, 4, 8, 16]

    def test_pause_passes(self) -> None:
        at = [0.0]
        throttle = Throttle(1, clock=lambda: at[0])
        throttle.failed("1.2.3.4", "ana")
        assert throttle.wait("1.2.3.4", "bea") == 2
        at[0] = 2.0
        assert throttle.wait("1.2.3.4", "ana") == 0

    def test_pause_is_never_longer_than_a_quarter_of_an_hour(self) -> None:
        throttle = Throttle(1, clock=lambda: 0.0)
        for _ in range(200):
            throttle.failed("1.2.3.4", "ana")
        assert throttle.wait("1.2.3.4", "bea") == 900

    def test_many_addresses_do_not_help(self) -> None:
        throttle = Throttle(3, clock=lambda: 0.0)
        for number in range(30):
            throttle.failed(f"10.0.0.{number}", "ana")
        assert throttle.wait("10.9.9.9", "ana") > 0
        assert throttle.wait("10.9.9.9", "bea") == 0

    def test_success_forgets(self) -> None:
        throttle = Throttle(1)
        throttle.failed("1.2.3.4", "ana")
        throttle.succeeded("1.2.3.4", "ana")
        assert throttle.wait("1.2.3.4", "ana") == 0

    def test_it_does_not_grow(self) -> None:
        throttle = Throttle(1)
        for number in range(12_000):
            throttle.failed(str(number), "ana")
        assert len(throttle._failures) <= 10_000


class TestCommands:
    def test_add_list_remove(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "users.json"
        for name, role in (("ana", "admin"), ("bea", "read")):
            done = run(
                "users", "add", path, name, "--role", role, "--password-stdin",
                input=f"{PASSWORD}\n",
            )  # fmt: skip
            assert done.exit_code == 0, done.output
        listed = run("users", "list", path).stdout.splitlines()
        assert [(line.split()[0], line.split()[-1]) for line in listed] == [
            ("admin", "ana"),
            ("read", "bea"),
        ]
        assert run("users", "remove", path, "bea").exit_code == 0
        assert run("users", "remove", path, "bea").exit_code == 2

    def test_password_is_asked_for_twice(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "users.json"
        done = run("users", "add", path, "ana", input=f"{PASSWORD}\n{PASSWORD}\n")
        assert done.exit_code == 0
        assert PASSWORD not in done.output

    def test_name_that_is_there_needs_replace(self, run: Run, users: Path) -> None:
        again = ("users", "add", users, "ana", "--role", "admin", "--password-stdin")
        assert run(*again, input=f"{PASSWORD}\n").exit_code == 2
        assert run(*again, "--replace", input=f"{PASSWORD}\n").exit_code == 0

    def test_file_that_is_not_there_is_told(self, run: Run, tmp_path: Path) -> None:
        done = run("users", "list", tmp_path / "none.json")
        assert done.exit_code == 2
        assert "temoin users add" in done.output
