"""How a workbench is started: everything that a command line or a test can choose."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from temoin.pipeline import Reader

__all__ = ["Limits", "Settings", "is_loopback", "is_loopback_url"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken at once. Sizes are bytes, times are seconds.

    Attributes:
        body: Largest body of a request that is no upload.
        upload: Largest body of an upload, all of its files together.
        document: Largest single file or text of an upload.
        files: Most files in one upload.
        text: Largest pasted text.
        depth: How deep JSON may be nested.
        head: Longest time for the head of a request.
        between: Longest pause within a body.
        sending: Longest time for a whole body.
        reading: Longest time that reading one document may take.
        queue: Most jobs that wait.
        jobs_each: Most jobs of one user that wait or run.
        kept_jobs: Finished jobs that are remembered, with their files.
        streams: Most live feeds open at once.
        requests: Most requests at once; more are told to come back.
        attempts: Failed log-ins in a row before one must wait.
    """

    body: int = 1_000_000
    upload: int = 200_000_000
    document: int = 50_000_000
    files: int = 100
    text: int = 5_000_000
    depth: int = 32
    head: float = 20.0
    between: float = 20.0
    sending: float = 300.0
    reading: float = 300.0
    queue: int = 20
    jobs_each: int = 10
    kept_jobs: int = 100
    streams: int = 100
    requests: int = 256
    attempts: int = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """How a workbench is started.

    Attributes:
        host: The address that it listens on.
        port: The port; 0 for any that is free.
        users: File of users; None where the one who started it is the only user.
        actor: Who acts, for the audit log, where there is no file of users.
        names: Names of this machine under which browsers may ask for it, beside its address.
        url: The address that browsers use where it is not that of the server, behind a proxy.
        certificate: Certificate for https, PEM.
        key: Its private key, PEM.
        session_hours: After so many hours one must enter again.
        idle_hours: After so many hours without any request, too.
        log: File for the access log, one JSON object a line; None for none.
        poll: Seconds between two looks for changes by other processes.
        threads: Requests that are worked on at the same time.
        static: Folder of the built front end; None for the one in the package.
        reader: Reads what is uploaded; None for the model that comes with Témoin.
        own_process: Whether documents are read in a process of their own, which a damaged
            file cannot take the server down with. Tests turn it off.
        limits: How much is taken at once.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    users: Path | None = None
    actor: str = "reviewer"
    names: tuple[str, ...] = ()
    url: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    session_hours: float = 12.0
    idle_hours: float = 4.0
    log: Path | None = None
    poll: float = 1.0
    threads: int = 8
    static: Path | None = None
    reader: Reader | None = None
    own_process: bool = True
    limits: Limits = field(default_factory=Limits)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host) and (self.url is None or is_loopback_url(self.url))

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it by https."""
        return self.certificate is not None or (self.url or "").startswith("https://")


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_loopback_url(url: str) -> bool:
    """Whether an address leads to this machine alone."""
    return is_loopback(urlsplit(url).hostname or "")
