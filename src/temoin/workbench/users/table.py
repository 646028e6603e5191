"""The file of users: names, roles and hashes of passwords, in JSON, for its owner alone."""

from __future__ import annotations

import json
import os
import stat
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from temoin.casefile.canonical import now
from temoin.errors import TemoinError
from temoin.workbench.users.passwords import hashed, is_right, problem_with
from temoin.workbench.users.roles import ROLES, Role, User

__all__ = ["UserError", "UserTable"]

#: Version of the file.
_FORMAT = "temoin-users/1"

_LONGEST_NAME = 64
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UserError(TemoinError):
    """The file of users cannot be used, or a user cannot be added."""


@dataclass(frozen=True, slots=True)
class _Kept:
    role: Role
    password: str
    added_at: str


class UserTable:
    """A file of users; read again when it changes.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._users: dict[str, _Kept] = {}
        self._stamp: tuple[int, int, int] | None = None

    @classmethod
    def open(cls, path: Path) -> UserTable:
        """Open a file of users that is there.

        Raises:
            UserError: It is not, or cannot be used.
        """
        table = cls(path)
        if not path.exists():
            message = f"{path}: there is no such file: temoin users add {path} NAME --role admin"
            raise UserError(message)
        table.all()
        return table

    def all(self) -> list[User]:
        """All users, sorted by name.

        Raises:
            UserError: The file cannot be used.
        """
        with self._lock:
            self._read()
            return [User(name, kept.role) for name, kept in sorted(self._users.items())]

    def added_at(self, name: str) -> str:
        """When a user was added, or got a new password."""
        with self._lock:
            return self._users[name].added_at

    def of(self, name: str) -> User | None:
        """The user of a name as of now; None where there is none."""
        with self._lock:
            self._read()
            kept = self._users.get(name)
        return User(name, kept.role) if kept else None

    def check(self, name: str, password: str) -> User | None:
        """The user, if the password is right; a name that is not there takes as long."""
        with self._lock:
            self._read()
            kept = self._users.get(_normal(name))
        if not is_right(kept.password if kept else None, password) or kept is None:
            return None
        return User(_normal(name), kept.role)

    def add(self, name: str, *, role: Role, password: str, replace: bool = False) -> User:
        """Add a user.

        Args:
            name: The name, which the audit log will have.
            role: read, review or admin.
            password: The password.
            replace: Whether there may be a user of that name, who then gets these.

        Raises:
            UserError: The name or the password cannot be taken.
        """
        name = _checked_name(name)
        problem = problem_with(password, name=name)
        if problem:
            raise UserError(problem)
        kept = _Kept(role, hashed(password), now())
        with self._lock:
            self._read()
            if name in self._users and not replace:
                message = f"there is a user {name} already"
                raise UserError(message)
            self._write({**self._users, name: kept})
        return User(name, role)

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> User:
        """Give a user another role, another password, or both.

        Raises:
            UserError: There is no such user, the password cannot be taken, or nobody would be
                left who may change users.
        """
        problem = problem_with(password, name=name) if password is not None else None
        if problem:
            raise UserError(problem)
        new = hashed(password) if password is not None else None
        with self._lock:
            kept = self._kept(name)
            changed = _Kept(
                role or kept.role, new or kept.password, now() if new else kept.added_at
            )
            self._write(_with_an_admin({**self._users, name: changed}))
        return User(name, changed.role)

    def remove(self, name: str) -> None:
        """Remove a user.

        Raises:
            UserError: There is no such user, or nobody would be left who may change users.
        """
        with self._lock:
            self._kept(name)
            left = {each: kept for each, kept in self._users.items() if each != name}
            self._write(_with_an_admin(left))

    def _kept(self, name: str) -> _Kept:
        self._read()
        kept = self._users.get(name)
        if kept is None:
            message = f"there is no user {name}"
            raise UserError(message)
        return kept

    def _read(self) -> None:
        """Read the file, if it is another one than last time."""
        try:
            with self.path.open("rb") as file:
                found = os.fstat(file.fileno())
                stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
                if stamp == self._stamp:
                    return
                if os.name == "posix" and found.st_mode & _OTHERS:
                    message = f"{self.path}: others may read or write it: chmod 600 {self.path}"
                    raise UserError(message)
                data = file.read()
        except FileNotFoundError:
            self._users, self._stamp = {}, None
            return
        except OSError as error:
            message = f"{self.path}: cannot be read: {error.strerror or error}"
            raise UserError(message) from error
        self._users, self._stamp = _parsed(data, self.path), stamp

    def _write(self, users: dict[str, _Kept]) -> None:
        told = {
            "format": _FORMAT,
            "users": {
                name: {"role": kept.role, "password": kept.password, "added_at": kept.added_at}
                for name, kept in sorted(users.items())
            },
        }
        made = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            made.unlink(missing_ok=True)
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
                file.flush()
                os.fsync(file.fileno())
            made.replace(self.path)
        except OSError as error:
            made.unlink(missing_ok=True)
            message = f"{self.path}: cannot be written: {error.strerror or error}"
            raise UserError(message) from error
        self._read()


def _parsed(data: bytes, path: Path) -> dict[str, _Kept]:
    try:
        told: Any = json.loads(data)
        if told["format"] != _FORMAT:
            message = f"{path}: is no file of users of this version"
            raise UserError(message)
        users = {}
        for name, each in told["users"].items():
            if each["role"] not in ROLES:
                message = f"{path}: {name} has the role {each['role']!r}: read, review or admin"
                raise UserError(message)
            users[str(name)] = _Kept(each["role"], str(each["password"]), str(each["added_at"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"{path}: is no file of users: make one with temoin users add"
        raise UserError(message) from error
    return users


def _with_an_admin(users: dict[str, _Kept]) -> dict[str, _Kept]:
    if not any(kept.role == "admin" for kept in users.values()):
        message = "nobody would be left who may change users: give another one the role admin first"
        raise UserError(message)
    return users


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _checked_name(name: str) -> str:
    name = _normal(name)
    if not name or len(name) > _LONGEST_NAME:
        message = f"a name has 1 to {_LONGEST_NAME} characters"
        raise UserError(message)
    bad = [char for char in name if not (char.isalnum() or char in " ._-@'")]
    # Letters alone: what steers the direction of writing would make names look alike.
    if bad or not name[0].isalnum() or name[-1] == ".":
        message = "a name has letters, digits, spaces and . _ - @ ', and begins with a letter"
        raise UserError(message)
    return name
