"""Addresses of endpoints: which are on this machine, and which are none."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from temoin.second_opinion.errors import EndpointError

__all__ = ["Address", "read_address"]

_PATH = "/chat/completions"
#: What an address is made of; anything else (spaces, backslashes) is read in two ways.
_PLAIN = re.compile(r"[A-Za-z0-9:/\[\]._~%-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """An endpoint's address, read.

    Attributes:
        base: As messages name it, without a final slash.
        host: Host and port, as notes name it.
        local: Whether it is on this machine.
        encrypted: Whether it is https.
    """

    base: str
    host: str
    local: bool
    encrypted: bool

    @property
    def completions(self) -> str:
        """Where questions are sent."""
        return self.base + _PATH


def read_address(url: str) -> Address:
    """Read the address of an OpenAI-compatible endpoint, e.g. `http://127.0.0.1:11434/v1`.

    Raises:
        EndpointError: It is no plain http(s) address.
    """
    base = url.strip().rstrip("/").removesuffix(_PATH).rstrip("/")
    try:
        parts = urlsplit(base)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise EndpointError(url, f"is no address: {error}", lasting=True) from error
    if parts.scheme not in {"http", "https"} or not host:
        cause = "is no http or https address, such as http://127.0.0.1:11434/v1"
        raise EndpointError(url, cause, lasting=True)
    if "@" in parts.netloc:
        # A password stands there: it is not repeated in the message.
        endpoint = f"{parts.scheme}://...@{host}"
        cause = "holds a user name; give a key with --api-key-env"
        raise EndpointError(endpoint, cause, lasting=True)
    if not _PLAIN.fullmatch(base):
        cause = "holds characters that have no place in the address of an endpoint"
        raise EndpointError(url, cause, lasting=True)
    shown = f"[{host}]" if ":" in host else host
    return Address(
        base=base,
        host=shown if port is None else f"{shown}:{port}",
        local=_is_local(host),
        encrypted=parts.scheme == "https",
    )


def _is_local(host: str) -> bool:
    """Whether a host is this machine for certain; names are not looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
