"""Users, for admins, where the server has a file of them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from temoin.workbench.dependencies import Admin, WorkbenchDep
from temoin.workbench.problems import Problem
from temoin.workbench.server.models import ChangedUser, NewUser, UserList, UserTold
from temoin.workbench.users import User, UserTable

__all__ = ["router"]

router = APIRouter(prefix="/users", tags=["users"])


@router.get("")
def users(workbench: WorkbenchDep, _user: Admin) -> UserList:
    """All users with their roles."""
    table = _table(workbench.users)
    return UserList(items=[_told(table, user) for user in table.all()])


@router.post("", status_code=201)
def add(workbench: WorkbenchDep, _user: Admin, body: NewUser) -> UserTold:
    """Add a user."""
    table = _table(workbench.users)
    return _told(table, table.add(body.name, role=body.role, password=body.password))


@router.patch("/{name}")
def change(workbench: WorkbenchDep, _user: Admin, name: str, body: ChangedUser) -> UserTold:
    """Give a user another role or password; a new password ends all sessions of that user."""
    table = _table(workbench.users)
    changed = table.change(_known(table, name), role=body.role, password=body.password)
    if body.password is not None:
        workbench.sessions.end_all_of(name)
    return _told(table, changed)


@router.delete("/{name}", status_code=204)
def remove(workbench: WorkbenchDep, _user: Admin, name: str) -> Response:
    """Remove a user; what that user decided stays."""
    table = _table(workbench.users)
    table.remove(_known(table, name))
    workbench.sessions.end_all_of(name)
    return Response(status_code=204)


def _table(users: UserTable | None) -> UserTable:
    if users is None:
        raise Problem(409, "this server has no file of users: see temoin serve --users")
    return users


def _known(table: UserTable, name: str) -> str:
    if table.of(name) is None:
        raise Problem(404, "there is no such user")
    return name


def _told(table: UserTable, user: User) -> UserTold:
    return UserTold(name=user.name, role=user.role, added_at=table.added_at(user.name))
