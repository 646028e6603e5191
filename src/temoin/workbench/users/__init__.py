"""Who may do what: users, their roles, and the file that holds them."""

from __future__ import annotations

from temoin.workbench.users.roles import ROLES, Role, User
from temoin.workbench.users.table import UserError, UserTable

__all__ = ["ROLES", "Role", "User", "UserError", "UserTable"]
