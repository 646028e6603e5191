"""Users and roles: read, review, admin, each with what the one before may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["ROLES", "Role", "User"]

Role = Literal["read", "review", "admin"]

#: From the one that may least to the one that may most.
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class User:
    """Who makes a request.

    Attributes:
        name: The name, as the audit log has it.
        role: read, review or admin.
    """

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the user has this role or a greater one."""
        return ROLES.index(self.role) >= ROLES.index(role)
