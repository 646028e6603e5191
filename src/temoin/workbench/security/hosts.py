"""By which names a browser may ask for the workbench: against DNS rebinding.

A page of somebody else can let its own name point to this machine; its requests then come
with that name in their Host header. So only names and addresses that are ours are answered.
An address in numbers cannot be made to point elsewhere.
"""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from temoin.workbench.settings import Settings, is_loopback

__all__ = ["Hosts", "origin_of"]

_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_STANDARD = {"http": 80, "https": 443}


class Hosts:
    """What may stand in a Host header, and in an Origin.

    Args:
        settings: Where the server listens, and what it is called.
    """

    def __init__(self, settings: Settings) -> None:
        self._scheme = "https" if settings.certificate else "http"
        self._names = {name.lower().rstrip(".") for name in settings.names}
        bound = settings.host.strip("[]").lower()
        self._any_address = bound in {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound
        if is_loopback(bound) or self._any_address:
            self._names |= _LOCAL
        if not self._any_address:
            self._names.add(bound)
        self._outside = urlsplit(settings.url) if settings.url else None

    def allows(self, host: str, port: int | None) -> bool:
        """Whether a Host header is one of ours.

        Args:
            host: The header.
            port: The port that the server listens on.
        """
        found = _AUTHORITY.fullmatch(host)
        if found is None:
            return False
        name, asked = found[1].strip("[]").lower().rstrip("."), found[2]
        if self._is_outside(name, asked):
            return True
        if (int(asked) if asked else _STANDARD[self._scheme]) != port:
            return False
        return name in self._names or (self._any_address and _is_address(name))

    def origins(self, host: str) -> set[str]:
        """The origins of pages that this server gave out, if it was asked by that Host."""
        origins = {origin_of(f"{self._scheme}://{host}")}
        if self._outside:
            origins.add(origin_of(self._outside.geturl()))
        return origins

    def _is_outside(self, name: str, port: str | None) -> bool:
        outside = self._outside
        if outside is None or name != outside.hostname:
            return False
        standard = _STANDARD.get(outside.scheme)
        return (int(port) if port else standard) == (outside.port or standard)


def origin_of(url: str) -> str:
    """The origin of an address, as browsers write it: without its scheme's standard port."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    if port is None or port == _STANDARD.get(parts.scheme):
        return f"{parts.scheme}://{shown}"
    return f"{parts.scheme}://{shown}:{port}"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
